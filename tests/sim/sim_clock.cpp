#include "tests/sim/sim_clock.h"

#include <algorithm>

namespace yizhan::sim {

Micros SimClock::ticked(Micros now) const {
  const Micros since = now - booted_;
  return since + since * drift_ppm_ / 1'000'000;
}

WallMs SimClock::wall(Micros now) const {
  return {kCityBegins.value + offset_ms_ + (booted_ + ticked(now)) / kMs};
}

Micros SimClock::when(MonoMs at, Micros now) const {
  const Micros target = at.value * kMs;
  Micros instant = booted_ + target * 1'000'000 / (1'000'000 + drift_ppm_);
  while (ticked(instant) < target) instant += 1 + (target - ticked(instant)) / 2;
  return std::max(instant, now);
}

void SimClock::boot(Micros now) {
  const WallMs before = wall(now);
  booted_ = now;
  set(before, now);
}

}  // namespace yizhan::sim
