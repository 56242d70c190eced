#include "node/runtime/fork_watch.h"

#include <algorithm>

namespace yizhan::node {

void ForkWatch::note(const std::vector<sync::Notice>& notices, WallMs now) {
  const std::lock_guard lock(mutex_);
  for (const sync::Notice& notice : notices) {
    if (notice.kind == sync::Notice::Kind::ForkSeen) met_[notice.node] = now;
  }
}

std::int64_t ForkWatch::nodes(WallMs now) const {
  const std::lock_guard lock(mutex_);
  return std::count_if(met_.begin(), met_.end(), [now](const auto& met) {
    return now.value - met.second.value < kForkShownMs;
  });
}

}  // namespace yizhan::node
