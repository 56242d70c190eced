// Canonical msgpack reader: strict, bounded, with one error for the whole message.
//
// What        Checks the whole input once (canonical form, depth, node budget, no trailing bytes)
//             and then hands out items in order. After the first error every call returns a zero
//             value, so a decoder reads straight through and asks status() at its end.
// Invariants  I1  a decoder that ends with status() ok has read every item of the input.
//             I2  no allocation is larger than the input allows: a declared count never exceeds
//                 the remaining bytes.
//             I3  of all encodings of a value only the writer's is accepted.
// Units       Bytes, items.
// Errors      BadFormat: not canonical, wrong type, out of range, trailing items.
//             LimitExceeded: depth, node budget, string or array limit.
// Source      reliability.md D12 and F7 (own visitor, never msgpack::object from the wire).
#pragma once
#include <string_view>
#include <vector>

#include "crdt/base/bytes.h"
#include "crdt/base/ids.h"
#include "crdt/base/result.h"

namespace yizhan::crdt {

struct DecodeLimits {
  std::size_t depth_max = 8;
  std::size_t nodes_max = 20'000;
  std::size_t array_max = 4'096;
  std::size_t text_max = 8 * 1024;
  std::size_t bin_max = 256 * 1024;
};

class Reader {
 public:
  enum class Type : std::uint8_t { Nil, Boolean, Unsigned, Negative, Text, Bin, Array };

  // Borrows `bytes`, which must outlive the reader. A malformed input gives a reader whose
  // status() is the error.
  explicit Reader(ByteView bytes, const DecodeLimits& limits = {});

  Type peek() const;                 // type of the next item; Nil after the end or an error
  std::size_t array();               // count of the array that starts here
  void array_of(std::size_t count);  // an array of exactly `count`
  std::uint64_t uint(std::uint64_t max = UINT64_MAX);
  std::int64_t sint();
  std::string_view text();
  ByteView bin();
  void nil();
  bool boolean();
  template <class Id>
  Id id() {  // a bin that is exactly an id of this type
    Id out{};
    const ByteView raw = bin();
    if (raw.size() != out.value.size()) {
      reject("id has the wrong length");
      return Id{};
    }
    std::memcpy(out.value.data(), raw.data(), raw.size());
    return out;
  }
  // The decoder's own check failed.
  void reject(const char* reason, Errc code = Errc::BadFormat);
  bool ok() const { return error_.detail.empty(); }
  Result<void> status() const;  // ok only when everything was read

 private:
  struct Node {
    Type type;
    std::uint32_t size;    // array count, or length of text and bin
    std::uint64_t number;  // value, or offset of text and bin
  };
  friend struct TapeVisitor;
  const Node* take(Type type);

  ByteView bytes_;
  std::vector<Node> tape_;
  std::size_t next_ = 0;
  Error error_{Errc::BadFormat, {}, {}};
};

}  // namespace yizhan::crdt
