// Flips: one bit of a station's files is another, and the station is asked everything.
//
// What        A station's database, of pages of 1,024 bytes, and journal after a clean stop. The
//             places: every bit of each page's header, of three pages of each kind and of the
//             whole journal; one bit of every other byte of the database.
// Invariants  I1  each flip is of the same sound files, and a flip of its own.
// Units       Bits.
// Errors      none: an answer that is wrong and that nobody told of is counted, and the first said.
// Source      reliability.md F9, F10.
#pragma once
#include "tests/storage/answers.h"

namespace yizhan::storage {

struct BitPlace {
  std::string file;
  std::size_t byte = 0;
  int bit = 0;
};

struct FlipTally {
  std::uint64_t flips = 0;
  std::uint64_t same = 0;     // every answer was the truth
  std::uint64_t refused = 0;  // it did not start, and said why
  std::uint64_t told = 0;     // an answer was an error
  std::uint64_t silent = 0;   // an answer was wrong
  std::string first_silent;
};

class Flips {
 public:
  explicit Flips(std::uint64_t seed);

  const std::vector<BitPlace>& places() const { return places_; }
  std::size_t pages() const { return pages_; }
  // With Damage::Tell the tags of the pages are not heeded: what that lets pass shows their worth.
  void flip(const BitPlace& place, node::Damage damage, AskedFor asked, FlipTally& tally) const;

 private:
  void work();
  void add_database(sim::Prng& chance);
  void add_journals();
  CrashDisk flipped(const BitPlace& place) const;

  Machine machine_;
  CrashDisk disk_;
  Answers truth_;
  std::vector<BitPlace> places_;
  std::size_t pages_ = 0;
};

}  // namespace yizhan::storage
