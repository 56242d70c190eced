// Hybrid logical clock: stamps that follow the wall clock and never go back.
//
// What        48 bits of milliseconds and 16 bits of counter. Stamps only break ties between
//             truly concurrent writes; causality decides everything else.
// Invariants  I1  issue() grows strictly, whatever the wall clock does; only return_to() takes back
//                 what a wrong clock gave.
//             I2  see() absorbs at most kFutureMs of a peer's future, so one wrong clock cannot
//                 poison the others' stamps.
// Units       WallMs in; negative times count as 0.
// Errors      none.
// Not here    Judging a suspect clock: sync/node_clock.h. Stamps of others that lie in the future:
//             sync/quarantine.h.
// Source      Kulkarni et al. 2014, "Logical physical clocks"; design.md section 7.
#pragma once
#include "crdt/base/time.h"

namespace yizhan::crdt {

using Hlc = Strong<struct HlcTag, std::uint64_t>;

constexpr std::int64_t kFutureMs = 5 * 60 * 1000;

inline std::int64_t wall_ms(Hlc stamp) { return static_cast<std::int64_t>(stamp.value >> 16); }
Hlc hlc_at(WallMs wall, std::uint16_t counter = 0);
// Further in the future than an honest clock explains.
inline bool is_ahead(Hlc stamp, WallMs now) {
  return wall_ms(stamp) > wall_ms(hlc_at(now)) + kFutureMs;
}

class HlcClock {
 public:
  explicit HlcClock(Hlc floor = {}) : last_(floor) {}
  Hlc issue(WallMs now);
  void see(Hlc remote, WallMs now);
  // A stamp that this node itself gave and has forgotten: absorbed whatever the wall clock says.
  void resume_after(Hlc own);
  // What time it is, for certain: a last stamp that is ahead of it was a wrong clock's, and the
  // next one follows the time again.
  void return_to(WallMs attested);
  Hlc last() const { return last_; }

 private:
  Hlc last_;
};

}  // namespace yizhan::crdt
