#include "sync/node_clock.h"

#include <cstdlib>

namespace yizhan::sync {
namespace {

// Between two starts nothing counts the time: the machine's clock is believed if it can be right.
bool can_follow(WallMs last, WallMs wall) {
  const std::int64_t away = (wall - last).count();
  return away >= -kClockOffMs && away <= kAwayMaxMs;
}

ClockAnchor anchor_at_start(WallMs last, ClockPair at) {
  if (can_follow(last, at.wall)) return {at.wall, at.mono, ClockWord::Machine};
  return {last, at.mono, ClockWord::Kept};
}

}  // namespace

NodeClock::NodeClock(WallMs last, ClockPair at) : NodeClock(anchor_at_start(last, at), at) {}

NodeClock::NodeClock(const ClockAnchor& anchor, ClockPair at) : anchor_(anchor), seen_(at) {
  read(at);
}

WallMs NodeClock::read(ClockPair at) {
  const WallMs counted = anchor_.time + (at.mono - anchor_.mono);
  const auto step = (at.wall - seen_.wall) - (at.mono - seen_.mono);
  seen_ = at;
  // Somebody has set the clock of a machine that had lost it: no worse than a start now.
  if (anchor_.word == ClockWord::Kept && step.count() > kClockOffMs &&
      can_follow(counted, at.wall)) {
    follow({at.wall, at.mono, ClockWord::Machine}, at);
    return at.wall;
  }
  const std::int64_t off = (at.wall - counted).count();
  if (step.count() < -kClockStepMs) stepped_back_ = true;
  if (std::abs(off) <= kClockStepMs) stepped_back_ = false;  // and it was set right again
  const std::int64_t most = anchor_.word == ClockWord::Parent ? kParentOffMs : kClockOffMs;
  const bool follows = !stepped_back_ && std::abs(off) <= most;
  off_ms_ = follows ? std::nullopt : std::optional(off);
  suspect_ = anchor_.word == ClockWord::Kept || anchor_.word == ClockWord::Person ||
             (anchor_.word == ClockWord::Machine && !follows);
  asks_ = suspect_ && anchor_.word != ClockWord::Person;
  return follows ? at.wall : counted;
}

ClockWorth NodeClock::worth() const {
  if (suspect_) return ClockWorth::Doubtful;
  return anchor_.word == ClockWord::Parent ? ClockWorth::Attested : ClockWorth::Unconfirmed;
}

void NodeClock::follow(const ClockAnchor& anchor, ClockPair at) {
  anchor_ = anchor;
  stepped_back_ = false;
  read(at);
}

void NodeClock::parent_says(WallMs time, ClockPair at) {
  follow({time, at.mono, ClockWord::Parent}, at);
}

Result<void> NodeClock::person_says(WallMs time, ClockPair at) {
  const WallMs counted = anchor_.time + (at.mono - anchor_.mono);
  const std::int64_t ahead = (time - counted).count();
  if (ahead < -kAwayMaxMs || ahead > kSaidMaxMs) {
    return fail(Errc::BadFormat, "the time cannot be right: too far from the last one here",
                "time_ms");
  }
  const bool agrees = std::abs((at.wall - time).count()) <= kClockOffMs;
  follow(agrees ? ClockAnchor{at.wall, at.mono, ClockWord::Machine}
                : ClockAnchor{time, at.mono, ClockWord::Person},
         at);
  return {};
}

}  // namespace yizhan::sync
