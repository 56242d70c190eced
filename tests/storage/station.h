// Station: the shipped store, journal, guard and engine of one node, on a disk that may fail.
//
// What        Does what node/runtime does, in its order: a start opens the database, brings the
//             journal into step, asks the guard which epoch to write in and makes an engine; a turn
//             commits, keeps the guard ahead and lets frames go.
// Invariants  I1  frames are in `sent` only after commit and guard.
// Units       Milliseconds of a clock that whoever drives it moves.
// Errors      start() and turn(): those of the store. Broken: what may never be.
// Not here    identity.yz, which counts as written at once: node/identity has its own tests.
#pragma once
#include <deque>
#include <stdexcept>

#include "node/runtime/own_history.h"
#include "node/store/journal_repair.h"
#include "sync/outbox.h"
#include "tests/node/store/temp_folder.h"
#include "tests/sim/prng.h"
#include "tests/storage/crash_files.h"
#include "tests/storage/machine.h"

namespace yizhan::storage {

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Station {
 public:
  // `machine`, `disk` and `folder` outlive it. The folder holds the lock and nothing else.
  Station(const Machine& machine, CrashDisk& disk, const node::test::TempFolder& folder,
          std::uint64_t seed, std::int64_t now);
  ~Station();

  Result<void> start();
  void pass_time(std::int64_t ms);  // what waits for it is done
  Result<void> turn();

  // Their writes are in the open transaction.
  Result<void> write(const sync::Draft& draft);
  void deliver(const sync::Event& event);
  // Own changes since the last call, in their order: a stream's opening is one, too.
  std::vector<sync::JournalChange> take_written() { return std::exchange(written_, {}); }

  node::SqliteStore& store() { return *store_; }
  const sync::Engine& engine() const { return *engine_; }
  const node::JournalRepair& repair() const { return repair_; }
  const node::OwnHistory& history() const { return *history_; }
  node::JournalOwner journal_owner() const;
  std::int64_t now() const { return now_; }
  WallMs wall() const { return {1'790'000'000'000 + now_}; }

  std::deque<sync::SendFrame> sent;
  std::vector<sync::Notice> notices;  // since whoever drives it cleared them
  // Before start().
  node::Damage damage = node::Damage::Refuse;
  int page_bytes = 4096;

 private:
  MonoMs mono() const { return {now_}; }
  void settle(sync::Effects& out);
  void make_engine();

  const Machine& machine_;
  node::NodeFiles files_;
  CrashFiles disk_;
  sim::SimEntropy entropy_;
  std::uint64_t seed_;
  std::int64_t now_;
  std::unique_ptr<node::SqliteStore> store_;
  std::unique_ptr<node::OwnHistory> history_;
  std::unique_ptr<sync::Engine> engine_;
  sync::Outbox outbox_;
  node::JournalRepair repair_;
  std::vector<sync::JournalChange> written_;
  std::optional<Error> broken_;
  std::optional<MonoMs> wake_at_;
};

}  // namespace yizhan::storage
