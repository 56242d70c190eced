// Appointment desk: book, edit, reschedule, cancel, excuse, look up.
//
// What        The rules between a checked request and a change: open windows, places left, numbers,
//             idempotency. Made anew for each request, on the engine's thread.
// Invariants  I1  on error nothing was written.
//             I2  a request under a key that was used gives the record that the first one wrote;
//                 with another content it is Conflict.
//             I3  bookings of a window never exceed its bookable places.
// Units       See node/app/service_types.h.
// Errors      See node/app/service.h.
// Not here    Check-in and what follows: arrival_desk.h. Shapes and lengths: node/http. Rights of
//             other nodes in the slots: escrow.
// Source      domain.md 4.1 and section 5; design.md section 5.
#pragma once
#include "node/app/appointment_drafts.h"
#include "node/app/appointment_view.h"
#include "node/app/intent_writer.h"

namespace yizhan::node {

class AppointmentDesk {
 public:
  // `memo` may be null; otherwise it outlives this.
  explicit AppointmentDesk(const DeskContext& at, PersonMemo* memo = nullptr)
      : at_(at), memo_(memo) {}

  // Each gives the record that it wrote; show() it once the change is durable.
  Result<crdt::Dot> book(const Intent& intent, const NewAppointment& booking);
  Result<crdt::Dot> edit(const Intent& intent, const AppointmentEdit& edit);
  Result<crdt::Dot> reschedule(const Intent& intent, const Reschedule& to);
  Result<crdt::Dot> cancel(const Intent& intent, const Cancel& cancel);
  // The lead forgives that nobody came.
  Result<crdt::Dot> excuse(const Intent& intent, const Excuse& excuse);
  // Nobody came, says who was there: the node may have been away (no_show.h).
  Result<crdt::Dot> mark_no_show(const Intent& intent, const std::string& id);

  Result<Appointment> show(const std::string& id) const;
  // With what that person may do with it.
  Result<Appointment> show_to(StaffRole role, const std::string& id) const;
  Result<Appointment> show(const crdt::Dot& record) const;
  Result<std::vector<SlotRow>> slots(const std::string& date) const;

 private:
  struct Found {
    RecordPlace place;
    sync::StatePtr state;
    crdt::Appointment life = crdt::Appointment::Disputed;
  };
  Result<Found> find(const std::string& id) const;
  Result<Found> find(const crdt::Dot& record) const;
  Result<CheckedBooking> check(const NewAppointment& booking) const;
  Result<CheckedEdit> check(const AppointmentEdit& edit) const;
  // May the window be booked by who asked at `asked`?
  Result<void> open_window(std::int64_t day, std::int64_t window, WallMs asked) const;
  Result<void> open_to(const sync::Scope& scope, const CheckedBooking& booking) const;
  // May the person of `found` have an appointment for `item` on `day`?
  Result<void> may_hold(const Found& found, std::int64_t day, const std::string& item) const;
  Result<void> may_move_to(const Found& found, std::int64_t day, std::int64_t window) const;
  // Every write on a record: once per key, if `act` is allowed, drafted from its state.
  struct Target {
    const std::string& id;
    RecordAct act;
  };
  using Drafting = std::function<Result<sync::Draft>(const Found&)>;
  Result<crdt::Dot> on_record(const Intent& intent, const Target& target, const Drafting& drafting);

  DeskContext at_;
  PersonMemo* memo_;
};

}  // namespace yizhan::node
