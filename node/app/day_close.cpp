#include "node/app/day_close.h"

#include <algorithm>

#include "node/app/leftover.h"
#include "node/app/paper_forms.h"
#include "node/policy/china_time.h"
#include "node/policy/periods.h"

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;
using Field = DayCloseField;

constexpr std::size_t kVisitsPerChange = 28;  // two operations each, and room for the day itself

bool has_arrived(Life life) {
  return life == Life::CheckedIn || life == Life::InService || life == Life::Fulfilled;
}

DayCloseCounts count_appointments(const std::vector<DayEntry>& rows) {
  const auto in = [&rows](auto is) { return std::count_if(rows.begin(), rows.end(), is); };
  DayCloseCounts counts;
  counts.booked = static_cast<std::int64_t>(rows.size());
  counts.arrived = in([](const DayEntry& row) { return has_arrived(row.state); });
  counts.cancelled = in([](const DayEntry& row) {
    return row.state == Life::CancelledByClient || row.state == Life::CancelledByStation;
  });
  counts.no_show = in([](const DayEntry& row) { return row.state == Life::NoShow; });
  return counts;
}

// Whoever took a ticket counts for that day, also when carried over to another.
std::int64_t walk_ins(const QueueBook& book) {
  std::int64_t sum = 0;
  for (const auto* part :
       {&book.waiting, &book.at_windows, &book.held, &book.missed, &book.over, &book.later}) {
    sum += std::count_if(part->begin(), part->end(), [&](const FoundVisit& visit) {
      const auto carried = visit.number(VisitField::CarriedFrom);
      const auto issued = carried ? carried : visit.number(VisitField::BusinessDate);
      return !visit.appointment() && issued == book.today;
    });
  }
  return sum;
}

Result<std::int64_t> complaints_of(const Reads& reads, const sync::Scope& scope, std::int64_t day) {
  constexpr std::int64_t kPage = 64;
  std::int64_t sum = 0;
  for (ComplaintMark mark{wall_at({day + 1, 0}), std::nullopt};;) {
    const auto page = reads.complaints(scope, mark, kPage);
    if (!page) return fail(page);
    for (const ComplaintEntry& one : *page) {
      if (china_moment(one.at).day < day) return sum;
      ++sum;
      mark = {one.at, one.dot};
    }
    if (static_cast<std::int64_t>(page->size()) < kPage) return sum;
  }
}

std::vector<const FoundVisit*> left_in(const QueueBook& book) {
  std::vector<const FoundVisit*> left;
  for (const auto* part : {&book.left_over, &book.waiting, &book.held, &book.missed}) {
    for (const FoundVisit& visit : *part) left.push_back(&visit);
  }
  return left;
}

std::vector<QueueRow> left_rows(const QueueLook& look, const QueueBook& book) {
  std::vector<FoundVisit> left(book.at_windows);
  for (const FoundVisit* visit : left_in(book)) left.push_back(*visit);
  return show_rows(look, left);
}

Result<std::optional<WallMs>> closed_at(const Reads& reads, const sync::Scope& scope,
                                        std::int64_t day) {
  const auto closing = reads.closing(scope, day);
  if (!closing) return fail(closing);
  if (!*closing) return std::optional<WallMs>();
  const auto state = reads.entity(scope, **closing);
  if (!state) return fail(state);
  const auto at = *state == nullptr ? std::nullopt : number_of(**state, Field::ClosedAt);
  return at ? std::optional(WallMs{*at}) : std::nullopt;
}

// The queue as it stood, or stands now, on that day.
WallMs moment_of(std::int64_t day, WallMs now) {
  return china_moment(now).day == day ? now : wall_at({day, kMinutesPerDay - 1});
}

}  // namespace

