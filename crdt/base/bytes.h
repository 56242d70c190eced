// Bytes: owned and borrowed byte strings, and the few conversions everyone needs.
//
// What        `Bytes` owns, `ByteView` borrows. Hex and base32 are for people and file names.
// Invariants  to_hex/from_hex and to_base32/from_base32 are inverse; decoders accept the one
//             canonical spelling (lower case, no padding, zero trailing bits).
// Errors      BadFormat from the decoders.
// Source      RFC 4648 (base32 alphabet, lower case, no padding).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline bool equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}
inline void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view hex);
std::string to_base32(ByteView bytes);
Result<Bytes> from_base32(std::string_view text);

// Big-endian fixed integers, for hashing and signing only (the wire uses the codec).
void append_u64(Bytes& out, std::uint64_t value);
void append_u32(Bytes& out, std::uint32_t value);

}  // namespace yizhan
