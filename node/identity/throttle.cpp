#include "node/identity/throttle.h"

#include <algorithm>
#include <limits>

namespace yizhan::node {

std::int64_t delay_after_ms(std::uint32_t failures) {
  constexpr std::uint32_t kFreeTries = 3;
  if (failures <= kFreeTries) return 0;
  const std::uint32_t doublings = failures - kFreeTries - 1;
  if (doublings >= 10) return kDelayMaxMs;  // 2^10 s is beyond the bound
  return std::min<std::int64_t>(std::int64_t{1000} << doublings, kDelayMaxMs);
}

std::int64_t remaining_ms(const Failures& failures, const BootTime& now) {
  // Of a later boot only its own ticks are certain to have passed since.
  const bool same_boot = failures.since.boot == now.boot && failures.since.ticks_ms <= now.ticks_ms;
  const std::int64_t passed = now.ticks_ms - (same_boot ? failures.since.ticks_ms : 0);
  return std::max<std::int64_t>(0, failures.wait_ms - std::max<std::int64_t>(0, passed));
}

Failures failed_again(const Failures& before, const BootTime& now) {
  const bool at_end = before.count == std::numeric_limits<std::uint32_t>::max();
  const std::uint32_t count = at_end ? before.count : before.count + 1;
  return {.count = count, .wait_ms = delay_after_ms(count), .since = now};
}

}  // namespace yizhan::node
