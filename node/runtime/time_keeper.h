// Time keeper: the time of this node, for all of its threads.
//
// What        Reads the machine's clocks, judges them (sync/node_clock.h), and keeps beside the
//             database what a restart goes on from.
// Invariants  I1  everything that this node says or writes of the time is what now() gave.
//             I2  what is kept is at most kKeptEveryMs old; when it cannot be kept the
//                 node goes on.
// Units       Milliseconds.
// Errors      person_says(): BadFormat, field "time_ms".
// Source      design.md section 7 "Clocks".
#pragma once
#include <mutex>

#include "node/identity/node_files.h"

namespace yizhan::node {

constexpr std::int64_t kKeptEveryMs = 60 * 1000;

struct TimeState {
  bool suspect = false;
  bool asks = false;                   // a person should say the time
  std::optional<std::int64_t> off_ms;  // the machine's clock is that far ahead, and not followed
  sync::ClockWord word = sync::ClockWord::Machine;
  sync::ClockWorth worth = sync::ClockWorth::Unconfirmed;
};

class TimeKeeper {
 public:
  // `last`: the latest time that the node's own records and certificate know.
  TimeKeeper(NodeFiles files, WallMs last);
  ~TimeKeeper();
  TimeKeeper(const TimeKeeper&) = delete;
  TimeKeeper& operator=(const TimeKeeper&) = delete;

  WallMs now();
  TimeState state() const;  // as of the last now()
  void parent_says(WallMs time);
  Result<void> person_says(WallMs time);
  void keep();  // when it is due

 private:
  Result<void> save(WallMs now);

  NodeFiles files_;
  std::string start_;  // of the machine
  mutable std::mutex mutex_;
  sync::NodeClock clock_;
  std::optional<sync::ClockAnchor> kept_;
  MonoMs kept_at_{};
  bool told_ = false;  // that it cannot be kept
};

}  // namespace yizhan::node
