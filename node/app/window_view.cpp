#include "node/app/window_view.h"

#include <algorithm>

namespace yizhan::node {
namespace {

WindowRow row_of(const WindowEntry& entry, const QueueBook& book, const Seats& seats) {
  WindowRow row;
  row.number = entry.number;
  row.name = entry.name;
  row.groups = entry.groups;
  row.closed = entry.closed;
  if (const Seat* seat = seats.at(entry.number)) {
    row.held_by = seat->holder;
    row.held_since = seat->since;
  }
  if (const FoundVisit* visit = book.at_window(entry.number)) {
    row.ticket = visit->text(VisitField::Ticket);
  }
  row.state = entry.closed  ? WindowState::Closed
              : row.held_by ? WindowState::Open
                            : WindowState::Paused;
  return row;
}

}  // namespace

std::vector<WindowRow> window_rows(const std::vector<WindowEntry>& windows, const QueueBook& book,
                                   const Seats& seats) {
  std::vector<WindowRow> rows;
  rows.reserve(windows.size());
  for (const WindowEntry& entry : windows) rows.push_back(row_of(entry, book, seats));
  return rows;
}

Result<std::vector<WindowRow>> show_windows(const QueueLook& look, const Seats& seats) {
  const sync::Division& home = look.engine.self().home;
  const auto entries = read_windows(look.reads, {home, sync::ScopeClass::Ref});
  if (!entries) return fail(entries);
  const auto book = read_queue(look.reads, {home, sync::ScopeClass::Biz}, look.now);
  if (!book) return fail(book);
  return window_rows(*entries, *book, seats);
}

Result<WindowRow> show_window(const QueueLook& look, const Seats& seats, std::int64_t number) {
  auto rows = show_windows(look, seats);
  if (!rows) return fail(rows);
  const auto found = std::find_if(rows->begin(), rows->end(),
                                  [&](const WindowRow& row) { return row.number == number; });
  if (found == rows->end()) return fail(Errc::NotFound, "no such window here", "number");
  return std::move(*found);
}

}  // namespace yizhan::node
