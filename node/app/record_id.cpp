#include "node/app/record_id.h"

#include <algorithm>

namespace yizhan::node {
namespace {

void put_varint(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<std::uint8_t>(value | 0x80U));
  out.push_back(static_cast<std::uint8_t>(value));
}

std::optional<std::uint64_t> get_varint(ByteView bytes, std::size_t& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35 && at < bytes.size(); shift += 7) {
    const std::uint8_t byte = bytes[at++];
    value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if (byte < 0x80) return shift > 0 && byte == 0 ? std::nullopt : std::optional(value);
  }
  return std::nullopt;
}

}  // namespace

Bytes record_bytes(const crdt::Dot& dot) {
  Bytes bytes(dot.stream.value.begin(), dot.stream.value.end());
  put_varint(bytes, dot.seq);
  put_varint(bytes, dot.op);
  return bytes;
}

std::optional<crdt::Dot> record_from(ByteView bytes) {
  crdt::Dot dot;
  if (bytes.size() < dot.stream.value.size()) return std::nullopt;
  std::copy_n(bytes.begin(), dot.stream.value.size(), dot.stream.value.begin());
  std::size_t at = dot.stream.value.size();
  const auto seq = get_varint(bytes, at);
  const auto op = get_varint(bytes, at);
  const bool possible = seq && op && at == bytes.size() && *seq > 0 && *seq <= crdt::kSeqMax &&
                        *op < crdt::kOpsPerChangeMax;
  if (!possible) return std::nullopt;
  dot.seq = *seq;
  dot.op = static_cast<std::uint32_t>(*op);
  return dot;
}

std::string record_id(const crdt::Dot& dot) { return to_base32(record_bytes(dot)); }

Result<crdt::Dot> parse_record_id(std::string_view id) {
  const auto bytes = from_base32(id);
  const auto dot = bytes ? record_from(*bytes) : std::nullopt;
  if (!dot) return fail(Errc::NotFound, "no record has such an id", "id");
  return *dot;
}

}  // namespace yizhan::node
