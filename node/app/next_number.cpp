#include "node/app/next_number.h"

#include "node/app/printed_number.h"
#include "node/app/ticket_number.h"
#include "node/policy/china_time.h"
#include "sync/epoch.h"

namespace yizhan::node {
namespace {

std::int64_t mark_of(const DeskContext& at) { return sync::epoch_mark(at.engine.epoch()); }

// `count` counters after `highest`, which is 0 when none was given.
Result<std::int64_t> after(std::int64_t mark, std::int64_t highest, std::int64_t count,
                           const char* field) {
  const std::int64_t next = std::max(highest, mark * kCountersADay) + 1;
  if (next + count > (mark + 1) * kCountersADay) {
    return fail(Errc::LimitExceeded, "the numbers of this day are used up", field);
  }
  return next;
}

}  // namespace

Result<std::int64_t> next_counter(const DeskContext& at, std::int64_t day, std::int64_t count) {
  const auto highest = at.reads.printed_highest(at.own_biz(), day, mark_of(at));
  if (!highest) return fail(highest);
  return after(mark_of(at), *highest, count, "number");
}

Result<std::string> next_number(const DeskContext& at) {
  const std::int64_t today = china_moment(at.wall).day;
  const auto counter = next_counter(at, today);
  if (!counter) return fail(counter);
  return printed_number(at.own_biz().division.code(), today, *counter);
}

Result<std::string> next_ticket(const DeskContext& at, std::int64_t day, std::int64_t series) {
  const auto highest = at.reads.ticket_highest(at.own_biz(), {day, series, mark_of(at)});
  if (!highest) return fail(highest);
  const auto counter = after(mark_of(at), *highest, 1, "ticket");
  if (!counter) return fail(counter);
  return ticket_text({series, *counter});
}

}  // namespace yizhan::node
