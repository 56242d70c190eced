// Appointment view: a record's state as people see it.
//
// What        Opens the personal fields, resolves the life, derives the rung.
// Invariants  I1  a field that does not open here is never shown as empty: the view is an error,
//                 or in a list a mark.
// Units       See node/app/service_types.h.
// Errors      Denied (this node may not read the scope), Gap (the data key has not come yet).
// Source      design.md sections 4 and 5; domain.md section 5 `privacy.mask`.
#pragma once
#include "node/app/person_opener.h"
#include "node/app/service_types.h"

namespace yizhan::node {

Rung rung_shown(sync::Rung rung);

// Who an appointment is for.
struct Person {
  std::string name;
  std::string document_number;
  std::optional<std::string> phone;
};
Result<Person> person_of(const sync::Engine& engine, const RecordPlace& place,
                         const crdt::EntityState& state);

Result<Appointment> show_appointment(const sync::Engine& engine, const RecordPlace& place,
                                     const crdt::EntityState& state);
AppointmentRow show_row(const sync::Engine& engine, const RecordPlace& place,
                        const crdt::EntityState& state);
// Changes with every visible change of the record.
std::string revision_of(const crdt::EntityState& state);

const char* channel_name(std::int64_t channel);
std::optional<std::int64_t> parse_channel(const std::string& name);

}  // namespace yizhan::node
