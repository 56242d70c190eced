// Clocks and entropy of the machine: the only place where the product reads them.
//
// What        Wall time (may jump), monotonic time since boot (also while suspended), random bytes.
// Units       Milliseconds.
// Errors      none; a machine without libsodium's entropy does not start.
#pragma once
#include "crdt/base/time.h"
#include "sync/keys.h"

namespace yizhan::node {

WallMs wall_now();
MonoMs mono_now();

class SystemEntropy final : public sync::Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// Prepares libsodium; Unsupported when it cannot.
Result<void> start_crypto();

}  // namespace yizhan::node
