// Dot: the name of one operation for ever, and of the entity it creates.
//
// What        (stream, seq, op index). A stream is linear, so a dot names exactly one operation.
// Invariants  Total order (stream, seq, op), the same on every machine; state is hashed in it.
// Units       seq counts changes of a stream from 1; op counts operations of a change from 0.
// Errors      none.
// Source      Almeida et al., "Dotted version vectors"; design.md section 2.
#pragma once
#include <compare>
#include <cstdint>

#include "crdt/base/ids.h"

namespace yizhan::crdt {

constexpr std::uint64_t kSeqMax = (std::uint64_t{1} << 28) - 1;  // fits a local 64-bit dot
constexpr std::uint32_t kOpsPerChangeMax = 64;                   // likewise

struct ChangeId {
  StreamId stream;
  std::uint64_t seq = 0;
  friend auto operator<=>(const ChangeId&, const ChangeId&) = default;
};

struct Dot {
  StreamId stream;
  std::uint64_t seq = 0;
  std::uint32_t op = 0;
  friend auto operator<=>(const Dot&, const Dot&) = default;
  ChangeId change() const { return {stream, seq}; }
};

}  // namespace yizhan::crdt
