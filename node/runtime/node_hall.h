// NodeHall: HallService over the engine loop.
//
// What        Each call becomes a task of the loop; its answer comes after the commit.
// Invariants  I1  the listener knows a device's pass before the device is told of it, and forgets
//                 that of a removed one before its lead is told.
// Errors      See node/app/hall_service.h.
// Source      style.md section 6; ADR-0008.
#pragma once
#include "node/app/hall_service.h"
#include "node/app/hall_view.h"
#include "node/identity/device_desk.h"
#include "node/runtime/loop_calls.h"
#include "node/store/sqlite_devices.h"

namespace yizhan::node {

class NodeHall final : public HallService {
 public:
  struct Setup {
    Pepper pepper;
    const Policy& policy;
    const std::string& station;  // its name
    const Seats& seats;          // read on the loop's thread
    RatingKey invitations;
  };
  // `store` is the loop's; it, `calls` and what `setup` refers to outlive the service.
  NodeHall(SqliteStore& store, LoopCalls& calls, const Setup& setup);

  // The passes that are durable; before the loop is started.
  Result<std::vector<DevicePass>> passes() const { return devices_.passes(); }

  // On the loop's thread.
  Result<std::vector<DeviceRow>> device_rows(WallMs now) const;

  void devices(Done<std::vector<DeviceRow>> done) override;
  void add_device(NewDevice device, Done<AddedDevice> done) override;
  void remove_device(std::string device, Done<DeviceRow> done) override;
  void pair_device(std::string code, Done<PairVerdict> done) override;
  void device_seen(std::string device) override;

  void display(Done<Display> done) override;
  void ticket_screen(Done<TicketScreen> done) override;
  void eval_screen(std::int64_t window, Done<EvalScreen> done) override;

 private:
  // Shows a screen as of what is durable.
  template <class T>
  void show(Done<T> done, std::function<Result<T>(const HallLook&)> screen);
  void tell_passes();

  LoopCalls& calls_;
  const Policy& policy_;
  const std::string& station_;
  const Seats& seats_;
  RatingKey invitations_;
  SqliteDevices stored_;
  DeviceDesk devices_;
};

}  // namespace yizhan::node
