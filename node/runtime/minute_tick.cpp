#include "node/runtime/minute_tick.h"

#include "node/app/record_id.h"
#include "node/policy/periods.h"
#include "node/runtime/log.h"
#include "node/store/store_reads.h"

namespace yizhan::node {

// Who answers after the commit may not write, so that the work is a task of its own.
void MinuteTick::on_turn(const Core& core) {
  if (!watch_.turned(core.wall)) return;
  calls_.loop().post([this](Core& at, sync::Effects& effects) -> EngineLoop::Answer {
    const auto marked = mark(at, effects);
    if (!marked) log_error("no-show: " + marked.error().detail);
    return [this, marked](const Result<void>& committed, const Core& after) {
      tell(after, marked && committed ? *marked : std::vector<crdt::Dot>());
    };
  });
}

Result<std::vector<crdt::Dot>> MinuteTick::mark(Core& core, sync::Effects& effects) const {
  // The certificate was issued when the city's clock said so; no true clock can stand before it.
  if (core.wall < core.engine.self().not_before) return std::vector<crdt::Dot>();
  const StoreReads reads(core.store);
  return mark_no_shows({core.engine, reads, policy_, core.wall, core.mono, effects},
                       watch_.since());
}

void MinuteTick::tell(const Core& core, const std::vector<crdt::Dot>& marked) {
  calls_.tell_written();
  if (calls_.events() != nullptr) {
    for (const crdt::Dot& record : marked) calls_.events()->appointment_changed(record_id(record));
  }
  const auto period = period_at(policy_, china_moment(core.wall));
  const bool turned = period != period_;
  period_ = period;
  const auto waiting =
      StoreReads(core.store).open_visits({core.engine.self().home, sync::ScopeClass::Biz});
  const bool anyone = waiting && !waiting->empty();
  if (turned || anyone || !marked.empty()) calls_.queue_touched();
}

}  // namespace yizhan::node
