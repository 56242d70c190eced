#include "tests/sim/trace.h"

#include <iomanip>

namespace yizhan::sim {

Trace::Trace(std::uint64_t seed, std::ostream* text) : hasher_("yz.sim.trace", 32), text_(text) {
  hasher_.add_u64(seed);
}

void Trace::note(Micros now, std::size_t node, std::string_view what, ByteView bytes) {
  hasher_.add_u64(static_cast<std::uint64_t>(now)).add_u64(node).add_u64(what.size());
  hasher_.add(view(what)).add_u64(bytes.size()).add(bytes);
  if (text_ == nullptr) return;
  const std::string size = bytes.empty() ? "" : " [" + std::to_string(bytes.size()) + " B]";
  show(now, node, std::string(what) + size);
}

void Trace::show(Micros now, std::size_t node, std::string_view text) {
  *text_ << std::setw(12) << now << " n" << node << ' ' << text << '\n';
}

}  // namespace yizhan::sim
