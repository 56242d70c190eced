// Trace: everything that happened in one seed, as one hash and, when asked for, as text.
//
// What        Two runs of a seed with equal hashes did the same things in the same order.
// Units       Virtual microseconds.
// Errors      none.
#pragma once
#include <ostream>
#include <string_view>

#include "crdt/base/hash.h"
#include "tests/sim/agenda.h"

namespace yizhan::sim {

class Trace {
 public:
  Trace(std::uint64_t seed, std::ostream* text);
  // `bytes` go into the hash; the text shows their size.
  void note(Micros now, std::size_t node, std::string_view what, ByteView bytes = {});
  void show(Micros now, std::size_t node, std::string_view text);  // for the reader only
  bool shown() const { return text_ != nullptr; }
  Hash32 finish() { return hasher_.finish32(); }  // once

 private:
  Hasher hasher_;
  std::ostream* text_;
};

}  // namespace yizhan::sim
