// Day: a station at work on a disk, of which a crash may take its share at any step.
//
// What        A seeded day: bookings and check-ins, one or several a commit, now and then an
//             exchange with the parent, a stop and a start, and time that passes. Before every
//             write, cut, sync and change of a name the disk may be looked at as a power cut would
//             leave it; each such state is examined before the next act.
// Invariants  I1  the same seed gives the same day, the same states and the same verdicts.
//             I2  after an error of the disk the station accepts nothing more until it was started
//                 again, and a disk without room refuses only what it has no room for.
// Units       Milliseconds; rates per mille.
// Errors      Broken.
#pragma once
#include "tests/storage/parent.h"
#include "tests/storage/recovery.h"

namespace yizhan::storage {

struct DayPlan {
  std::uint64_t seed = 1;
  DiskTraits traits;
  int acts = 60;
  std::uint64_t crashes = 60;        // states for a thousand steps of the disk
  std::vector<PlannedFault> faults;  // of the disk, from the first act on
  Word word = Word::Kept;            // what may be expected of it
};

class Day {
 public:
  Day(const DayPlan& plan, Tally& tally);
  ~Day();
  Day(const Day&) = delete;
  Day& operator=(const Day&) = delete;
  void run();

 private:
  void act();
  void book();
  void check_in();
  void exchange();
  void stop_and_start();
  void pass_time();
  void commit();
  void connect();
  void start();
  void settle_ledger();
  void after_an_error(const Error& error);
  void examine_all();

  DayPlan plan_;
  Tally& tally_;
  Machine machine_;
  sim::Prng chance_;
  CrashDisk disk_;
  node::test::TempFolder folder_;
  Parent parent_;
  Ledger ledger_;
  Recovery recovery_;
  std::unique_ptr<Station> station_;
  std::vector<CrashState> states_;
  std::int64_t now_ = 1'000;
  std::int64_t done_until_ = 1'000;  // the station may be late with what was due since
  int number_ = 0;
  bool over_ = false;  // the damage was told, and nobody works on it
};

}  // namespace yizhan::storage
