// Tagged record: how one record stands in a file that is appended to.
//
// What        A mark, a length, a body and a keyed tag. Journal and guard are files of such.
// Invariants  I1  a record that was not written whole, or was altered, is not found.
// Units       Bytes; mark 4, length 4 (big-endian), tag 16.
// Errors      none: what is damaged is not there.
// Source      docs/storage.md.
#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "sync/keys.h"

namespace yizhan::node {

struct RecordFrame {
  std::array<std::uint8_t, 4> mark;
  std::string_view domain;  // of the tag
  std::size_t body_bytes_max;
};

void put_framed(Bytes& out, const RecordFrame& frame, ByteView body, const sync::Secret32& key);

struct FramedBody {
  ByteView body;
  std::size_t end = 0;  // where the next record begins
};
// The record that begins at `at`; empty when none does, or it is damaged.
std::optional<FramedBody> framed_at(ByteView file, std::size_t at, const RecordFrame& frame,
                                    const sync::Secret32& key);
// The first place from `at` on where a record's mark stands; file.size() when there is none.
std::size_t next_mark(ByteView file, std::size_t at, const RecordFrame& frame);

}  // namespace yizhan::node