Result<DayClose> show_day_close(const QueueLook& look, std::int64_t day, bool durable) {
  const sync::Scope scope{look.engine.self().home, sync::ScopeClass::Biz};
  const auto book = read_queue(look.reads, scope, moment_of(day, look.now));
  if (!book) return fail(book);
  const auto rows = look.reads.day(scope, day);
  if (!rows) return fail(rows);
  const auto closed = closed_at(look.reads, scope, day);
  if (!closed) return fail(closed);
  const auto complaints = complaints_of(look.reads, scope, day);
  if (!complaints) return fail(complaints);
  auto forms = form_stock(look.reads, scope);
  if (!forms) return fail(forms);
  DayClose out;
  out.date = date_text(day);
  out.left = left_rows(look, *book);
  out.forms = std::move(*forms);
  out.counts = count_appointments(*rows);
  const QueueCounts served = count_queue(*book, look.now);
  out.counts.finished = served.finished;
  out.counts.walk_in = walk_ins(*book);
  out.counts.off_hours = served.off_hours;
  out.counts.rated = served.rated;
  out.counts.unrated = served.unrated;
  out.counts.complaints = *complaints;
  const sync::Engine::Delivery sent = look.engine.delivery();
  out.pending = static_cast<std::int64_t>(sent.saved - sent.carried);
  out.closed_at = *closed;
  out.safe_to_power_off = durable && out.closed_at && out.left.empty();
  return out;
}

// ---- closing

void DayCloseDesk::settle(const FoundVisit& visit, WithLeft with_left, sync::Draft& draft) const {
  RecordEdit edit(visit.place.dot, *visit.state);
  if (with_left == WithLeft::CarryOver) {
    carry_over(visit, next_open_day(at_.policy, china_moment(at_.wall).day), edit);
  } else {
    end_untended(at_.wall, LeaveReason::ToldByPhone, edit);
  }
  edit.into(draft);
}

// A change holds so many operations and no more; all changes of one close become durable together.
Result<void> DayCloseDesk::write_some(const Intent& intent,
                                      const std::vector<const FoundVisit*>& some,
                                      WithLeft with_left) {
  sync::Draft draft = empty_draft(at_.own_biz());
  draft.staff = intent.staff.id;
  for (const FoundVisit* visit : some) settle(*visit, with_left, draft);
  const auto written = at_.engine.write(at_.wall, at_.mono, draft, at_.effects);
  if (!written) return fail(written);
  return {};
}

Result<crdt::Dot> DayCloseDesk::write_close(const Intent& intent, sync::Draft draft,
                                            const std::optional<crdt::Dot>& closing) {
  if (closing) {
    const auto state = at_.reads.entity(at_.own_biz(), *closing);
    if (!state) return fail(state);
    if (*state == nullptr) return fail(Errc::StorageCorrupt, "a closed day has no record");
    RecordEdit(*closing, **state).set(Field::ClosedAt, at_.wall.value).into(draft);
    return IntentWriter(at_).write(intent, std::move(draft), *closing);
  }
  // The record's own operation stands first: it names the answer of the request.
  sync::Draft whole = empty_draft(at_.own_biz());
  RecordEdit(Record::DayClose, 0)
      .set(Field::Date, china_moment(at_.wall).day)
      .set(Field::ClosedAt, at_.wall.value)
      .into(whole);
  std::move(draft.ops.begin(), draft.ops.end(), std::back_inserter(whole.ops));
  return IntentWriter(at_).write(intent, std::move(whole), std::nullopt);
}

Result<crdt::Dot> DayCloseDesk::close(const Intent& intent, WithLeft with_left) {
  const auto before = IntentWriter(at_).earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  if (!at_.engine.self().slot_owner) {
    return fail(Errc::OutOfScope, "this node has no counter of its own");
  }
  const auto book = read_queue(at_.reads, at_.own_biz(), at_.wall);
  if (!book) return fail(book);
  if (!book->at_windows.empty()) {
    return fail(Errc::Conflict, "a window has someone", "serving");
  }
  const auto closing = at_.reads.closing(at_.own_biz(), book->today);
  if (!closing) return fail(closing);
  std::vector<const FoundVisit*> left = left_in(*book);
  if (*closing && left.empty()) return **closing;
  while (left.size() > kVisitsPerChange) {
    const auto first = left.end() - static_cast<std::ptrdiff_t>(kVisitsPerChange);
    auto written = write_some(intent, {first, left.end()}, with_left);
    if (!written) return fail(written);
    left.erase(first, left.end());
  }
  sync::Draft draft = empty_draft(at_.own_biz());
  for (const FoundVisit* visit : left) settle(*visit, with_left, draft);
  return write_close(intent, std::move(draft), *closing);
}

}  // namespace yizhan::node
