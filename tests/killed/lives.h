// Lives: a node is started, killed at a random moment, and started again on the same folder.
//
// What        Each life is a process of its own; most are killed at work, some while they start.
// Invariants  I1  a life ends by our SIGKILL and by nothing else.
// Units       Milliseconds.
// Errors      Broken.
#pragma once
#include "tests/killed/ledger.h"
#include "tests/sim/prng.h"

namespace yizhan::killed {

struct LivesTally {
  std::uint64_t kills = 0;
  std::uint64_t in_a_start = 0;  // before the node said that it had started
  std::uint64_t acknowledged = 0;
  std::uint64_t stands_unsaid = 0;
};

class Lives {
 public:
  Lives(std::uint64_t seed, LivesTally& tally);
  // On a folder of its own, which is read whole at the end.
  void run(std::uint64_t kills);

 private:
  void one(const std::filesystem::path& folder, Ledger& ledger);

  Hub hub_;
  sim::Prng chance_;
  LivesTally& tally_;
};

}  // namespace yizhan::killed
