#include "node/app/no_show.h"

#include <algorithm>

#include "node/app/appointment_drafts.h"
#include "node/app/late_entry.h"
#include "node/policy/china_time.h"
#include "node/policy/slots.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kGapMs = 10 * kMinuteMs;

// Nobody knows before they come whether the longer grace is theirs.
std::int64_t grace_ms(const QueueRules& rules) {
  return std::max(rules.late_grace_min, rules.late_grace_priority_min) * kMinuteMs;
}

// Of a window that the day has.
bool is_over(const DeskContext& at, std::int64_t day, std::int64_t window) {
  const auto slot = slot_at(at.policy, day, window);
  return slot && at.wall.value >= wall_at({day, slot->end}).value + grace_ms(at.policy.queue);
}

bool entered_later(const crdt::EntityState& state) {
  return !text_of(state, AppointmentField::PaperNumber).empty();
}

Result<void> mark_day(const DeskContext& at, std::int64_t day, WallMs since,
                      std::vector<crdt::Dot>& marked) {
  const auto rows = at.reads.day(at.own_biz(), day);
  if (!rows) return fail(rows);
  for (const DayEntry& row : *rows) {
    const bool watched = wall_at({day, row.window}) >= since;
    if (row.state != crdt::Appointment::Confirmed || !watched || !is_over(at, day, row.window))
      continue;
    const auto state = at.reads.entity(at.own_biz(), row.dot);
    if (!state) return fail(state);
    if (*state == nullptr || entered_later(**state)) continue;
    const auto written = at.engine.write(at.wall, at.mono,
                                         draft_no_show(at.own_biz(), row.dot, **state), at.effects);
    if (!written) return fail(written);
    marked.push_back(row.dot);
  }
  return {};
}

}  // namespace

bool RunWatch::turned(WallMs now) {
  const bool first = last_ == WallMs{};
  const bool broken = now < last_ || now.value - last_.value > kGapMs;
  if (first || broken) since_ = now;
  const bool new_minute = now.value / kMinuteMs != last_.value / kMinuteMs;
  last_ = now;
  return first || broken || new_minute;
}

Result<std::vector<crdt::Dot>> mark_no_shows(const DeskContext& at, WallMs since) {
  std::vector<crdt::Dot> marked;
  if (!at.engine.self().slot_owner) return marked;
  const std::int64_t today = china_moment(at.wall).day;
  for (const std::int64_t day : {today - 1, today}) {  // the last window's grace may pass midnight
    if (auto done = mark_day(at, day, since, marked); !done) return fail(done);
  }
  return marked;
}

Result<void> check_no_show(const DeskContext& at, StaffRole role, const crdt::EntityState& state) {
  const std::int64_t day = number_of(state, AppointmentField::Date).value_or(0);
  const std::int64_t window = number_of(state, AppointmentField::Window).value_or(0);
  if (!is_over(at, day, window)) {
    return fail(Errc::Conflict, "the window and its grace are not over", "window");
  }
  return check_reach(at.policy.booking, role, at.wall, wall_at({day, window}), "date");
}

}  // namespace yizhan::node
