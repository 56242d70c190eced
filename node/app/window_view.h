// Window view: the windows of a station with who sits there and whom they serve.
//
// Units       See node/app/queue_types.h.
// Errors      NotFound, field "number"; storage errors.
// Source      ux.md W1 and W8.
#pragma once
#include "node/app/queue_view.h"
#include "node/app/seats.h"

namespace yizhan::node {

// The same of a queue that was read already.
std::vector<WindowRow> window_rows(const std::vector<WindowEntry>& windows, const QueueBook& book,
                                   const Seats& seats);
Result<std::vector<WindowRow>> show_windows(const QueueLook& look, const Seats& seats);
Result<WindowRow> show_window(const QueueLook& look, const Seats& seats, std::int64_t number);

}  // namespace yizhan::node
