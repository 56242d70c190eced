// Recovery: a station starts again on what a crash left, and what it says is held against the
// ledger.
//
// What        Starts the shipped software on one state of the disk, compares what stands with what
//             was promised, lets it work on, and does the same with crashes during that start, and
//             during the start after those.
// Invariants  I1  every acknowledged change stands with its keys and its request, whole; nothing
//                 stands that was not begun; what was released stands.
//             I2  the state root is that of a replay of the ledger; verify finds nothing, in the
//                 database, the journal and between them.
//             I3  a disk that kept its word opens, in the same epoch.
//             I4  of a disk that did not, what is lost is told: the start is refused with an error
//                 that names the damage, or verify names the row. What a second copy holds (older
//                 than a second) is told or stands; it is never silently missing.
// Units       none.
// Errors      Broken, with the invariant that does not hold.
#pragma once
#include "tests/storage/ledger.h"
#include "tests/storage/station.h"

namespace yizhan::storage {

enum class Word : std::uint8_t {
  Kept,       // the disk did what it said
  GuardTorn,  // it did, but a torn sector takes what stood beside it: the guard may be gone
  Failed,     // it said what it could not do
  Lied        // or did not say
};

struct CrashState {
  CrashDisk disk;
  Mark mark;
  Word word = Word::Kept;
};

struct Tally {
  std::uint64_t states = 0;                     // started from
  std::uint64_t in_recovery = 0;                // of these: left by a crash during a start
  std::uint64_t deepest = 0;                    // starts that were cut short one after another
  std::uint64_t unacknowledged = 0;             // stood though nobody had been told
  std::uint64_t taken_back = 0;                 // changes, by the journal
  std::uint64_t completed = 0;                  // changes, into the journal
  std::uint64_t damaged = 0;                    // states with a damaged journal
  std::uint64_t refused = 0;                    // starts, with the reason
  std::uint64_t found = 0;                      // by verify
  std::uint64_t epochs = 0;                     // opened, because the guard told
  std::map<std::string, std::uint64_t> faults;  // that struck, by their name
  std::uint64_t trace = 0;                      // of everything that was seen, in order

  void note(const std::string& seen);
};

class Recovery {
 public:
  Recovery(const Machine& machine, const Ledger& ledger, std::uint64_t seed, Tally& tally);

  void examine(CrashState state, int depth = 0);
  // That which runs is as promised. False: it told what is wrong.
  bool holds(Station& station, const Mark& mark, Word word);

 private:
  void started(Station& station, const CrashState& state);
  void works_on(Station& station);

  const Machine& machine_;
  const Ledger& ledger_;
  sim::Prng chance_;
  Tally& tally_;
  node::test::TempFolder folder_;
};

}  // namespace yizhan::storage
