// Arrival desk: a person has come, with an appointment or without.
//
// What        Takes a ticket, which makes a visit; checks an appointment in, which makes its visit
//             in the same change; finishes an appointment, which closes its visit.
// Invariants  I1  on error nothing was written; a key writes once (intent_writer.h).
//             I2  a ticket is unique for station and day of issue: the counter goes on from the
//                 highest that was given out for that day, whatever the clock did meanwhile.
//             I3  an appointment has at most one visit that was not taken back.
//             I4  what was served before it is entered counts for its own day and never waits.
// Units       See node/app/queue_types.h.
// Errors      BadFormat with the field; Conflict (the appointment no longer allows this);
//             OutOfScope (another station's); LimitExceeded, field "ticket": 9,999 of a day; those
//             of late_entry.h.
// Not here    Calling and serving: visit_desk.h.
// Source      ux.md W3 and W9; domain.md 4.1.
#pragma once
#include "node/app/appointment_desk.h"
#include "node/app/late_entry.h"
#include "node/app/queue_book.h"
#include "node/app/record_edit.h"

namespace yizhan::node {

struct CheckedIn {
  crdt::Dot visit;
  bool already = false;  // had come before: nothing was written
};

class ArrivalDesk {
 public:
  explicit ArrivalDesk(const DeskContext& at) : at_(at) {}

  Result<CheckedIn> take_ticket(const Intent& intent, const NewVisit& wish);
  Result<CheckedIn> check_in(const Intent& intent, const std::string& appointment);
  // The appointment that was finished.
  Result<crdt::Dot> finish(const Intent& intent, const std::string& appointment);

  // What the person is told; as of everything applied.
  Result<Arrival> show(const CheckedIn& arrival) const;

 private:
  struct Booked {
    RecordPlace place;
    sync::StatePtr state;
    crdt::Appointment life = crdt::Appointment::Disputed;
  };
  Result<Booked> find(const std::string& id) const;
  Result<std::string> next_ticket(std::int64_t day, Priority priority) const;
  struct Came {
    WallMs at;
    std::int64_t day = 0;           // whose ticket it gets
    std::optional<LateEntry> form;  // hand-written
  };
  Result<WallMs> arrived_at(const Intent& intent, const NewVisit& wish) const;
  Result<Came> when_came(const Intent& intent, const NewVisit& wish) const;
  void enter_as_served(RecordEdit& visit, WallMs at, Outcome outcome) const;
  Result<sync::Draft> draft_ticket(const Intent& intent, const NewVisit& wish) const;
  Result<sync::Draft> draft_check_in(const Booked& booked) const;

  DeskContext at_;
};

}  // namespace yizhan::node
