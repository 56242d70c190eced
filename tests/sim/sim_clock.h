// SimClock: what one machine believes about time.
//
// What        A wall clock that may be wrong, drift, jump and stand still, and a monotonic one that
//             drifts and starts again at every boot.
// Invariants  mono() never goes back within a boot, whatever happens to the wall clock.
// Units       Drift in parts per million.
// Errors      none.
#pragma once
#include <optional>

#include "crdt/base/time.h"
#include "tests/sim/agenda.h"

namespace yizhan::sim {

constexpr WallMs kCityBegins{1'792'800'000'000};  // true time at virtual zero
constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;

class SimClock {
 public:
  explicit SimClock(std::int64_t drift_ppm = 0) : drift_ppm_(drift_ppm) {}
  WallMs wall(Micros now) const;
  MonoMs mono(Micros now) const { return {ticked(now) / kMs}; }
  Micros when(MonoMs at, Micros now) const;  // the first instant with mono() >= at
  void boot(Micros now);                     // the wall clock goes on, the monotonic begins at 0
  void step(std::int64_t by_ms) { offset_ms_ += by_ms; }
  void freeze(Micros now) { frozen_ = wall(now); }  // until the next boot
  void set(WallMs wall_now, Micros now);

 private:
  Micros ticked(Micros now) const;  // this machine's microseconds since boot
  std::int64_t drift_ppm_;
  std::int64_t offset_ms_ = 0;
  Micros booted_ = 0;
  std::optional<WallMs> frozen_;  // what the wall clock shows
};

}  // namespace yizhan::sim
