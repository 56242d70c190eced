#include "node/app/health_text.h"

#include "node/policy/china_time.h"

namespace yizhan::node {

std::string size_text(std::int64_t bytes) {
  constexpr std::int64_t kMib = 1024 * 1024;
  constexpr std::int64_t kGib = 1024 * kMib;
  if (bytes < kGib) return std::to_string(bytes / kMib) + " MB";
  const std::int64_t tenths = bytes * 10 / kGib;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GB";
}

std::string moment_text(WallMs at) {
  const ChinaMoment moment = china_moment(at);
  return date_text(moment.day) + " " + minute_text(moment.minute);
}

std::int64_t days_between(WallMs from, WallMs to) { return (to.value - from.value) / kDayMs; }

}  // namespace yizhan::node
