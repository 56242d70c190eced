#include "tests/storage/recovery.h"

#include <algorithm>
#include <set>

#include "crdt/base/hash.h"
#include "node/store/verify.h"
#include "sync/read_chain.h"
#include "tests/node/store/drafts.h"

namespace yizhan::storage {
namespace {

constexpr int kDeepest = 3;
constexpr std::uint64_t kCrashesInAStart = 20;  // per mille of its steps; one of them at most
constexpr std::uint64_t kWorksOn = 4;           // one state in so many
constexpr int kLaterNumber = 900'000;           // of bookings after a recovery

using Place = std::pair<StreamId, std::uint64_t>;
struct Stored {
  Head head;
  Bytes expanded;
};

std::string text(const Place& place) {
  return "change " + std::to_string(place.second) + " of stream " +
         to_hex(view(place.first)).substr(0, 8);
}

std::map<Place, Stored> own_chain(const node::SqliteStore& store, NodeId self) {
  std::map<Place, Stored> chain;
  for (const sync::StreamRow& row : store.streams()) {
    if (row.author != self) continue;
    const auto read = read_chain(store, row, 1, [&](const sync::ChainedChange& one) {
      chain[{row.id, one.change.id.seq}] = {one.head, one.expanded};
      return true;
    });
    if (!read) throw Broken("a stream cannot be read: " + read.error().detail);
  }
  return chain;
}

// Of what was begun, that which stands; each as it was written.
std::vector<const sync::JournalChange*> standing(std::map<Place, Stored> chain,
                                                 const Ledger& ledger, const Mark& mark,
                                                 std::size_t least) {
  std::vector<const sync::JournalChange*> found;
  for (std::size_t i = 0; i < mark.begun; ++i) {
    const sync::JournalChange& change = ledger.changes()[i];
    const auto held = chain.find({change.stream, change.seq});
    if (held == chain.end()) {
      if (i < least) throw Broken("acknowledged, and lost: " + text({change.stream, change.seq}));
      continue;
    }
    if (held->second.head != change.head || held->second.expanded != change.expanded) {
      throw Broken("stands otherwise than it was written: " + text(held->first));
    }
    chain.erase(held);
    found.push_back(&change);
  }
  if (!chain.empty()) throw Broken("nobody wrote " + text(chain.begin()->first));
  return found;
}

void expect_beside(const node::SqliteStore& store, const sync::JournalChange& change) {
  const Place place{change.stream, change.seq};
  for (const sync::KeyRow& row : change.keys) {
    const auto rows = store.key_rows(change.stream, change.seq, change.seq);
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) {
      throw Broken("half a change, its keys are gone: " + text(place));
    }
  }
  if (change.idempotency && store.idempotency(change.idempotency->key) != change.idempotency) {
    throw Broken("half a change, its request is gone: " + text(place));
  }
}

std::string root_said(const node::SqliteStore& store, const sync::Scope& scope) {
  const auto roots = state_roots(store);
  if (!roots) throw Broken("no state root: " + roots.error().detail);
  for (const node::ScopeRoot& row : *roots) {
    if (row.scope == sync::text(scope)) return row.state_root;
  }
  return root_of({});
}

std::vector<const sync::JournalChange*> in_scope(
    const std::vector<const sync::JournalChange*>& changes, const node::SqliteStore& store,
    const sync::Scope& scope) {
  std::set<StreamId> streams;
  for (const sync::StreamRow& row : store.streams()) {
    if (row.scope == scope) streams.insert(row.id);
  }
  std::vector<const sync::JournalChange*> found;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(found),
               [&](const auto* change) { return streams.contains(change->stream); });
  return found;
}

void expect_released(const node::SqliteStore& store, const Mark& mark) {
  std::map<StreamId, std::uint64_t> held;
  for (const sync::StreamRow& row : store.streams()) held[row.id] = row.seq;
  for (const auto& [stream, seq] : mark.released) {
    if (held[stream] < seq) throw Broken("released, and lost: " + text({stream, seq}));
  }
}

}  // namespace

