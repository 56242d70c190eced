// Version vector: per stream, the highest seq that is held without a gap.
//
// What        The set of admitted changes, since every stream is admitted in order.
// Invariants  I1  merge is commutative, associative and idempotent.
//             I2  contains(id) == (id.seq <= seq(id.stream)), with seq 0 for an unknown stream.
// Units       Changes, counted from 1.
// Errors      none.
// Source      Parker et al. 1983.
#pragma once
#include <map>

#include "crdt/dot.h"

namespace yizhan::crdt {

class VersionVector {
 public:
  std::uint64_t seq(StreamId stream) const;
  bool contains(const ChangeId& id) const { return id.seq <= seq(id.stream); }
  void raise(StreamId stream, std::uint64_t seq);  // never lowers
  void merge(const VersionVector& other);
  bool covers(const VersionVector& other) const;
  const std::map<StreamId, std::uint64_t>& entries() const { return entries_; }
  friend bool operator==(const VersionVector&, const VersionVector&) = default;

 private:
  std::map<StreamId, std::uint64_t> entries_;
};

}  // namespace yizhan::crdt
