// Day close (日结): what the day brought, who is left, and whether the machine may be switched off.
//
// What        show_day_close() counts a day; DayCloseDesk closes today after saying what becomes of
//             everyone who is left.
// Invariants  I1  nobody is dropped silently: closing says of all who wait, were missed, rest or
//                 are left over that they come first on the next open day, or that they were told.
//             I2  who is called or served is not closed: the day stays open.
//             I3  closing again changes nothing unless somebody came after it.
//             I4  safe to switch off means: closed, nobody left, and everything durable here.
// Units       See node/app/queue_types.h.
// Errors      Conflict, field "serving": a window has someone; OutOfScope: no counter of its own;
//             storage errors.
// Not here    Windows and sign-ins that end with the day: node/runtime/node_queue.h, node/http.
// Source      ux.md W1 (end of day) and W13 (日结).
#pragma once
#include "node/app/intent_writer.h"
#include "node/app/queue_view.h"

namespace yizhan::node {

// `durable`: the last commit held.
Result<DayClose> show_day_close(const QueueLook& look, std::int64_t day, bool durable);

class DayCloseDesk {
 public:
  explicit DayCloseDesk(const DeskContext& at) : at_(at) {}

  // The record of the closed day.
  Result<crdt::Dot> close(const Intent& intent, WithLeft with_left);

 private:
  Result<void> write_some(const Intent& intent, const std::vector<const FoundVisit*>& some,
                          WithLeft with_left);
  void settle(const FoundVisit& visit, WithLeft with_left, sync::Draft& draft) const;
  Result<crdt::Dot> write_close(const Intent& intent, sync::Draft draft,
                                const std::optional<crdt::Dot>& closing);

  DeskContext at_;
};

}  // namespace yizhan::node
