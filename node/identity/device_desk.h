// Device desk: adds, pairs and removes the devices of the hall.
//
// What        A lead adds a device and is given a pairing code; the device gives the code and is
//             given a token for its cookie.
// Invariants  I1  a code opens once, within kPairingLifeMs.
//             I2  wrong codes are delayed as in throttle.h, all devices together; none locks.
//             I3  a removed device is refused from then on.
// Units       Wall time for codes, boot time for delays.
// Errors      BadFormat, field "window" (an evaluation tablet has one, others have none);
//             LimitExceeded, field "device" (kDevicesMax); NotFound, field "device"; storage
//             errors.
// Not here    Cookies: node/http.
// Source      ux.md W7 to W9; reliability.md D8, D9.
#pragma once
#include "node/identity/devices.h"

namespace yizhan::node {

constexpr std::size_t kDevicesMax = 64;  // more than a township's hall has
constexpr std::int64_t kPairingLifeMs = std::int64_t{15} * 60 * 1000;
constexpr std::int64_t kSeenEveryMs = std::int64_t{5} * 60 * 1000;

// The caller's randomness for one step.
struct DeviceEntropy {
  DeviceId id;
  std::uint64_t code = 0;
};

std::string make_pairing_code(std::uint64_t random);  // 8 of A-Z and 2-9 without look-alikes
Hash32 device_token_hash(std::string_view token);
DeviceRow row_of(const Device& device);

class DeviceDesk {
 public:
  // `store` outlives the desk.
  DeviceDesk(DeviceStore& store, const Pepper& pepper) : store_(store), pepper_(pepper) {}

  Result<AddedDevice> add(const NewDevice& wish, const DeviceEntropy& fresh, WallMs now);
  Result<PairVerdict> pair(std::string_view code, const Hash32& token, const BootTime& ticks,
                           WallMs now);
  Result<DeviceRow> remove(const std::string& device);
  // Whether it was noted: at most every kSeenEveryMs.
  Result<bool> seen(const std::string& device, WallMs now);
  Result<std::vector<DeviceRow>> rows() const;
  Result<std::vector<DevicePass>> passes() const;

 private:
  Result<Device> find(const std::string& device) const;

  DeviceStore& store_;
  Pepper pepper_;
  Failures failures_;
};

}  // namespace yizhan::node
