// NodeHall: HallService over the engine loop.
//
// What        Each call becomes a task of the loop; its answer comes after the commit.
// Invariants  I1  the listener knows a device's pass before the device is told of it, and forgets
//                 that of a removed one before its lead is told.
// Errors      See node/app/hall_service.h.
// Source      style.md section 6; ADR-0008.
#pragma once
#include "node/app/hall_service.h"
#include "node/identity/device_desk.h"
#include "node/runtime/loop_calls.h"
#include "node/store/sqlite_devices.h"

namespace yizhan::node {

class NodeHall final : public HallService {
 public:
  // `store` is the loop's; it and `calls` outlive the service.
  NodeHall(SqliteStore& store, LoopCalls& calls, const Pepper& pepper);

  // The passes that are durable; before the loop is started.
  Result<std::vector<DevicePass>> passes() const { return devices_.passes(); }

  void devices(Done<std::vector<DeviceRow>> done) override;
  void add_device(NewDevice device, Done<AddedDevice> done) override;
  void remove_device(std::string device, Done<DeviceRow> done) override;
  void pair_device(std::string code, Done<PairVerdict> done) override;
  void device_seen(std::string device) override;

 private:
  void tell_passes();

  LoopCalls& calls_;
  SqliteDevices stored_;
  DeviceDesk devices_;
};

}  // namespace yizhan::node
