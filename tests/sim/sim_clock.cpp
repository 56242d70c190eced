#include "tests/sim/sim_clock.h"

#include <algorithm>

namespace yizhan::sim {

Micros SimClock::ticked(Micros now) const {
  const Micros since = now - booted_;
  return since + since * drift_ppm_ / 1'000'000;
}

WallMs SimClock::wall(Micros now) const {
  if (frozen_) return *frozen_;
  return {kCityBegins.value + offset_ms_ + (booted_ + ticked(now)) / kMs};
}

Micros SimClock::when(MonoMs at, Micros now) const {
  const Micros target = at.value * kMs;
  Micros instant = booted_ + target * 1'000'000 / (1'000'000 + drift_ppm_);
  while (ticked(instant) < target) instant += 1 + (target - ticked(instant)) / 2;
  return std::max(instant, now);
}

void SimClock::set(WallMs wall_now, Micros now) {
  frozen_.reset();
  offset_ms_ += (wall_now - wall(now)).count();
}

void SimClock::boot(Micros now) {
  const WallMs before = wall(now);
  booted_ = now;
  set(before, now);
}

}  // namespace yizhan::sim
