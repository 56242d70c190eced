// City: a hub and a station with real SQLite files, exchanging frames in memory.
//
// What        Each node has the shipped engine over its own folder, and mirrors every committed
//             write into the simulator's memory store, which shows what the tables must say.
// Units       Milliseconds of a clock that the test moves.
#pragma once
#include <deque>
#include <filesystem>
#include <memory>

#include "node/store/journal_repair.h"
#include "node/store/verify_journal.h"
#include "sync/outbox.h"
#include "tests/node/store/drafts.h"
#include "tests/node/store/temp_folder.h"
#include "tests/sim/mem_store.h"
#include "tests/sync/fixture.h"

namespace yizhan::node::test {

class Site {
 public:
  Site(sync::Identity identity, std::uint64_t seed);

  // Opens the store and makes an engine from what it holds; `close` drops both, as a crash does.
  void open(bool create, ScanDepth depth = ScanDepth::Newest);
  void close();
  void begin_epoch(const sync::Epoch& epoch);  // as after a restore

  Result<sync::Written> write(const sync::Draft& draft);
  // Runs a use case on the engine and applies what it wrote.
  template <class Use>
  auto act(Use use) {
    sync::Effects out;
    auto result = use(*engine_, *store_, wall(), now, out);
    absorb(out);
    return result;
  }
  void certify(const sync::Certificate& subject);
  void deliver(const sync::Event& event);
  bool due() const { return wake_at_ && *wake_at_ <= now; }
  void commit();

  SqliteStore& store() { return *store_; }
  sync::Engine& engine() { return *engine_; }
  const sim::Image& mirror() const { return mirror_->live(); }
  const fs::path& folder() const { return folder_.path(); }

  WallMs wall() const { return {now.value + 1'790'000'000'000 + ahead_ms}; }

  JournalOwner journal_owner() const;
  // Opens the store apart, with its journal; nothing of this site is touched.
  Result<JournalRepair> try_open(bool create);

  MonoMs now{1'000'000};
  std::int64_t ahead_ms = 0;          // of its wall clock
  JournalRepair repair;               // what the last open() did
  std::deque<sync::SendFrame> sent;   // released: may travel
  std::vector<sync::Notice> notices;  // everything said since the test last cleared them

 private:
  void absorb(sync::Effects& out);

  TempFolder folder_;
  sync::Identity identity_;
  sync::test::SeededEntropy entropy_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<sim::MemStore> mirror_;
  std::unique_ptr<sync::Engine> engine_;
  sync::Outbox outbox_;
  std::optional<MonoMs> wake_at_;
};

// Why the session over `link` ended; empty while it stands.
std::string ended(const Site& site, sync::LinkId link);

// A hub and one station, certified; no link stands yet.
struct SmallCity {
  explicit SmallCity(std::uint64_t seed);
  void connect();
  void run(std::int64_t ms);  // delivers what is released, fires what is due
  void hang_up();             // the line breaks, and what was on its way is lost

  std::unique_ptr<Site> hub;
  std::unique_ptr<Site> station;
  sync::Scope scope;  // the station's business
};

}  // namespace yizhan::node::test
