#include "node/store/replay.h"

namespace yizhan::node {

States replay(const Changes& changes) {
  States states;
  std::map<StreamId, std::uint64_t> admitted;
  const auto is_admitted = [&admitted](const crdt::ChangeId& id) {
    const auto found = admitted.find(id.stream);
    return found != admitted.end() && id.seq <= found->second;
  };
  for (const auto& [stream, run] : changes) {
    for (const crdt::Change& change : run) {
      for (std::size_t i = 0; i < change.ops.size(); ++i) {
        if (!crdt::takes_effect(change, i)) continue;
        crdt::apply(states[change.ops[i].entity], change, i, is_admitted);
      }
      admitted[stream] = change.id.seq;
    }
  }
  return states;
}

void restamp(Changes& changes, const std::vector<sync::StreamRow>& rows,
             const sync::Quarantines& quarantines) {
  for (const sync::StreamRow& row : rows) {
    const auto run = changes.find(row.id);
    if (run == changes.end()) continue;
    for (crdt::Change& change : run->second) change.hlc = quarantines.stamp(row.author, change);
  }
}

}  // namespace yizhan::node
