// Visit view: a visit's state as people see it.
//
// What        Opens the personal fields (a visit that came by appointment takes name and note from
//             the appointment), resolves the life, derives the rung.
// Invariants  Names are masked.
// Units       See node/app/queue_types.h.
// Errors      Those of node/app/person_opener.h.
// Source      ux.md W1; domain.md section 5 `privacy.mask`.
#pragma once
#include "node/app/person_opener.h"
#include "node/app/queue_types.h"
#include "node/app/reads.h"

namespace yizhan::node {

// A visit with its state.
struct FoundVisit {
  RecordPlace place;
  sync::StatePtr state;
  crdt::Visit life = crdt::Visit::Disputed;

  std::optional<std::int64_t> number(VisitField field) const { return number_of(*state, field); }
  std::optional<WallMs> time(VisitField field) const;
  std::string text(VisitField field) const { return text_of(*state, field); }
  std::optional<crdt::Dot> appointment() const {
    return record_of(*state, VisitField::Appointment);
  }
  // The window at which the person is called, served, or on hold.
  std::optional<std::int64_t> window() const;
  Priority priority() const;
  // Of an appointment for the day of the ticket; one for another day counts as a walk-in.
  std::optional<WallMs> slot_today() const;
};

Result<FoundVisit> find_visit(const sync::Engine& engine, const Reads& reads,
                              const std::string& id);
Result<FoundVisit> find_visit(const sync::Engine& engine, const Reads& reads,
                              const crdt::Dot& record);
// The visit of a row of the queue.
Result<FoundVisit> load_visit(const Reads& reads, const sync::Scope& scope, const crdt::Dot& dot);

// The visit with which the person of an appointment came; empty: has not come.
Result<std::optional<FoundVisit>> arrived_visit(const Reads& reads, const RecordPlace& appointment);

Result<Visit> show_visit(const sync::Engine& engine, const Reads& reads, const FoundVisit& visit,
                         WallMs now);
// The person's name for a list: masked, kUnreadable, or absent when it was never told.
std::optional<std::string> masked_name(const sync::Engine& engine, const Reads& reads,
                                       const FoundVisit& visit);
// `reason` and `ready_at` are those of an ordinary wait.
QueueRow show_queue_row(const sync::Engine& engine, const Reads& reads, const FoundVisit& visit,
                        WallMs now);

}  // namespace yizhan::node
