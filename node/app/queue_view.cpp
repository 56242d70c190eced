#include "node/app/queue_view.h"

#include <algorithm>

#include "node/app/evaluation_view.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

using Field = VisitField;
constexpr std::int64_t kMinuteMs = 60'000;

std::int64_t size(const std::vector<FoundVisit>& visits) {
  return static_cast<std::int64_t>(visits.size());
}

// Whole minutes of service on average, rounded; empty before anyone was served.
std::optional<std::int64_t> average_min(const std::vector<FoundVisit>& over) {
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (const FoundVisit& visit : over) {
    const auto from = visit.time(Field::StartedAt);
    const auto to = visit.time(Field::FinishedAt);
    if (visit.life != crdt::Visit::Finished || !from || !to || *to < *from) continue;
    sum += to->value - from->value;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return (sum / count + kMinuteMs / 2) / kMinuteMs;
}

void count_over(const std::vector<FoundVisit>& over, WallMs now, QueueCounts& counts) {
  for (const FoundVisit& visit : over) {
    if (visit.life != crdt::Visit::Finished) continue;
    ++counts.finished;
    const auto period = visit.number(Field::Period);
    if (period && *period != static_cast<std::int64_t>(Period::Regular)) ++counts.off_hours;
    ++(rated_of(*visit.state, now) == Rated::Rated ? counts.rated : counts.unrated);
  }
  counts.average_min = average_min(over);
}

QueueLight light_of(std::int64_t waiting, const QueueRules& rules) {
  if (waiting >= rules.waiting_red) return QueueLight::Red;
  return waiting >= rules.waiting_amber ? QueueLight::Amber : QueueLight::Green;
}

// Appointments of today whose people may still come.
Result<std::int64_t> expected_today(const QueueLook& look, const sync::Scope& scope) {
  const auto rows = look.reads.day(scope, china_moment(look.now).day);
  if (!rows) return fail(rows);
  return std::count_if(rows->begin(), rows->end(), [](const DayEntry& row) {
    return row.state == crdt::Appointment::Confirmed;
  });
}

void show_waiting(const QueueLook& look, const QueueBook& book, const QueueAsker& asker,
                  Queue& out) {
  for (const OrderedVisit& one : in_calling_order(book, asker, look.now, look.policy.queue)) {
    QueueRow row = show_queue_row(look.engine, look.reads, *one.visit, look.now);
    row.reason = one.place.reason;
    row.ready_at = one.place.ready_at;
    if (!out.next && asker.window && !row.ready_at) out.next = row.id;
    out.waiting.push_back(std::move(row));
  }
}

Result<void> show_current(const QueueLook& look, const QueueBook& book, std::int64_t window,
                          Queue& out) {
  const FoundVisit* current = book.at_window(window);
  if (current == nullptr) return {};
  auto shown = show_visit(look.engine, look.reads, *current, look.now);
  if (!shown) return fail(shown);
  out.current = std::move(*shown);
  return {};
}

}  // namespace

QueueCounts count_queue(const QueueBook& book, WallMs now) {
  QueueCounts counts;
  counts.waiting = size(book.waiting);
  counts.by_appointment = std::count_if(book.waiting.begin(), book.waiting.end(), [](auto& visit) {
    return visit.appointment().has_value();
  });
  counts.walk_in = counts.waiting - counts.by_appointment;
  counts.missed = size(book.missed);
  counts.held = size(book.held);
  count_over(book.over, now, counts);
  return counts;
}

std::vector<QueueRow> show_rows(const QueueLook& look, const std::vector<FoundVisit>& visits) {
  std::vector<QueueRow> rows;
  rows.reserve(visits.size());
  for (const FoundVisit& visit : visits) {
    rows.push_back(show_queue_row(look.engine, look.reads, visit, look.now));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const QueueRow& a, const QueueRow& b) {
    return a.arrived_at < b.arrived_at;
  });
  return rows;
}

Result<Queue> show_queue(const QueueLook& look, const std::optional<std::int64_t>& window) {
  const sync::Division& home = look.engine.self().home;
  QueueAsker asker;
  if (window) {
    auto found = find_asker(look.reads, {home, sync::ScopeClass::Ref}, *window);
    if (!found) return fail(Errc::NotFound, "no such window here", "window");
    asker = std::move(*found);
  }
  const sync::Scope scope{home, sync::ScopeClass::Biz};
  const auto book = read_queue(look.reads, scope, look.now);
  if (!book) return fail(book);
  const auto expected = expected_today(look, scope);
  if (!expected) return fail(expected);
  Queue out;
  out.day = date_text(book->today);
  out.now = look.now;
  out.revision = look.revision;
  show_waiting(look, *book, asker, out);
  if (window) {
    if (auto shown = show_current(look, *book, *window, out); !shown) return fail(shown);
  }
  out.missed = show_rows(look, book->missed);
  out.held = show_rows(look, book->held);
  out.left_over = show_rows(look, book->left_over);
  out.expected = *expected;
  out.counts = count_queue(*book, look.now);
  out.light = light_of(out.counts.waiting, look.policy.queue);
  return out;
}

}  // namespace yizhan::node
