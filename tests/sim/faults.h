// Faults: which of them this seed injects, how often, and how many there were.
//
// What        Swarm testing: each seed switches each kind on or off and draws its rate; a quarter
//             of the windows of a run are quiet, so that sessions also get somewhere.
// Invariants  Every kind stands in counts(), also with 0.
// Units       Rates per mille of the occasions of a kind (frames, commits, windows).
// Errors      none.
// Source      Groce et al. 2012 (swarm testing); reliability.md D3; sync-notes.md C15.
#pragma once
#include <map>
#include <string_view>
#include <vector>

#include "tests/sim/agenda.h"
#include "tests/sim/prng.h"

namespace yizhan::sim {

enum class Fault : std::uint8_t {
  // Of a frame on a link.
  Drop,
  Duplicate,
  Reorder,
  Truncate,
  Corrupt,
  Delay,
  Replay,  // an old frame in a new session
  // Of a segment on a link, by a hostile relay.
  DictionaryTag,
  DictionarySeq,
  DictionarySwap,
  DictionaryDrop,
  DictionaryDouble,
  WrongSigner,
  // Of a segment, by a hostile author that is enrolled.
  OutOfScope,
  ForeignStreamId,
  // Of a link.
  PartitionTwoWay,
  PartitionOneWay,
  LinkBreak,
  HalfOpen,  // one side never learns of the break
  // Of a machine.
  Crash,
  CrashBeforeCommit,
  CrashAfterCommit,
  SlowDisk,
  PutBack,   // the database of an earlier day in the place of the last one
  HubWiped,  // the hub has its keys and nothing else
  ClockStep,
  ClockTo1970,
  ClockAhead,
  ClockDrift,
  ClockFrozen,  // it stands still until the next start of the machine
  Revoke,       // a station, by its hub or its district
  Stolen,       // before that: it heeds no revocation
  LostAnswer    // the client does not hear that its request was saved
};
constexpr std::size_t kFaults = static_cast<std::size_t>(Fault::LostAnswer) + 1;
std::string_view name(Fault fault);

class Faults {
 public:
  Faults(std::uint64_t seed, Micros begin, Micros end);
  // The rate of a kind at this instant; 0 in quiet windows and outside the faulty phase.
  std::uint64_t rate(Fault fault, Micros now) const;
  bool quiet(Micros now) const;
  void count(Fault fault) { ++counts_[static_cast<std::size_t>(fault)]; }
  // Counts and tells whether the fault strikes now.
  bool strikes(Fault fault, Micros now, Prng& prng);
  const std::array<std::uint64_t, kFaults>& counts() const { return counts_; }

 private:
  std::array<std::uint64_t, kFaults> rates_{};
  std::array<std::uint64_t, kFaults> counts_{};
  Micros begin_;
  Micros end_;
  std::vector<bool> quiet_;  // by window
};

}  // namespace yizhan::sim
