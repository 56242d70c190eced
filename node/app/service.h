// Service: everything a node does for the people at its counter and for its operator.
//
// What        The port between node/http and the rest of the node. One method per operation of
//             docs/openapi.yaml. Asynchronous: a write answers only after its durable commit.
// Invariants  I1  every call leads to exactly one call of `done`, from any thread, at once or
//                 later.
//             I2  a write that answered with a value is durable; one that answered with an Error
//                 has changed nothing.
//             I3  Error::detail and Error::field hold no personal data; `field` is the name that
//                 the field has in docs/openapi.yaml, e.g. "document.number".
// Units       See node/app/service_types.h.
// Errors      BadFormat, LimitExceeded (field set), NotFound, Conflict, NoCapacity, Denied,
//             Expired, Throttled, Busy, StorageIo, StorageFull, StorageCorrupt, OutOfScope,
//             Unreachable.
// Not here    Cookies, CSRF, sign-in tokens, JSON: node/http. Hashing of secrets: node/identity.
#pragma once
#include <functional>

#include "crdt/base/result.h"
#include "node/app/admin_types.h"
#include "node/app/hall_types.h"
#include "node/app/service_types.h"

namespace yizhan::node {

template <class T>
using Done = std::function<void(Result<T>)>;

class Service {
 public:
  virtual ~Service() = default;

  // Secrets. Whoever signs in here is given a token by node/http.
  virtual void check_secret(SecretTry secret, Done<SecretVerdict> done) = 0;
  virtual void first_sign_in(FirstSignIn first, Done<SecretVerdict> done) = 0;

  // The node and its catalogue.
  virtual void status(Done<NodeStatus> done) = 0;
  virtual void set_clock(WallMs said, Done<NodeStatus> done) = 0;  // by a person
  virtual void divisions(Done<std::vector<DivisionRow>> done) = 0;
  virtual void items(Done<std::vector<ItemRow>> done) = 0;
  virtual void slots(std::string date, Done<std::vector<SlotRow>> done) = 0;

  // Appointments of this station. `staff` reads are unmasked only in `appointment`.
  virtual void appointments(AppointmentQuery query, Done<AppointmentPage> done) = 0;
  virtual void appointment(StaffMember staff, std::string id, Done<Appointment> done) = 0;
  virtual void history(std::string id, Done<std::vector<HistoryRow>> done) = 0;
  virtual void book(Intent intent, NewAppointment booking, Done<Appointment> done) = 0;
  virtual void edit(Intent intent, AppointmentEdit edit, Done<Appointment> done) = 0;
  virtual void reschedule(Intent intent, Reschedule to, Done<Appointment> done) = 0;
  virtual void cancel(Intent intent, Cancel cancel, Done<Appointment> done) = 0;
  virtual void finish(Intent intent, std::string id, Done<Appointment> done) = 0;
  virtual void excuse(Intent intent, Excuse excuse, Done<Appointment> done) = 0;
  virtual void no_show(Intent intent, std::string id, Done<Appointment> done) = 0;

  // The operator, over the Unix socket only.
  virtual void admin_status(Done<AdminStatus> done) = 0;
  virtual void sync_now(Done<SyncNow> done) = 0;
  virtual void sync_log(std::int64_t limit, Done<std::vector<SyncLogRow>> done) = 0;
  virtual void add_staff(NewStaff staff, Done<StaffCode> done) = 0;
  virtual void staff(Done<std::vector<StaffRow>> done) = 0;
  virtual void disable_staff(std::string login, Done<StaffRow> done) = 0;
  virtual void enable_staff(std::string login, Done<StaffRow> done) = 0;
  virtual void reset_staff(std::string login, Done<StaffCode> done) = 0;
  virtual void stations(Done<std::vector<StationRow>> done) = 0;
  virtual void new_ticket(NewTicket ticket, Done<Ticket> done) = 0;
  virtual void approve_station(ApproveStation request, Done<ApprovedStation> done) = 0;
  virtual void verify(Done<VerifyReport> done) = 0;
  virtual void state_roots(Done<std::vector<ScopeRoot>> done) = 0;
};

// What the node tells its pages. Implemented by node/http; called from any thread.
class PageEvents {
 public:
  virtual ~PageEvents() = default;
  virtual void status_changed(NodeStatus status) = 0;
  virtual void appointment_changed(std::string id) = 0;
  // The devices of the hall that may ask from now on.
  virtual void devices_changed(std::vector<DevicePass> devices) = 0;
  // `revision` grows with every change of the queue during a run of the node.
  virtual void queue_changed(std::int64_t revision) = 0;
  // `seat`: first digits of the seat that holds the window now; empty: nobody holds it.
  virtual void window_changed(std::int64_t number, std::string seat) = 0;
  // Ends every sign-in of a staff member, e.g. because the roster now says disabled.
  virtual void end_sign_ins(StaffId staff) = 0;
};

}  // namespace yizhan::node
