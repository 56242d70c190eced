// What the oracles say of stamps that lie in the future.
#include <algorithm>

#include "tests/sim/oracles.h"

namespace yizhan::sim {
namespace {

constexpr std::int64_t kSlackMs = 15 * 60 * 1000;  // no honest clock of the city differs so much

std::string at(const crdt::Dot& dot) {
  return to_hex(view(dot.stream)).substr(0, 8) + ":" + std::to_string(dot.seq);
}

bool is_quarantined(const std::vector<sync::QuarantinedRun>& runs, const crdt::ChangeId& change) {
  return counts_by(runs, change, crdt::Hlc{UINT64_MAX}).value != UINT64_MAX;
}

}  // namespace

std::vector<sync::QuarantinedRun> Oracles::quarantined() const {
  std::vector<sync::QuarantinedRun> runs;
  for (const auto& [id, known] : history_.streams()) {
    const std::uint64_t last = counts(id, known.author, known.changes.size());
    for (std::uint64_t seq = 1; seq <= last; ++seq) {
      const auto said = quarantined_by(known.changes[static_cast<std::size_t>(seq - 1)].change);
      runs.insert(runs.end(), said.begin(), said.end());
    }
  }
  return runs;
}

// The hub knows the time by now: what still lies in the future and came there, it has named. What
// came while its own clock was further ahead than the stamp was nothing to it.
void Oracles::future_is_quarantined() {
  const std::int64_t slack = kSlackMs + nodes_[0]->most_ahead_ms();
  const WallMs now{kCityBegins.value + context_.now() / kMs + slack};
  const auto runs = quarantined();
  for (const auto& [id, known] : history_.streams()) {
    const bool by_hub = known.author == nodes_[0]->certificate().node();
    if (by_hub || known.scope.cls == sync::ScopeClass::Auth) continue;
    const std::uint64_t last = counts(id, known.author, known.changes.size());
    for (std::uint64_t seq = 1; seq <= last; ++seq) {
      const crdt::Change& change = known.changes[static_cast<std::size_t>(seq - 1)].change;
      if (!crdt::is_ahead(change.hlc, now)) continue;
      context_.verdict.expect(is_quarantined(runs, change.id), Invariant::FutureNeverWins, [&] {
        return "nobody says that " + at(change.dot(0)) + " lies in the future";
      });
    }
  }
}

void Oracles::future_never_wins(std::size_t node) {
  const auto runs = quarantined();
  for (const auto& [key, state] : nodes_[node]->store().durable().all_entities()) {
    for (const crdt::RegSibling& one : state->regs) {
      const crdt::RegSibling* shown = state->shown(one.field);
      if (one.hlc.value == 0 || is_quarantined(runs, one.dot.change())) continue;
      context_.verdict.expect(!is_quarantined(runs, shown->dot.change()),
                              Invariant::FutureNeverWins, [&] {
                                return at(shown->dot) + " of the future wins over " + at(one.dot) +
                                       " on node " + std::to_string(node);
                              });
    }
  }
}

}  // namespace yizhan::sim
