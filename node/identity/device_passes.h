// Device passes: which device a cookie belongs to, in memory only.
//
// What        The passes that the store holds, as the listener needs them at every request.
// Invariants  I1  what replace() was not given is never found again.
// Units       MonoMs for when a device asked last.
// Errors      none: nothing found is an answer.
// Source      node/identity/devices.h.
#pragma once
#include <map>

#include "crdt/base/time.h"
#include "node/app/hall_types.h"

namespace yizhan::node {

class DevicePasses {
 public:
  explicit DevicePasses(std::vector<DevicePass> passes) { replace(std::move(passes)); }

  void replace(std::vector<DevicePass> passes);
  const DeviceRow* find(std::string_view token) const;
  // It asks now; whether that is worth noting again.
  bool seen(const DeviceRow& device, MonoMs now);

 private:
  std::map<Hash32, DeviceRow> by_token_;    // by hash of the token
  std::map<std::string, MonoMs> noted_at_;  // by device
};

}  // namespace yizhan::node
