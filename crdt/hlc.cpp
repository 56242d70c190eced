#include "crdt/hlc.h"

#include <algorithm>

namespace yizhan::crdt {

Hlc hlc_at(WallMs wall, std::uint16_t counter) {
  constexpr std::int64_t kMsMax = (std::int64_t{1} << 48) - 1;
  const auto ms = static_cast<std::uint64_t>(std::clamp<std::int64_t>(wall.value, 0, kMsMax));
  return {ms << 16 | counter};
}

Hlc HlcClock::issue(WallMs now) {
  last_ = std::max(hlc_at(now), Hlc{last_.value + 1});
  return last_;
}

void HlcClock::see(Hlc remote, WallMs now) {
  if (!is_ahead(remote, now)) last_ = std::max(last_, remote);
}

void HlcClock::resume_after(Hlc own) { last_ = std::max(last_, own); }

void HlcClock::return_to(WallMs attested) {
  if (is_ahead(last_, attested)) last_ = hlc_at(attested);
}

}  // namespace yizhan::crdt
