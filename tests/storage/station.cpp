#include "tests/storage/station.h"

#include <sqlite3.h>

namespace yizhan::storage {
namespace {

constexpr int kTimerSteps = 64;  // as the engine's loop

// SQLite draws the salts of its log from one generator of the process.
void seed_sqlite(std::uint64_t seed) {
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(seed % 1'000'000) + 1, nullptr);
}

}  // namespace

Station::Station(const Machine& machine, CrashDisk& disk, const node::test::TempFolder& folder,
                 std::uint64_t seed, std::int64_t now)
    : machine_(machine),
      files_(folder.path()),
      disk_(disk, folder.path()),
      entropy_(sim::Prng(seed, "station")),
      seed_(seed),
      now_(now) {}

Station::~Station() {
  engine_.reset();
  history_.reset();
  store_.reset();
}

node::JournalOwner Station::journal_owner() const {
  return {machine_.node(), node::journal_key(machine_.keys.secrets.sign)};
}

Result<void> Station::start() {
  seed_sqlite(seed_);
  auto store =
      node::SqliteStore::open({files_.folder(), true, &disk_, damage, page_bytes}, entropy_);
  if (!store) return fail(store);
  store_ = std::move(*store);
  const auto repair = open_with_journal(
      *store_, journal_owner(),
      [this] { return node::engine_identity(machine_.identity(), machine_.keys); }, entropy_,
      {wall(), mono()}, node::ScanDepth::Newest);
  if (!repair) return fail(repair);
  repair_ = *repair;
  auto history =
      node::OwnHistory::open(files_, machine_.identity(), machine_.keys, *store_, entropy_);
  if (!history) return fail(history);
  history_ = std::move(*history);
  make_engine();
  return {};
}

void Station::make_engine() {
  broken_.reset();
  wake_at_.reset();
  engine_ = std::make_unique<sync::Engine>(history_->identity(), *store_, entropy_);
}

void Station::pass_time(std::int64_t ms) {
  now_ += ms;
  disk_.move_clock(std::chrono::milliseconds(ms));
  for (int i = 0; i < kTimerSteps && wake_at_ && *wake_at_ <= mono(); ++i) {
    wake_at_.reset();
    deliver(sync::TimerFired{});
  }
}

Result<void> Station::write(const sync::Draft& draft) {
  sync::Effects out;
  const auto written = engine_->write(wall(), mono(), draft, out);
  if (!written) return fail(written);
  settle(out);
  return {};
}

void Station::deliver(const sync::Event& event) {
  sync::Effects out;
  engine_->step(wall(), mono(), event, out);
  settle(out);
}

void Station::settle(sync::Effects& out) {
  if (out.epoch) throw Broken("others hold more of this station's history than itself");
  if (out.storage_error) broken_ = out.storage_error;
  for (const sync::Write& one : out.writes) {
    if (const auto* change = std::get_if<sync::JournalChange>(&one)) written_.push_back(*change);
  }
  if (!broken_ && !out.writes.empty()) {
    history_->note(out.writes);
    if (const auto applied = store_->apply(out.writes); !applied) broken_ = applied.error();
  }
  notices.insert(notices.end(), out.notices.begin(), out.notices.end());
  outbox_.hold(std::move(out.sends));
  if (out.wake_at) wake_at_ = wake_at_ ? std::min(*wake_at_, *out.wake_at) : out.wake_at;
}

Result<void> Station::turn() {
  Result<void> committed;
  if (broken_) {
    store_->rollback();
    committed = tl::unexpected<Error>(*broken_);
  } else if (store_->dirty()) {
    committed = store_->commit();
  }
  committed ? history_->committed() : history_->dropped();
  const bool may_leave = committed && history_->before_release(mono());
  if (committed) static_cast<void>(history_->within_a_second(mono()));
  if (!may_leave) {
    outbox_.drop();
    make_engine();
  }
  for (sync::SendFrame& frame : outbox_.release()) sent.push_back(std::move(frame));
  return committed;
}

}  // namespace yizhan::storage
