#include "node/policy/queue_order.h"

#include <algorithm>
#include <tuple>

namespace yizhan::node {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

bool preferred(QueueReason reason) {
  return reason != QueueReason::Order && reason != QueueReason::LongestWait;
}

// One who waits, with what decides where.
struct Waiting {
  std::size_t person = 0;
  QueueReason reason = QueueReason::Order;
  std::int64_t rank = 0;
  std::int64_t by = 0;  // slot, or arrival
  std::int64_t arrived = 0;
  std::int64_t behind = 0;  // returned: calls that still go before
  const std::string* key = nullptr;

  auto place() const { return std::tie(rank, by, arrived, *key); }
  friend bool operator<(const Waiting& a, const Waiting& b) { return a.place() < b.place(); }
};

struct Sides {
  std::vector<Waiting> preferred;
  std::vector<Waiting> ordinary;
  std::vector<Waiting> returned;
  std::vector<Waiting> early;
};

bool may_call(const QueuePerson& person, const QueueAsker& asker) {
  if (!asker.window) return true;
  const auto closed = [&asker](std::int64_t window) {
    return std::find(asker.closed.begin(), asker.closed.end(), window) != asker.closed.end();
  };
  if (person.transferred_to && !closed(*person.transferred_to)) {
    return *person.transferred_to == *asker.window;
  }
  return asker.groups.empty() ||
         std::find(asker.groups.begin(), asker.groups.end(), person.group) != asker.groups.end();
}

std::int64_t calls_since(std::span<const PastCall> calls, WallMs at) {
  return std::count_if(calls.begin(), calls.end(),
                       [at](const PastCall& call) { return call.at > at; });
}

// How many of the newest calls of this asker were preferred ones, without a break.
std::int64_t run_of(std::span<const PastCall> calls, const QueueAsker& asker) {
  std::vector<PastCall> own;
  for (const PastCall& call : calls) {
    if (!asker.window || call.window == *asker.window) own.push_back(call);
  }
  std::sort(own.begin(), own.end(), [](const PastCall& a, const PastCall& b) {
    return std::tuple(b.at, b.window, b.reason) < std::tuple(a.at, a.window, a.reason);
  });
  const auto ordinary = std::find_if(own.begin(), own.end(),
                                     [](const PastCall& call) { return !preferred(call.reason); });
  return ordinary - own.begin();
}

void rank(Waiting& one, const QueuePerson& person, const Punctuality& punctual, WallMs now,
          const QueueRules& rules) {
  one.by = one.arrived;
  const bool due = punctual.timing == Timing::OnTime &&
                   now.value >= person.slot->value - rules.ready_before_min * kMinuteMs;
  const bool was_early = punctual.timing == Timing::Early;  // and is ready by now
  if (person.transferred_to) {
    one.reason = QueueReason::Transferred;
  } else if (due || was_early) {
    one.reason = QueueReason::AppointmentDue;
    one.rank = 1;
    one.by = person.slot->value;
  } else if (person.carried || person.priority != Priority::None) {
    one.reason = QueueReason::Priority;
    one.rank = person.carried ? 1 : 2;
    if (person.carried) one.by = 0;
  }
}

Sides sort_people(std::span<const QueuePerson> people, std::span<const PastCall> calls,
                  const QueueAsker& asker, WallMs now, const QueueRules& rules) {
  Sides sides;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const QueuePerson& person = people[i];
    if (!may_call(person, asker)) continue;
    Waiting one;
    one.person = i;
    one.arrived = person.arrived.value;
    one.key = &person.key;
    const Punctuality punctual = punctuality(person.arrived, person.slot, person.priority, rules);
    if (punctual.ready_at && now < *punctual.ready_at && !person.transferred_to) {
      one.reason = QueueReason::AppointmentDue;
      one.by = punctual.ready_at->value;
      sides.early.push_back(one);
    } else if (person.returned) {
      one.reason = QueueReason::Returned;
      one.by = person.returned->value;
      one.behind =
          std::max<std::int64_t>(0, rules.return_after - calls_since(calls, *person.returned));
      sides.returned.push_back(one);
    } else {
      rank(one, person, punctual, now, rules);
      (preferred(one.reason) ? sides.preferred : sides.ordinary).push_back(one);
    }
  }
  for (auto* side : {&sides.preferred, &sides.ordinary, &sides.returned, &sides.early}) {
    std::sort(side->begin(), side->end());
  }
  return sides;
}

