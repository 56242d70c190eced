#include "node/app/hall_view.h"

#include <algorithm>

#include "node/policy/periods.h"
#include "node/policy/service_items.h"
#include "node/policy/wait_estimate.h"

namespace yizhan::node {
namespace {

using Field = VisitField;
using State = crdt::Visit;

// What every screen of people who wait is made of.
struct Hall {
  QueueBook book;
  std::vector<WindowEntry> windows;
};

Result<Hall> read_hall(const QueueLook& look) {
  const sync::Division& home = look.engine.self().home;
  auto book = read_queue(look.reads, {home, sync::ScopeClass::Biz}, look.now);
  if (!book) return fail(book);
  auto windows = read_windows(look.reads, {home, sync::ScopeClass::Ref});
  if (!windows) return fail(windows);
  return Hall{std::move(*book), std::move(*windows)};
}

std::string ticket_of(const FoundVisit& visit) { return visit.text(Field::Ticket); }

// ---- hours

std::optional<Hours> hours_now(const Policy& policy, const ChinaMoment& now) {
  for (const Hours& hours : hours_of(policy, now.day)) {
    if (hours.begin <= now.minute && now.minute < hours.end) return hours;
  }
  return std::nullopt;
}

std::optional<Hours> hours_next(const Policy& policy, const ChinaMoment& now) {
  for (const Hours& hours : hours_of(policy, now.day)) {
    if (hours.begin > now.minute) return hours;
  }
  return std::nullopt;
}

// ---- the display

// A call that nobody took back last evening is not one of today.
bool still_called(const FoundVisit& visit, const QueueBook& book, WallMs now) {
  const WallMs at = visit.time(Field::CalledAt).value_or(WallMs{});
  if (visit.life == State::Called) return china_moment(at).day == book.today;
  return at <= now && now.value - at.value < kCallShownMs;
}

std::vector<CalledTicket> calling(const QueueBook& book, WallMs now) {
  std::vector<CalledTicket> calls;
  for (const FoundVisit& visit : book.at_windows) {
    const auto window = visit.window();
    if (!window || !still_called(visit, book, now)) continue;
    calls.push_back({ticket_of(visit), *window, visit.time(Field::CalledAt).value_or(now),
                     visit.number(Field::Calls).value_or(1)});
  }
  std::sort(calls.begin(), calls.end(), [](const CalledTicket& a, const CalledTicket& b) {
    return a.at != b.at ? a.at > b.at : a.window < b.window;
  });
  if (calls.size() > kCallingMax) calls.resize(kCallingMax);
  return calls;
}

// Those who were called last, in the order of their calls.
std::vector<std::string> missed(const QueueBook& book) {
  std::vector<const FoundVisit*> visits;
  for (const FoundVisit& visit : book.missed) visits.push_back(&visit);
  std::stable_sort(visits.begin(), visits.end(), [](const FoundVisit* a, const FoundVisit* b) {
    return a->time(Field::CalledAt) < b->time(Field::CalledAt);
  });
  std::vector<std::string> tickets;
  const std::size_t first = visits.size() > kMissedMax ? visits.size() - kMissedMax : 0;
  for (std::size_t i = first; i < visits.size(); ++i) tickets.push_back(ticket_of(*visits[i]));
  return tickets;
}

std::vector<std::string> next(const QueueLook& look, const QueueBook& book) {
  std::vector<std::string> tickets;
  for (const OrderedVisit& one : in_calling_order(book, {}, look.now, look.policy.queue)) {
    if (tickets.size() == kNextMax || one.place.ready_at) break;  // I4 of queue_order.h
    tickets.push_back(ticket_of(*one.visit));
  }
  return tickets;
}

std::vector<HallWindow> windows_of(const Hall& hall, const Seats& seats) {
  std::vector<HallWindow> out;
  for (WindowRow& row : window_rows(hall.windows, hall.book, seats)) {
    out.push_back({row.number, std::move(row.name), row.state, std::move(row.ticket)});
  }
  return out;
}

std::optional<std::int64_t> estimate(const Display& shown, const QueueBook& book,
                                     const QueueRules& rules) {
  WaitFacts facts;
  facts.waiting = shown.waiting;
  facts.open_windows =
      std::count_if(shown.windows.begin(), shown.windows.end(),
                    [](const HallWindow& one) { return one.state == WindowState::Open; });
  for (const FoundVisit& visit : book.over) {
    const auto from = visit.time(Field::StartedAt);
    const auto to = visit.time(Field::FinishedAt);
    if (visit.life == State::Finished && from && to && *to >= *from) {
      facts.served_ms.push_back(to->value - from->value);
    }
  }
  return estimate_wait_min(std::move(facts), rules.estimate_samples_min);
}

// ---- groups of items

bool serves(const WindowEntry& window, std::string_view group) {
  return !window.closed &&
         (window.groups.empty() ||
          std::find(window.groups.begin(), window.groups.end(), group) != window.groups.end());
}

bool is_served(const Hall& hall, std::string_view group) {
  return std::any_of(hall.windows.begin(), hall.windows.end(),
                     [&](const WindowEntry& window) { return serves(window, group); });
}

std::vector<GroupChoice> groups_of(const Hall& hall) {
  std::vector<GroupChoice> groups;
  for (const ServiceItem& item : service_items()) {
    if (!is_served(hall, item.group)) continue;
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const GroupChoice& one) { return one.group == item.group; });
    if (found == groups.end()) {
      found = groups.insert(groups.end(), {std::string(item.group), {}, 0});
    }
    found->items.push_back({std::string(item.code), std::string(item.name)});
  }
  return groups;
}

