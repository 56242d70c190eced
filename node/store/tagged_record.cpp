#include "node/store/tagged_record.h"

#include <algorithm>

#include "crdt/base/hash.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kMarkBytes = 4;
constexpr std::size_t kHeadBytes = kMarkBytes + 4;
constexpr std::size_t kTagBytes = 16;

Id16 tag_of(const RecordFrame& frame, ByteView body, const sync::Secret32& key) {
  return Hasher(frame.domain, kTagBytes, key.view()).add(body).finish16();
}

}  // namespace

void put_framed(Bytes& out, const RecordFrame& frame, ByteView body, const sync::Secret32& key) {
  append(out, frame.mark);
  append_u32(out, static_cast<std::uint32_t>(body.size()));
  append(out, body);
  append(out, tag_of(frame, body, key));
}

std::optional<FramedBody> framed_at(ByteView file, std::size_t at, const RecordFrame& frame,
                                    const sync::Secret32& key) {
  const ByteView rest = file.subspan(std::min(at, file.size()));
  if (rest.size() < kHeadBytes || !equal(rest.first(kMarkBytes), frame.mark)) return std::nullopt;
  std::size_t size = 0;
  for (const std::uint8_t byte : rest.subspan(kMarkBytes, 4)) size = size << 8 | byte;
  if (size > frame.body_bytes_max || rest.size() < kHeadBytes + size + kTagBytes) {
    return std::nullopt;
  }
  const ByteView body = rest.subspan(kHeadBytes, size);
  const ByteView tag = rest.subspan(kHeadBytes + size, kTagBytes);
  if (!equal(tag, tag_of(frame, body, key))) return std::nullopt;
  return FramedBody{body, at + kHeadBytes + size + kTagBytes};
}

std::size_t next_mark(ByteView file, std::size_t at, const RecordFrame& frame) {
  const std::size_t from = std::min(at, file.size());
  const ByteView rest = file.subspan(from);
  const auto found = std::search(rest.begin(), rest.end(), frame.mark.begin(), frame.mark.end());
  return static_cast<std::size_t>(found - rest.begin()) + from;
}

}  // namespace yizhan::node
