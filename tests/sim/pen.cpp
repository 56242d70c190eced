#include "tests/sim/pen.h"

#include <algorithm>

#include "crdt/codec/change_codec.h"

namespace yizhan::sim::test {

crdt::Op control(crdt::OpKind kind, Bytes payload) {
  return {{}, crdt::Opaque{static_cast<std::uint16_t>(kind), std::move(payload)}};
}

Pen::Pen(const sync::test::Member& author, const sync::Scope& scope)
    : author_(author), scope_(scope) {
  const sync::EpochOpen open{author.certificate.network, author.certificate.node(), {}, scope};
  stream_ = sync::stream_id(open);
  write({control(crdt::OpKind::EpochOpen, encode(open))});
}

crdt::ChangeId Pen::write(std::vector<crdt::Op> ops, std::optional<crdt::Hlc> stamp) {
  crdt::Change change;
  change.id = {stream_, size() + 1};
  const auto second = static_cast<std::int64_t>(change.id.seq);
  change.hlc = stamp.value_or(crdt::hlc_at(WallMs{1'795'000'000'000 + second * 1'000}));
  for (std::size_t i = 0; i < ops.size(); ++i) {
    if (ops[i].entity == crdt::Dot{}) ops[i].entity = change.dot(i);
  }
  change.ops = std::move(ops);
  Bytes expanded = crdt::encode_expanded(change);
  const Head before = changes_.empty() ? sync::first_head(stream_) : changes_.back().head;
  const Head head = sync::next_head(before, change.id.seq, expanded);
  const crdt::ChangeId id = change.id;
  changes_.push_back({std::move(change), std::move(expanded), head});
  return id;
}

sync::VectorEntry Pen::position(std::uint64_t seq) const {
  return {stream_, seq, sync::head_tag(at(seq).head)};
}

Bytes Pen::segment(std::uint64_t first, std::uint64_t last,
                   const std::vector<const Pen*>& others) const {
  const auto tag_at = [&others](StreamId id, std::uint64_t seq) -> std::optional<sync::HeadTag> {
    const auto other = std::find_if(others.begin(), others.end(),
                                    [id](const Pen* pen) { return pen->stream() == id; });
    if (other == others.end()) return std::nullopt;
    return (*other)->position(seq).tag;
  };
  const std::span<const sync::ChainedChange> run(&at(first),
                                                 static_cast<std::size_t>(last - first + 1));
  std::vector<crdt::Change> changes;
  for (const sync::ChainedChange& one : run) changes.push_back(one.change);
  const auto dictionary = sync::dictionary_for(stream_, changes, tag_at);
  const Head before = first == 1 ? sync::first_head(stream_) : at(first - 1).head;
  return sync::seal_segment(before, run, dictionary.value(), author_.secrets.sign).container;
}

}  // namespace yizhan::sim::test
