// Item readers: the parts that enrolment texts and node files have in common.
//
// Errors      The reader is rejected, and an empty value given.
#pragma once
#include <algorithm>

#include "crdt/codec/reader.h"
#include "sync/certificate.h"

namespace yizhan::node {

template <std::size_t N>
std::array<std::uint8_t, N> read_fixed(crdt::Reader& in) {
  const ByteView raw = in.bin();
  std::array<std::uint8_t, N> out{};
  if (raw.size() != N) {
    in.reject("a key has the wrong length");
    return out;
  }
  std::copy(raw.begin(), raw.end(), out.begin());
  return out;
}

inline sync::Certificate read_certificate(crdt::Reader& in) {
  auto certificate = sync::decode_certificate(in.bin());
  if (certificate) return std::move(*certificate);
  in.reject("a certificate does not decode");
  return {};
}

}  // namespace yizhan::node
