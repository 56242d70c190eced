// BLAKE2b with domain separation, incremental.
//
// What        One hash for chains, ids, digests and roots; every use names its domain first, so
//             that no two uses can be confused.
// Invariants  The result is a function of the domain and the concatenation of the parts.
// Units       Bytes; output 8 to 64.
// Errors      none.
// Source      libsodium crypto_generichash (RFC 7693).
#pragma once
#include <string_view>

#include "crdt/base/bytes.h"
#include "crdt/base/ids.h"

namespace yizhan {

class Hasher {
 public:
  // `key`: empty, or 16 to 64 bytes.
  Hasher(std::string_view domain, std::size_t size, ByteView key = {});
  Hasher& add(ByteView bytes);
  Hasher& add_u64(std::uint64_t value);
  void finish(std::uint8_t* out);  // once
  Hash32 finish32();               // once; size must be 32
  Id16 finish16();                 // once; size must be 16

 private:
  alignas(64) unsigned char state_[384];
  std::size_t size_;
};

Hash32 hash32(std::string_view domain, ByteView bytes);
Id16 hash16(std::string_view domain, ByteView bytes);

}  // namespace yizhan
