// Queue book: the visits of a station that may still be served, sorted by how they stand.
//
// What        Loads the open visits and the calls of today, and lists them in the order in which a
//             window would call them.
// Invariants  Tickets of earlier days that nobody closed are left over; those carried over to a day
//             wait from that day on.
// Units       See node/policy/queue_order.h.
// Errors      Storage errors.
// Source      ux.md W1.
#pragma once
#include "node/app/intent_writer.h"
#include "node/app/visit_view.h"
#include "node/app/window_book.h"

namespace yizhan::node {

struct QueueBook {
  std::int64_t today = 0;
  std::vector<FoundVisit> waiting;
  std::vector<FoundVisit> at_windows;  // called or in service
  std::vector<FoundVisit> held;
  std::vector<FoundVisit> missed;
  std::vector<FoundVisit> left_over;
  std::vector<FoundVisit> over;   // finished or left, of today
  std::vector<FoundVisit> later;  // carried over to a day to come

  const FoundVisit* at_window(std::int64_t window) const;  // null: free
};

struct OrderedVisit {
  const FoundVisit* visit = nullptr;  // into the book
  QueuePlace place;
};

Result<QueueBook> read_queue(const Reads& reads, const sync::Scope& scope, WallMs now);

std::vector<OrderedVisit> in_calling_order(const QueueBook& book, const QueueAsker& asker,
                                           WallMs now, const QueueRules& rules);
// How a window of the scope asks. NotFound, field "number": there is no such window.
Result<QueueAsker> find_asker(const Reads& reads, const sync::Scope& scope, std::int64_t window);

}  // namespace yizhan::node
