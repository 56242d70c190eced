// Devices: the screens, tablets and ticket machines of the hall that may ask without a sign-in.
//
// What        One row per device: what it is, and a hash of what proves it.
// Invariants  I1  neither a pairing code nor a token is kept, only their hashes.
// Units       Wall time.
// Errors      Storage errors.
// Source      ux.md W7 to W9; reliability.md D8.
#pragma once
#include "node/app/hall_types.h"
#include "node/identity/verifier_store.h"

namespace yizhan::node {

using DeviceId = Strong<struct DeviceIdTag, std::array<std::uint8_t, 8>>;

struct Device {
  DeviceId id;
  DeviceKind kind = DeviceKind::Display;
  std::string name;
  std::optional<std::int64_t> window;
  std::optional<OneTimeCode> code;  // until it is used
  std::optional<Hash32> token;      // from the pairing on
  std::optional<WallMs> seen_at;
  friend bool operator==(const Device&, const Device&) = default;
};

class DeviceStore {
 public:
  virtual ~DeviceStore() = default;
  virtual Result<std::vector<Device>> all() = 0;        // by id
  virtual Result<void> save(const Device& device) = 0;  // joins the open transaction
  virtual Result<void> remove(const DeviceId& id) = 0;  // likewise
};

}  // namespace yizhan::node
