// Fork watch: whose streams have another history elsewhere than here.
//
// What        Remembers from the notices of the engine whose streams a peer holds otherwise. They
//             are met again whenever the two compare, so that a start forgets nothing for long.
// Invariants  I1  may be used from any thread.
// Units       Wall time at which a fork was met last.
// Errors      none.
// Not here    Two machines that write in streams of their own: node/store/doubles.h.
// Source      design.md section 7 "Forks"; sync-notes.md C8.
#pragma once
#include <map>
#include <mutex>

#include "sync/engine.h"

namespace yizhan::node {

class ForkWatch {
 public:
  void note(const std::vector<sync::Notice>& notices, WallMs now);
  std::int64_t nodes(WallMs now) const;  // met within kForkShownMs

 private:
  mutable std::mutex mutex_;  // guards met_
  std::map<NodeId, WallMs> met_;
};

// Longer than a station is without a line; what is settled is met no more.
constexpr std::int64_t kForkShownMs = std::int64_t{14} * 24 * 3600 * 1000;

}  // namespace yizhan::node
