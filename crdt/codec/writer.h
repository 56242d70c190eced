// Canonical msgpack writer: the one encoding of a value.
//
// What        Arrays, whole numbers in their shortest form, text, bytes, nil, booleans. No maps, no
//             floats, no extensions.
// Invariants  Equal values give equal bytes.
// Units       Bytes.
// Errors      none.
// Source      msgpack specification; design.md section 5 "Encoding".
#pragma once
#include <string_view>

#include "crdt/base/bytes.h"

namespace yizhan::crdt {

class Writer {
 public:
  explicit Writer(Bytes& out) : out_(out) {}
  Writer& array(std::size_t count);
  Writer& uint(std::uint64_t value);
  Writer& sint(std::int64_t value);
  Writer& text(std::string_view value);
  Writer& bin(ByteView value);
  Writer& nil();
  Writer& boolean(bool value);

 private:
  Bytes& out_;
};

}  // namespace yizhan::crdt
