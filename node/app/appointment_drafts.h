// Appointment drafts: what each use case writes, as a function of what is there.
//
// What        From a checked request and the record's state to the change that carries it out.
// Invariants  I1  every assignment lists all siblings that its writer saw.
//             I2  personal fields stand only in Draft::personal.
// Units       As in node/app/schema.h.
// Errors      none: the desk has checked everything before.
// Source      design.md section 5; domain.md 4.1.
#pragma once
#include "crdt/life.h"
#include "node/app/late_entry.h"
#include "node/app/state_fields.h"
#include "node/policy/person_document.h"
#include "sync/draft.h"

namespace yizhan::node {

// A booking with every field in its kept spelling.
struct CheckedBooking {
  std::string item;
  std::int64_t day = 0;
  std::int64_t window = 0;
  std::string name;
  DocumentKind document = DocumentKind::ResidentId;
  std::string document_number;
  std::optional<std::string> phone;
  std::optional<std::string> note;
  std::vector<std::string> to_bring;
  std::int64_t channel = 1;
  std::string number;  // printed
  WallMs at;
  std::optional<LateEntry> late;  // its number is then the one printed
};

sync::Draft draft_booking(const sync::Scope& scope, const CheckedBooking& booking);

// Absent: unchanged; an empty phone or note removes it.
struct CheckedEdit {
  std::optional<std::string> item;
  std::optional<std::string> phone;
  std::optional<std::string> note;
};
// `key`: the person's data key.
sync::Draft draft_edit(const sync::Scope& scope, const crdt::Dot& record,
                       const crdt::EntityState& state, const crdt::Dot& key,
                       const CheckedEdit& edit);

sync::Draft draft_reschedule(const sync::Scope& scope, const crdt::Dot& record,
                             const crdt::EntityState& state, std::int64_t day, std::int64_t window);
sync::Draft draft_cancel(const sync::Scope& scope, const crdt::Dot& record,
                         const crdt::EntityState& state, const std::string& reason);
// `key`: the person's data key.
sync::Draft draft_excuse(const sync::Scope& scope, const crdt::Dot& record,
                         const crdt::EntityState& state, const crdt::Dot& key,
                         const std::string& reason);
sync::Draft draft_no_show(const sync::Scope& scope, const crdt::Dot& record,
                          const crdt::EntityState& state);

}  // namespace yizhan::node