bool is_open(const Hall& hall, std::int64_t number) {
  return std::any_of(hall.windows.begin(), hall.windows.end(), [&](const WindowEntry& window) {
    return window.number == number && !window.closed;
  });
}

bool may_call(const Hall& hall, const WindowEntry& window, const FoundVisit& visit) {
  const auto sent = visit.number(Field::TransferredTo);
  if (sent && is_open(hall, *sent)) return *sent == window.number;
  const ServiceItem* item = service_item(visit.text(Field::Item));
  return item == nullptr || serves(window, item->group);
}

std::int64_t ahead_of(const Hall& hall, const std::string& group) {
  return std::count_if(
      hall.book.waiting.begin(), hall.book.waiting.end(), [&](const FoundVisit& visit) {
        return std::any_of(hall.windows.begin(), hall.windows.end(), [&](const WindowEntry& one) {
          return serves(one, group) && may_call(hall, one, visit);
        });
      });
}

}  // namespace

Result<Display> show_display(const HallLook& look) {
  const auto hall = read_hall(look.queue);
  if (!hall) return fail(hall);
  const Policy& policy = look.queue.policy;
  const ChinaMoment now = china_moment(look.queue.now);
  Display out;
  out.station = look.station;
  out.date = date_text(now.day);
  out.now = look.queue.now;
  out.hours = hours_now(policy, now);
  out.next_hours = hours_next(policy, now);
  out.calling = calling(hall->book, look.queue.now);
  out.windows = windows_of(*hall, look.seats);
  out.next = next(look.queue, hall->book);
  out.missed = missed(hall->book);
  out.waiting = static_cast<std::int64_t>(hall->book.waiting.size());
  out.estimate_min = estimate(out, hall->book, policy.queue);
  for (GroupChoice& choice : groups_of(*hall)) out.groups.push_back(std::move(choice.group));
  out.hotline = policy.hotline;
  return out;
}

Result<TicketScreen> show_ticket_screen(const HallLook& look) {
  const auto hall = read_hall(look.queue);
  if (!hall) return fail(hall);
  const Policy& policy = look.queue.policy;
  const ChinaMoment now = china_moment(look.queue.now);
  TicketScreen out;
  out.station = look.station;
  out.now = look.queue.now;
  out.period = period_at(policy, now);
  out.groups = groups_of(*hall);
  for (GroupChoice& choice : out.groups) choice.ahead = ahead_of(*hall, choice.group);
  out.waiting = static_cast<std::int64_t>(hall->book.waiting.size());
  out.open = out.period && !by_booking_only(policy, now.day, *out.period);
  return out;
}

Result<EvalScreen> show_eval_screen(const HallLook& look, std::int64_t window,
                                    const RatingKey& key) {
  const sync::Division& home = look.queue.engine.self().home;
  auto found = find_window(look.queue.reads, {home, sync::ScopeClass::Ref}, window);
  if (!found) return fail(found);
  auto invited =
      invitation_at(look.queue.reads, {home, sync::ScopeClass::Biz}, window, key, look.queue.now);
  if (!invited) return fail(invited);
  EvalScreen out;
  out.station = look.station;
  out.now = look.queue.now;
  out.hours = hours_of(look.queue.policy, china_moment(look.queue.now).day);
  out.number = window;
  out.window = std::move(found->name);
  out.invitation = std::move(*invited);
  return out;
}

}  // namespace yizhan::node
