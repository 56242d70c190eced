// Node clock: what time it is, on a machine whose clock may be wrong.
//
// What        Follows the machine's clock while nothing contradicts it. Once something does, it
//             counts on by the monotonic clock from the last time there was reason to believe,
//             until the parent or a person says what time it is. It always has an answer.
// Invariants  I1  a machine's clock is not followed after it stepped back, while it is more than
//                 kClockOffMs away from what was counted, or after a start at a time that lies
//                 before the last one here or more than kAwayMaxMs after it; beside what the
//                 parent said it may be off by kParentOffMs only.
//             I2  not suspect: the machine's clock is followed, or the parent said the time since
//                 the machine was started.
// Units       Milliseconds. Monotonic time also runs while the machine sleeps.
// Errors      BadFormat, field "time_ms": a person's word that cannot be true; nothing changed.
// Source      design.md section 7 "Clocks"; sync-notes.md C4; reliability.md D5; ADR-0013.
#pragma once
#include <optional>

#include "crdt/base/result.h"
#include "crdt/base/time.h"

namespace yizhan::sync {

constexpr std::int64_t kClockOffMs = 10 * 60 * 1000;
// Beside the parent's word; two nodes of one city stay well within what makes a stamp ahead.
constexpr std::int64_t kParentOffMs = 2 * 60 * 1000;
constexpr std::int64_t kClockStepMs = 2 * 1000;  // a smaller step back is a correction
constexpr std::int64_t kAwayMaxMs = std::int64_t{400} * 24 * 3600 * 1000;
// A person may say no later: a station lies in a cupboard for years, not for decades.
constexpr std::int64_t kSaidMaxMs = std::int64_t{10} * 365 * 24 * 3600 * 1000;

// What the two clocks of the machine show at one moment.
struct ClockPair {
  WallMs wall;
  MonoMs mono;
};

// On whose word the time is counted.
enum class ClockWord : std::uint8_t {
  Machine = 0,  // nothing contradicts the machine's clock
  Kept = 1,     // the machine's clock cannot be right: counted from the last time here
  Person = 2,
  Parent = 3
};

// What the time that a node counts is worth.
enum class ClockWorth : std::uint8_t {
  Doubtful = 0,     // suspect
  Unconfirmed = 1,  // nothing contradicts it
  Attested = 2      // the parent said it
};

// What a restart of the program goes on from while the machine has not been started again.
struct ClockAnchor {
  WallMs time;
  MonoMs mono;
  ClockWord word = ClockWord::Machine;
  friend bool operator==(const ClockAnchor&, const ClockAnchor&) = default;
};

class NodeClock {
 public:
  // The machine was started: `last` is the latest time that this node remembers.
  NodeClock(WallMs last, ClockPair at);
  // Only the program was.
  NodeClock(const ClockAnchor& anchor, ClockPair at);

  WallMs read(ClockPair at);  // what time it is

  // As of the last read().
  bool suspect() const { return suspect_; }
  ClockWorth worth() const;
  bool asks() const { return asks_; }  // a person should say the time
  // How far the machine's clock is ahead, when it is not followed.
  std::optional<std::int64_t> off_ms() const { return off_ms_; }
  const ClockAnchor& anchor() const { return anchor_; }

  void parent_says(WallMs time, ClockPair at);
  Result<void> person_says(WallMs time, ClockPair at);

 private:
  void follow(const ClockAnchor& anchor, ClockPair at);
  bool machine_may_be_right(WallMs wall) const;

  ClockAnchor anchor_;
  ClockPair seen_;
  bool stepped_back_ = false;
  bool suspect_ = false;
  bool asks_ = false;
  std::optional<std::int64_t> off_ms_;
};

}  // namespace yizhan::sync
