#include "crdt/codec/reader.h"

#include <algorithm>
#include <msgpack.hpp>

namespace yizhan::crdt {
namespace {

std::size_t uint_size(std::uint64_t v) {
  return v < 0x80 ? 1 : v <= 0xff ? 2 : v <= 0xffff ? 3 : v <= 0xffffffff ? 5 : 9;
}
std::size_t negative_size(std::int64_t v) {
  return v >= -32 ? 1 : v >= INT8_MIN ? 2 : v >= INT16_MIN ? 3 : v >= INT32_MIN ? 5 : 9;
}
std::size_t text_size(std::size_t n) {
  return n + (n < 32 ? 1 : n <= 0xff ? 2 : n <= 0xffff ? 3 : 5);
}
std::size_t bin_size(std::size_t n) { return n + (n <= 0xff ? 2 : n <= 0xffff ? 3 : 5); }
std::size_t array_size(std::size_t n) { return n < 16 ? 1 : n <= 0xffff ? 3 : 5; }

// The length of the UTF-8 sequence that starts at `i`, 0 when it is not valid (RFC 3629).
std::size_t utf8_length(std::string_view s, std::size_t i) {
  const auto at = [&](std::size_t k) {
    return i + k < s.size() ? static_cast<std::uint8_t>(s[i + k]) : 0U;
  };
  const auto tail = [&](std::size_t k) { return (at(k) & 0xc0) == 0x80; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    if (!tail(1) || !tail(2)) return 0;
    if (lead == 0xe0 && at(1) < 0xa0) return 0;  // overlong
    if (lead == 0xed && at(1) > 0x9f) return 0;  // surrogates
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (lead == 0xf0 && at(1) < 0x90) return 0;  // overlong
    if (lead == 0xf4 && at(1) > 0x8f) return 0;  // beyond U+10FFFF
    return 4;
  }
  return 0;
}

bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t length = utf8_length(s, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace

// Fills the tape; returns false to stop at the first thing that is not allowed.
struct TapeVisitor : msgpack::null_visitor {
  TapeVisitor(Reader& owner, const DecodeLimits& bounds, ByteView input)
      : reader(owner), limits(bounds), bytes(input) {}

  Reader& reader;
  const DecodeLimits& limits;
  ByteView bytes;
  std::size_t canonical = 0;  // size of everything seen in its shortest form
  std::size_t declared = 1;   // items announced so far, each at least one byte
  std::size_t depth = 0;

  bool refuse(Errc code, const char* reason) {
    if (reader.ok()) reader.error_ = Error{code, reason, {}};
    return false;
  }
  bool item(Reader::Type type, std::uint32_t size, std::uint64_t number, std::size_t shortest) {
    canonical += shortest;
    if (reader.tape_.size() >= limits.nodes_max) {
      return refuse(Errc::LimitExceeded, "too many items");
    }
    reader.tape_.push_back({type, size, number});
    return true;
  }
  std::uint64_t offset(const char* data) const {
    return static_cast<std::uint64_t>(reinterpret_cast<const std::uint8_t*>(data) - bytes.data());
  }

  bool visit_nil() { return item(Reader::Type::Nil, 0, 0, 1); }
  bool visit_boolean(bool v) { return item(Reader::Type::Boolean, 0, v ? 1 : 0, 1); }
  bool visit_positive_integer(std::uint64_t v) {
    return item(Reader::Type::Unsigned, 0, v, uint_size(v));
  }
  bool visit_negative_integer(std::int64_t v) {
    if (v >= 0) return refuse(Errc::BadFormat, "whole number not in its shortest form");
    return item(Reader::Type::Negative, 0, static_cast<std::uint64_t>(v), negative_size(v));
  }
  bool visit_float32(auto) { return refuse(Errc::BadFormat, "floating point"); }
  bool visit_float64(auto) { return refuse(Errc::BadFormat, "floating point"); }
  bool visit_str(const char* data, std::uint32_t size) {
    if (size > limits.text_max) return refuse(Errc::LimitExceeded, "text too long");
    if (!is_utf8({data, size})) return refuse(Errc::BadFormat, "text is not UTF-8");
    return item(Reader::Type::Text, size, size == 0 ? 0 : offset(data), text_size(size));
  }
  bool visit_bin(const char* data, std::uint32_t size) {
    if (size > limits.bin_max) return refuse(Errc::LimitExceeded, "bytes too long");
    return item(Reader::Type::Bin, size, size == 0 ? 0 : offset(data), bin_size(size));
  }
  bool visit_ext(const char*, std::uint32_t) { return refuse(Errc::BadFormat, "extension type"); }
  bool start_map(std::uint32_t) { return refuse(Errc::BadFormat, "map"); }
  bool start_array(std::uint32_t count) {
    if (count > limits.array_max) return refuse(Errc::LimitExceeded, "array too long");
    if (++depth > limits.depth_max) return refuse(Errc::LimitExceeded, "nested too deep");
    declared += count;
    if (declared > bytes.size()) return refuse(Errc::BadFormat, "more items than bytes");
    return item(Reader::Type::Array, count, 0, array_size(count));
  }
  bool end_array() {
    --depth;
    return true;
  }
  void parse_error(std::size_t, std::size_t) { refuse(Errc::BadFormat, "not msgpack"); }
  void insufficient_bytes(std::size_t, std::size_t) { refuse(Errc::BadFormat, "truncated"); }
};

Reader::Reader(ByteView bytes, const DecodeLimits& limits) : bytes_(bytes) {
  TapeVisitor visitor(*this, limits, bytes);
  tape_.reserve(std::min(bytes.size(), limits.nodes_max) / 4 + 1);
  std::size_t end = 0;
  bool parsed = false;
  if (!bytes.empty()) {
    try {
      parsed =
          msgpack::parse(reinterpret_cast<const char*>(bytes.data()), bytes.size(), end, visitor);
    } catch (const std::exception&) {
      parsed = false;  // array_size_overflow and its kin
    }
  }
  if (!parsed) {
    reject("not msgpack");
  } else if (end != bytes.size()) {
    reject("bytes after the end");
  } else if (visitor.canonical != bytes.size()) {
    reject("not in its shortest form");
  }
  if (!ok()) tape_.clear();
}

void Reader::reject(const char* reason, Errc code) {
  if (ok()) error_ = Error{code, reason, {}};
}

const Reader::Node* Reader::take(Type type) {
  if (!ok()) return nullptr;
  if (next_ == tape_.size() || tape_[next_].type != type) {
    reject("an item has the wrong type or is missing");
    return nullptr;
  }
  return &tape_[next_++];
}

Reader::Type Reader::peek() const {
  return ok() && next_ < tape_.size() ? tape_[next_].type : Type::Nil;
}

std::size_t Reader::array() {
  const Node* node = take(Type::Array);
  return node == nullptr ? 0 : node->size;
}

void Reader::array_of(std::size_t count) {
  if (array() != count) reject("an array has the wrong length");
}

std::uint64_t Reader::uint(std::uint64_t max) {
  const Node* node = take(Type::Unsigned);
  if (node == nullptr) return 0;
  if (node->number > max) {
    reject("a number is out of range");
    return 0;
  }
  return node->number;
}

std::int64_t Reader::sint() {
  if (peek() == Type::Negative) return static_cast<std::int64_t>(take(Type::Negative)->number);
  return static_cast<std::int64_t>(uint(INT64_MAX));
}

std::string_view Reader::text() {
  const Node* node = take(Type::Text);
  if (node == nullptr || node->size == 0) return {};
  return yizhan::text(bytes_.subspan(node->number, node->size));
}

ByteView Reader::bin() {
  const Node* node = take(Type::Bin);
  return node == nullptr ? ByteView{} : bytes_.subspan(node->number, node->size);
}

void Reader::nil() { take(Type::Nil); }

bool Reader::boolean() {
  const Node* node = take(Type::Boolean);
  return node != nullptr && node->number != 0;
}

Result<void> Reader::status() const {
  if (!ok()) return fail(error_.code, error_.detail, error_.field);
  if (next_ != tape_.size()) return fail(Errc::BadFormat, "items left over");
  return {};
}

}  // namespace yizhan::crdt
