// Theft: one station of the city is revoked while it goes on, in many seeds because it was stolen.
//
// What        The hub or the station's district revokes it. A stolen machine heeds no revocation:
//             its own certificate, in its own files, says that nobody stands above it. In some
//             seeds its district is cut off from the hub when that happens, so that what the thief
//             writes meets nodes that know of it and nodes that do not.
// Invariants  The last station is never the one: others need it.
// Units       Virtual time.
// Errors      none.
// Source      design.md sections 4 and 10; sync-notes.md C9.
#pragma once
#include "tests/sim/net.h"
#include "tests/sim/node.h"

namespace yizhan::sim {

class Theft {
 public:
  Theft(Context& context, std::vector<std::unique_ptr<Node>>& nodes, Net& net)
      : context_(context), nodes_(nodes), net_(net), prng_(context.seed, "theft") {}
  void plan(Micros begin, Micros end);  // or not, as the seed has it

 private:
  void steal();
  void revoke();

  Context& context_;
  std::vector<std::unique_ptr<Node>>& nodes_;
  Net& net_;
  Prng prng_;
  std::size_t victim_ = 0;
  std::size_t issuer_ = 0;
  bool stolen_ = false;
};

}  // namespace yizhan::sim
