#include "node/app/queue_book.h"

#include <algorithm>

#include "node/app/record_id.h"
#include "node/policy/china_time.h"
#include "node/policy/service_items.h"

namespace yizhan::node {
namespace {

using Field = VisitField;

bool waits_today(const FoundVisit& visit, const QueueEntry& row, std::int64_t today) {
  return row.date == today || (row.date < today && visit.number(Field::CarriedFrom).has_value());
}

void add(QueueBook& book, FoundVisit visit, const QueueEntry& row) {
  if (row.date > book.today) return book.later.push_back(std::move(visit));
  const bool at_window = visit.life == crdt::Visit::Called || visit.life == crdt::Visit::InService;
  if (at_window) return book.at_windows.push_back(std::move(visit));  // until someone closes it
  if (!waits_today(visit, row, book.today)) return book.left_over.push_back(std::move(visit));
  switch (visit.life) {
    case crdt::Visit::OnHold: return book.held.push_back(std::move(visit));
    case crdt::Visit::Missed: return book.missed.push_back(std::move(visit));
    default: return book.waiting.push_back(std::move(visit));
  }
}

QueuePerson person_of(const FoundVisit& visit) {
  QueuePerson person;
  person.key = visit.text(Field::Ticket) + record_id(visit.place.dot);
  person.arrived = visit.time(Field::ArrivedAt).value_or(WallMs{});
  person.slot = visit.slot_today();
  person.priority = visit.priority();
  const ServiceItem* item = service_item(visit.text(Field::Item));
  if (item != nullptr) person.group = item->group;
  person.transferred_to = visit.number(Field::TransferredTo);
  person.returned = visit.time(Field::ReturnedAt);
  person.carried = visit.number(Field::CarriedFrom).has_value();
  return person;
}

std::vector<PastCall> calls_of(const QueueBook& book) {
  std::vector<PastCall> calls;
  for (const auto* part : {&book.at_windows, &book.held, &book.missed, &book.over, &book.waiting}) {
    for (const FoundVisit& visit : *part) {
      const auto at = visit.time(Field::CalledAt);
      if (!at) continue;
      const auto reason = visit.number(Field::CallReason);
      calls.push_back({*at, visit.number(Field::Window).value_or(0),
                       static_cast<QueueReason>(reason.value_or(3))});
    }
  }
  return calls;
}

}  // namespace

const FoundVisit* QueueBook::at_window(std::int64_t window) const {
  const auto found = std::find_if(at_windows.begin(), at_windows.end(),
                                  [&](const FoundVisit& one) { return one.window() == window; });
  return found == at_windows.end() ? nullptr : &*found;
}

Result<QueueBook> read_queue(const Reads& reads, const sync::Scope& scope, WallMs now) {
  QueueBook book;
  book.today = china_moment(now).day;
  const auto open = reads.open_visits(scope);
  if (!open) return fail(open);
  for (const QueueEntry& row : *open) {
    auto visit = load_visit(reads, scope, row.dot);
    if (!visit) return fail(visit);
    add(book, std::move(*visit), row);
  }
  const auto over = reads.closed_visits(scope, book.today);
  if (!over) return fail(over);
  for (const QueueEntry& row : *over) {
    auto visit = load_visit(reads, scope, row.dot);
    if (!visit) return fail(visit);
    book.over.push_back(std::move(*visit));
  }
  return book;
}

std::vector<OrderedVisit> in_calling_order(const QueueBook& book, const QueueAsker& asker,
                                           WallMs now, const QueueRules& rules) {
  std::vector<QueuePerson> people;
  people.reserve(book.waiting.size());
  for (const FoundVisit& visit : book.waiting) people.push_back(person_of(visit));
  std::vector<OrderedVisit> out;
  for (const QueuePlace& place : order_queue(people, calls_of(book), asker, now, rules)) {
    out.push_back({&book.waiting[place.person], place});
  }
  return out;
}

Result<QueueAsker> find_asker(const Reads& reads, const sync::Scope& scope, std::int64_t window) {
  const auto all = read_windows(reads, scope);
  if (!all) return fail(all);
  QueueAsker asker;
  for (const WindowEntry& row : *all) {
    if (row.closed) asker.closed.push_back(row.number);
    if (row.number != window) continue;
    asker.window = window;
    asker.groups = row.groups;
  }
  if (!asker.window) return fail(Errc::NotFound, "no such window here", "number");
  return asker;
}

}  // namespace yizhan::node