void Tally::note(const std::string& seen) {
  const Bytes bytes(seen.begin(), seen.end());
  const Hash32 hash = hash32("yz.crash.trace", bytes);
  for (std::size_t i = 0; i < 8; ++i) trace = trace * 257 + hash[i];
}

Recovery::Recovery(const Machine& machine, const Ledger& ledger, std::uint64_t seed, Tally& tally)
    : machine_(machine), ledger_(ledger), chance_(seed, "recovery"), tally_(tally) {}

void Recovery::examine(CrashState state, int depth) {
  ++tally_.states;
  if (depth > 0) ++tally_.in_recovery;
  tally_.deepest = std::max(tally_.deepest, static_cast<std::uint64_t>(depth));
  std::vector<CrashState> cut_short;
  {
    CrashDisk& disk = state.disk;
    disk.on_step([&] {
      if (depth < kDeepest && cut_short.empty() && chance_.per_mille(kCrashesInAStart)) {
        cut_short.push_back({disk.after_crash(chance_), state.mark, state.word});
      }
    });
    Station station(machine_, disk, folder_, chance_.next(), state.mark.now);
    const auto start = station.start();
    disk.on_step(nullptr);
    if (start) {
      started(station, state);
    } else {
      if (state.word != Word::Lied) throw Broken("refused to start: " + start.error().detail);
      ++tally_.refused;
      tally_.note(start.error().detail);
    }
  }
  for (CrashState& one : cut_short) examine(std::move(one), depth + 1);
}

void Recovery::started(Station& station, const CrashState& state) {
  tally_.taken_back += station.repair().taken_back;
  tally_.completed += station.repair().completed;
  if (station.repair().damaged > 0) ++tally_.damaged;
  const bool same_epoch = station.history().reason() == node::EpochReason::None;
  if (!same_epoch) {
    ++tally_.epochs;
    if (state.word == Word::Kept) {
      throw Broken(std::string("another epoch: ") + words(station.history().reason()));
    }
  }
  if (holds(station, state.mark, state.word) && chance_.below(kWorksOn) == 0) works_on(station);
}

bool Recovery::holds(Station& station, const Mark& mark, Word word) {
  const node::SqliteStore& store = station.store();
  const node::JournalOwner owner = station.journal_owner();
  const auto report = verify(store, machine_.city.root.public_key(), &owner);
  if (!report || !report->ok) {
    const std::string what =
        report ? report->findings.front().what + " " + report->findings.front().where
               : report.error().detail;
    if (word != Word::Lied) throw Broken("verify: " + what);
    ++tally_.found;
    tally_.note(what);
    return false;
  }
  const std::size_t least = word == Word::Lied ? mark.long_since : mark.acknowledged;
  const auto stands = standing(own_chain(store, machine_.node()), ledger_, mark, least);
  for (const sync::JournalChange* change : stands) expect_beside(store, *change);
  const std::string root = root_said(store, machine_.scope);
  if (root != root_of(in_scope(stands, store, machine_.scope)))
    throw Broken("the state root is not that of the ledger");
  if (word != Word::Lied) expect_released(store, mark);
  if (stands.size() > mark.acknowledged) tally_.unacknowledged += 1;
  tally_.note(root);
  return true;
}

void Recovery::works_on(Station& station) {
  const int number = kLaterNumber + static_cast<int>(chance_.below(1000));
  const auto written = station.write(node::test::booking(machine_.scope, number));
  if (!written) {
    if (written.error().code == Errc::NotFound) return;  // the scope's key had not come yet
    throw Broken("cannot go on: " + written.error().detail);
  }
  if (const auto turn = station.turn(); !turn) throw Broken("cannot go on: " + turn.error().detail);
}

}  // namespace yizhan::storage
