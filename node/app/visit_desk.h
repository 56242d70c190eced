// Visit desk: what a clerk at a window does with the people who wait.
//
// What        Call, recall, start, miss, return, hold, resume, transfer, finish, leave, note. A
//             visit and its appointment move in one change.
// Invariants  I1  on error nothing was written; a key writes once (intent_writer.h).
//             I2  a window has at most one person called or served; a person stands at most at one.
//             I3  only the arrows of crdt::may_move are taken; nothing closes by itself.
//             I4  a visit keeps the period in which its service began first.
// Units       See node/app/queue_types.h.
// Errors      Conflict, fields: "serving" (the window has someone), "to_window" (closed, or the
//             same), "id" (another state or another window); NotFound, field "queue": nobody waits;
//             Throttled, field "calls": called just now; LimitExceeded, field "calls", "holds" or
//             "transfers": as often as the policy allows.
// Not here    Seats: seats.h. Order: node/policy/queue_order.h.
// Source      ux.md W1 and section 4 ("Life of an appointment").
#pragma once
#include "node/app/queue_book.h"
#include "node/app/record_edit.h"
#include "node/app/seats.h"

namespace yizhan::node {

// What stands on a visit whose service ends now. One that never began, began now.
Result<void> end_service(const DeskContext& at, const FoundVisit& visit, const FinishVisit& how,
                         RecordEdit& edit);

class VisitDesk {
 public:
  explicit VisitDesk(const DeskContext& at) : at_(at) {}

  // Each gives the visit that it wrote.
  // `visit`: this one, out of turn; empty: the next.
  Result<crdt::Dot> call(const Intent& intent, const Seat& seat,
                         const std::optional<std::string>& visit);
  // Calls the same person again, not within the time that the policy sets.
  Result<crdt::Dot> recall(const Intent& intent, const Seat& seat, const std::string& id);
  Result<crdt::Dot> start(const Intent& intent, const Seat& seat, const std::string& id);
  // Did not come when called; may return, and stands behind the next few then.
  Result<crdt::Dot> miss(const Intent& intent, const Seat& seat, const std::string& id);
  Result<crdt::Dot> give_back(const Intent& intent, const std::string& id);
  Result<crdt::Dot> hold(const Intent& intent, const Seat& seat, const HoldVisit& wish);
  Result<crdt::Dot> resume(const Intent& intent, const Seat& seat, const std::string& id);
  Result<crdt::Dot> transfer(const Intent& intent, const Seat& seat, const TransferVisit& wish);
  // CarriedOver: the person comes first on the next open day (leftover.h).
  Result<crdt::Dot> leave(const Intent& intent, const std::string& id, LeaveReason reason);
  Result<crdt::Dot> finish(const Intent& intent, const Seat& seat, const std::string& id,
                           const FinishVisit& how);
  // What the clerk notes on the visit; nothing noted: its appointment's note shows again.
  Result<crdt::Dot> note(const Intent& intent, const VisitNote& wish);
  Result<Visit> show(const crdt::Dot& visit) const;
  Result<Visit> show(const std::string& id) const;

 private:
  // What a move writes besides the life of the visit.
  using Filling = std::function<Result<void>(const FoundVisit&, RecordEdit&, sync::Draft&)>;
  struct Move {
    crdt::Visit to = crdt::Visit::Waiting;
    std::optional<std::int64_t> at_window;         // where the person must stand now
    std::optional<crdt::Appointment> appointment;  // its move
  };
  Result<crdt::Dot> move(const Intent& intent, const std::string& id, const Move& move,
                         const Filling& fill);
  Result<std::optional<crdt::Dot>> key_of_person(const FoundVisit& visit) const;
  Result<void> move_appointment(const FoundVisit& visit, crdt::Appointment to,
                                sync::Draft& draft) const;
  Result<FoundVisit> next_for(const Seat& seat, const QueueBook& book, QueueReason& reason) const;
  Result<FoundVisit> chosen(const Seat& seat, const QueueBook& book, const std::string& id,
                            QueueReason& reason) const;

  DeskContext at_;
};

}  // namespace yizhan::node
