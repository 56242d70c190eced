// Queue order: who is called next, and why.
//
// What        order_queue() gives everyone who waits for one window, or for the whole station, in
//             the order of calling: sent here by another window; carried over and appointments that
//             are due, by slot; priority tickets; the rest by arrival. After a run of such
//             preferred calls the longest waiting ordinary ticket is next. Who was missed and came
//             back goes behind the next few.
// Invariants  I1  the order depends on the set of people, the calls and the moment only, never on
//                 the order in which they are given.
//             I2  everyone whom the window may call appears exactly once.
//             I3  an ordinary ticket is called after at most `priority_run_max` preferred calls for
//                 every ordinary ticket up to it: nobody starves.
//             I4  who came early is never before anyone who is ready.
// Units       Wall milliseconds; rules in minutes and counts.
// Errors      none.
// Source      ux.md W1 and W3; domain.md section 5 (booking.early_checkin_min, late_grace_min); the
//             values: policy.h.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crdt/base/time.h"
#include "node/policy/policy.h"

namespace yizhan::node {

// Wire numbers: never reuse one.
enum class Priority : std::uint8_t { None = 0, Elder = 1, Disabled = 2, Pregnant = 3, Veteran = 4 };
enum class QueueReason : std::uint8_t {
  AppointmentDue = 1,
  Priority = 2,
  Order = 3,
  LongestWait = 4,
  Transferred = 5,
  Returned = 6
};
enum class Timing : std::uint8_t { None = 0, Early = 1, OnTime = 2, Late = 3 };

struct QueuePerson {
  std::string key;  // unique, orders those who arrived together
  WallMs arrived;
  std::optional<WallMs> slot;  // of an appointment for the day on which it was ticketed
  Priority priority = Priority::None;
  std::string group;  // of the item
  std::optional<std::int64_t> transferred_to;
  std::optional<WallMs> returned;  // missed, and back since
  bool carried = false;            // left over from an earlier day
};

struct PastCall {
  WallMs at;
  std::int64_t window = 0;
  QueueReason reason = QueueReason::Order;
};

// Who asks: a window with the groups it serves (none: all), or the whole station.
struct QueueAsker {
  std::optional<std::int64_t> window;
  std::vector<std::string> groups;
  std::vector<std::int64_t> closed{};  // windows to which nobody is sent any more
};

struct QueuePlace {
  std::size_t person = 0;  // index into `people`
  QueueReason reason = QueueReason::Order;
  std::optional<WallMs> ready_at;  // came early: joins then, and is not called before
};

std::vector<QueuePlace> order_queue(std::span<const QueuePerson> people,
                                    std::span<const PastCall> calls, const QueueAsker& asker,
                                    WallMs now, const QueueRules& rules);

struct Punctuality {
  Timing timing = Timing::None;
  std::int64_t late_min = 0;
  std::optional<WallMs> ready_at;  // early: when the person may be called
};
Punctuality punctuality(WallMs arrived, const std::optional<WallMs>& slot, Priority priority,
                        const QueueRules& rules);

}  // namespace yizhan::node
