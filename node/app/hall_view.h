// Hall view: what the screens of the hall show.
//
// What        The display, the ticket machine and the evaluation tablet of a window, each as one
//             look at the queue, the windows and the hours of today.
// Invariants  I1  nothing here names a person: people are their tickets.
//             I2  whoever was called stays on the display for kCallShownMs, though served already.
// Units       See node/app/hall_types.h.
// Errors      NotFound, field "number": no such window; storage errors.
// Source      ux.md W7, W8, W9.
#pragma once
#include "node/app/evaluation_view.h"
#include "node/app/hall_types.h"
#include "node/app/window_view.h"

namespace yizhan::node {

constexpr std::int64_t kCallShownMs = 20'000;
constexpr std::size_t kCallingMax = 4;
constexpr std::size_t kNextMax = 6;
constexpr std::size_t kMissedMax = 12;

// All outlive the look.
struct HallLook {
  QueueLook queue;
  const Seats& seats;
  const std::string& station;  // its name
};

Result<Display> show_display(const HallLook& look);
Result<TicketScreen> show_ticket_screen(const HallLook& look);
// `key`: of the station's invitations.
Result<EvalScreen> show_eval_screen(const HallLook& look, std::int64_t window,
                                    const RatingKey& key);

}  // namespace yizhan::node