// Plays the calls that will follow each other.
class Calling {
 public:
  Calling(Sides sides, std::int64_t run, const QueueRules& rules)
      : sides_(std::move(sides)), rules_(rules), run_(run) {}

  std::vector<QueuePlace> all() {
    while (!done()) {
      if (!take_returned()) take_next();
    }
    for (const Waiting& one : sides_.early) {
      out_.push_back({one.person, one.reason, WallMs{one.by}});
    }
    return std::move(out_);
  }

 private:
  bool done() const {
    return preferred_ == sides_.preferred.size() && ordinary_ == sides_.ordinary.size() &&
           sides_.returned.empty();
  }
  // Whoever came back and has let enough calls pass, or has nobody left to let pass.
  bool take_returned() {
    const bool alone = preferred_ == sides_.preferred.size() && ordinary_ == sides_.ordinary.size();
    const auto called = static_cast<std::int64_t>(out_.size());
    const auto ready =
        std::find_if(sides_.returned.begin(), sides_.returned.end(),
                     [&](const Waiting& one) { return alone || one.behind <= called - passed_; });
    if (ready == sides_.returned.end()) return false;
    out_.push_back({ready->person, ready->reason, std::nullopt});
    ++passed_;  // those who come back let others pass, not each other
    sides_.returned.erase(ready);
    return true;
  }
  void take_next() {
    const bool has_preferred = preferred_ < sides_.preferred.size();
    const bool has_ordinary = ordinary_ < sides_.ordinary.size();
    const bool turn = has_ordinary && (!has_preferred || run_ >= rules_.priority_run_max);
    if (!turn) {
      const Waiting& one = sides_.preferred[preferred_++];
      out_.push_back({one.person, one.reason, std::nullopt});
      ++run_;
      return;
    }
    const Waiting& one = sides_.ordinary[ordinary_++];
    out_.push_back(
        {one.person, has_preferred ? QueueReason::LongestWait : QueueReason::Order, std::nullopt});
    run_ = 0;
  }

  Sides sides_;
  const QueueRules& rules_;
  std::int64_t run_;
  std::size_t preferred_ = 0;
  std::size_t ordinary_ = 0;
  std::int64_t passed_ = 0;
  std::vector<QueuePlace> out_;
};

}  // namespace

std::vector<QueuePlace> order_queue(std::span<const QueuePerson> people,
                                    std::span<const PastCall> calls, const QueueAsker& asker,
                                    WallMs now, const QueueRules& rules) {
  return Calling(sort_people(people, calls, asker, now, rules), run_of(calls, asker), rules).all();
}

Punctuality punctuality(WallMs arrived, const std::optional<WallMs>& slot, Priority priority,
                        const QueueRules& rules) {
  if (!slot) return {};
  const std::int64_t early = slot->value - rules.early_checkin_min * kMinuteMs;
  if (arrived.value < early) {
    return {Timing::Early, 0, WallMs{slot->value - rules.ready_before_min * kMinuteMs}};
  }
  const bool slow = priority == Priority::Elder || priority == Priority::Disabled;
  const std::int64_t grace = slow ? rules.late_grace_priority_min : rules.late_grace_min;
  const std::int64_t late = arrived.value - slot->value;
  if (late <= grace * kMinuteMs) return {Timing::OnTime, 0, std::nullopt};
  return {Timing::Late, late / kMinuteMs, std::nullopt};
}

}  // namespace yizhan::node
