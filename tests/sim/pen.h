// Pen: a stream written by hand, change by change, under its author's seal.
//
// What        Opens the stream, appends changes, and hands them out as segments cut wherever a test
//             wants them cut.
// Errors      A change that cannot be sealed fails the test.
#pragma once
#include "sync/membership.h"
#include "tests/sync/fixture.h"

namespace yizhan::sim::test {

crdt::Op control(crdt::OpKind kind, Bytes payload);

class Pen {
 public:
  Pen(const sync::test::Member& author, const sync::Scope& scope);

  // Operations whose entity is all zero name themselves. `stamp`: else one a second after the last.
  crdt::ChangeId write(std::vector<crdt::Op> ops, std::optional<crdt::Hlc> stamp = {});
  StreamId stream() const { return stream_; }
  const sync::Scope& scope() const { return scope_; }
  std::uint64_t size() const { return changes_.size(); }
  const crdt::Change& change(std::uint64_t seq) const { return at(seq).change; }
  const Head& head(std::uint64_t seq) const { return at(seq).head; }
  sync::VectorEntry position(std::uint64_t seq) const;
  // [first, last] as one container; `others` are the streams that it refers to.
  Bytes segment(std::uint64_t first, std::uint64_t last,
                const std::vector<const Pen*>& others) const;

 private:
  const sync::ChainedChange& at(std::uint64_t seq) const {
    return changes_[static_cast<std::size_t>(seq - 1)];
  }
  const sync::test::Member& author_;
  sync::Scope scope_;
  StreamId stream_;
  std::vector<sync::ChainedChange> changes_;
};

}  // namespace yizhan::sim::test
