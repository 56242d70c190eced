// Throttle: how long the next try of a secret has to wait.
//
// What        Delays of 0, 0, 0, 1, 2, 4 ... 900 s after the 1st, 2nd, 3rd ... wrong try.
// Invariants  I1  a restart, a reboot or a changed wall clock never shortens a delay: it is counted
//                 in ticks of one boot, and a later boot counts from its own start.
//             I2  the delay is bounded: nobody outside can lock an account for good.
// Units       Milliseconds of boot time (CLOCK_BOOTTIME).
// Errors      none.
// Source      design.md section 13 (wrong tries); reliability.md D9.
#pragma once
#include <cstdint>

#include "crdt/base/ids.h"

namespace yizhan::node {

struct BootTime {
  Id16 boot{};  // names this boot of the machine
  std::int64_t ticks_ms = 0;
  friend bool operator==(const BootTime&, const BootTime&) = default;
};

struct Failures {
  std::uint32_t count = 0;   // wrong tries since the last right one
  std::int64_t wait_ms = 0;  // from `since`
  BootTime since;
  friend bool operator==(const Failures&, const Failures&) = default;
};

constexpr std::int64_t kDelayMaxMs = 900'000;

std::int64_t delay_after_ms(std::uint32_t failures);
std::int64_t remaining_ms(const Failures& failures, const BootTime& now);
Failures failed_again(const Failures& before, const BootTime& now);

}  // namespace yizhan::node
