#include "sync/digest.h"

#include "crdt/base/hash.h"

namespace yizhan::sync {
namespace {

// The sum is a number of 32 bytes, least significant first.
void add_to(Hash32& sum, const Hash32& term) {
  unsigned carry = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    carry += static_cast<unsigned>(sum[i]) + term[i];
    sum[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
}

void take_from(Hash32& sum, const Hash32& term) {
  unsigned borrow = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    const unsigned digit = 256U + sum[i] - term[i] - borrow;
    sum[i] = static_cast<std::uint8_t>(digit);
    borrow = digit < 256U ? 1 : 0;
  }
}

}  // namespace

void ScopeDigest::add(const Hash32& term) {
  add_to(sum, term);
  ++terms;
}

void ScopeDigest::remove(const Hash32& term) {
  take_from(sum, term);
  --terms;
}

Id16 ScopeDigest::folded() const {
  return Hasher("yz.digest", 16).add(sum).add_u64(terms).finish16();
}

Hash32 stream_term(StreamId stream, std::uint64_t seq, const Head& head) {
  return Hasher("yz.term.s", 32).add(view(stream)).add_u64(seq).add(view(head)).finish32();
}

Hash32 key_term(const KeyRow& row) { return hash32("yz.term.k", encode(row)); }

}  // namespace yizhan::sync
