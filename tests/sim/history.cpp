#include "tests/sim/history.h"

#include "crdt/base/hash.h"
#include "crdt/codec/change_codec.h"

namespace yizhan::sim {

Hash32 payload_hash(ByteView expanded) { return hash32("yz.sim.payload", expanded); }

void History::open(const sync::StreamRow& row) {
  streams_.try_emplace(row.id, KnownStream{row.scope, row.author, {}});
}

History::Entry History::enter(StreamId id, std::uint64_t seq, ByteView expanded) {
  std::deque<KnownChange>& changes = streams_[id].changes;
  const Hash32 payload = payload_hash(expanded);
  if (seq == 0 || seq > changes.size() + 1) return Entry::Gap;
  if (seq <= changes.size()) {
    return changes[static_cast<std::size_t>(seq - 1)].payload == payload ? Entry::Same
                                                                         : Entry::OtherPayload;
  }
  auto change = crdt::decode_expanded(expanded, {id, seq});
  if (!change) return Entry::Unreadable;
  const Head before = changes.empty() ? sync::first_head(id) : changes.back().head;
  changes.push_back({std::move(*change), payload, sync::next_head(before, seq, expanded)});
  ++size_;
  return Entry::New;
}

void History::lose_after(StreamId id, std::uint64_t last) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  std::deque<KnownChange>& changes = found->second.changes;
  while (changes.size() > last) changes.pop_back();
  if (changes.empty()) streams_.erase(found);
}

const KnownStream* History::stream(StreamId id) const {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : &found->second;
}

const KnownChange* History::change(const crdt::ChangeId& id) const {
  const KnownStream* known = stream(id.stream);
  if (known == nullptr || id.seq == 0 || id.seq > known->changes.size()) return nullptr;
  return &known->changes[static_cast<std::size_t>(id.seq - 1)];
}

const Head* History::head(StreamId id, std::uint64_t seq) const {
  const KnownChange* known = change({id, seq});
  return known == nullptr ? nullptr : &known->head;
}

}  // namespace yizhan::sim
