#include "node/runtime/backup_hours.h"

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kNightFrom = 2 * 60;  // minutes of the day
constexpr std::int64_t kNightTo = 5 * 60;
constexpr int kSettledMinutes = 5;  // a start has other things to do first
constexpr int kAfterStartMinutes = 60;
constexpr std::int64_t kNightAgeMs = 12 * kHourMs;
constexpr std::int64_t kStartAgeMs = 24 * kHourMs;
constexpr std::int64_t kDayAgeMs = 36 * kHourMs;

}  // namespace

bool is_backup_due(const BackupHours& hours, WallMs now) {
  if (hours.minutes < kSettledMinutes) return false;
  if (hours.failed) {
    const std::int64_t since = now.value - hours.failed->value;
    if (since >= 0 && since < kHourMs) return false;
  }
  if (!hours.last) return true;
  const std::int64_t age = now.value - hours.last->value;
  const std::int64_t minute = china_moment(now).minute;
  if (minute >= kNightFrom && minute < kNightTo && age >= kNightAgeMs) return true;
  return age >= (hours.minutes < kAfterStartMinutes ? kStartAgeMs : kDayAgeMs);
}

}  // namespace yizhan::node
