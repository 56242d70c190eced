#include "crdt/base/hash.h"

#include <sodium.h>

#include "crdt/base/check.h"

namespace yizhan {
namespace {
crypto_generichash_state* state(unsigned char* bytes) {
  return reinterpret_cast<crypto_generichash_state*>(bytes);
}
}  // namespace

Hasher::Hasher(std::string_view domain, std::size_t size, ByteView key) : size_(size) {
  static_assert(sizeof(crypto_generichash_state) <= sizeof(state_));
  YZ_CHECK(crypto_generichash_init(state(state_), key.data(), key.size(), size) == 0);
  add_u64(domain.size());
  add(view(domain));
}

Hasher& Hasher::add(ByteView bytes) {
  crypto_generichash_update(state(state_), bytes.data(), bytes.size());
  return *this;
}

Hasher& Hasher::add_u64(std::uint64_t value) {
  std::uint8_t big_endian[8];
  for (int i = 0; i < 8; ++i) big_endian[i] = static_cast<std::uint8_t>(value >> (56 - 8 * i));
  return add(big_endian);
}

void Hasher::finish(std::uint8_t* out) { crypto_generichash_final(state(state_), out, size_); }

Hash32 Hasher::finish32() {
  YZ_CHECK(size_ == 32);
  Hash32 out;
  finish(out.data());
  return out;
}

Id16 Hasher::finish16() {
  YZ_CHECK(size_ == 16);
  Id16 out;
  finish(out.data());
  return out;
}

Hash32 hash32(std::string_view domain, ByteView bytes) {
  return Hasher(domain, 32).add(bytes).finish32();
}
Id16 hash16(std::string_view domain, ByteView bytes) {
  return Hasher(domain, 16).add(bytes).finish16();
}

}  // namespace yizhan
