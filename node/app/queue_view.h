// Queue view: the queue as a window, or the whole station, sees it.
//
// What        Rows in the order of calling with the reason of each, who is at the window, who was
//             missed, is on hold or left over, and the counts of the day.
// Units       See node/app/queue_types.h.
// Errors      NotFound, field "window"; those of node/app/person_opener.h for who is at the window;
//             storage errors.
// Source      ux.md W1.
#pragma once
#include "node/app/queue_book.h"

namespace yizhan::node {

// What a look at the queue needs. All outlive the look.
struct QueueLook {
  const sync::Engine& engine;
  const Reads& reads;
  WallMs now;
  const Policy& policy;
  std::int64_t revision = 0;
};

Result<Queue> show_queue(const QueueLook& look, const std::optional<std::int64_t>& window);
QueueCounts count_queue(const QueueBook& book, WallMs now);
// Rows of visits that stand in no order of calling, by arrival.
std::vector<QueueRow> show_rows(const QueueLook& look, const std::vector<FoundVisit>& visits);

}  // namespace yizhan::node
