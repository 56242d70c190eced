#include "node/identity/device_passes.h"

#include "node/identity/device_desk.h"

namespace yizhan::node {

void DevicePasses::replace(std::vector<DevicePass> passes) {
  by_token_.clear();
  for (DevicePass& pass : passes) by_token_.emplace(pass.token, std::move(pass.device));
}

const DeviceRow* DevicePasses::find(std::string_view token) const {
  if (token.empty()) return nullptr;
  const auto found = by_token_.find(device_token_hash(token));
  return found == by_token_.end() ? nullptr : &found->second;
}

bool DevicePasses::seen(const DeviceRow& device, MonoMs now) {
  const auto [at, first] = noted_at_.try_emplace(device.device, now);
  if (first) return true;
  if (now.value - at->second.value < kSeenEveryMs) return false;
  at->second = now;
  return true;
}

}  // namespace yizhan::node
