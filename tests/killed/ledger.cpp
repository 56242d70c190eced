#include "tests/killed/ledger.h"

#include "node/runtime/clocks.h"
#include "node/store/journal_repair.h"
#include "node/store/verify.h"
#include "tests/node/store/drafts.h"

namespace yizhan::killed {
namespace {

std::string text(int number) { return "booking " + std::to_string(number); }

// Who stands in a record, as a clerk with the key reads it.
std::string person_in(const sync::Engine& engine, const sync::Scope& scope, const crdt::Dot& dot,
                      const crdt::EntityState& state) {
  for (const crdt::LiveBlobs& blobs : state.blobs) {
    std::uint8_t number = 0;
    for (const crdt::SealedBlob& blob : blobs.blobs) {
      const auto fields = engine.open(scope, dot.change(), number++, blob);
      if (fields && !fields->empty()) return fields->front();
    }
  }
  return {};
}

void expect_verified(const node::SqliteStore& store, const Hub& hub) {
  const node::JournalOwner owner = hub.journal_owner();
  const auto report = verify(store, hub.root(), &owner);
  if (!report) throw Broken("verify: " + report.error().detail);
  if (!report->ok) {
    throw Broken("verify: " + report->findings.front().what + " " + report->findings.front().where);
  }
}

}  // namespace

void Ledger::take(const Said& said) {
  switch (said.what) {
    case Said::What::Started:
      if (said.seq < highest_) throw Broken("a start holds less than was acknowledged");
      return;
    case Said::What::Begun:
      begun_.insert(said.number);
      next_ = std::max(next_, said.number + 1);
      return;
    case Said::What::Acknowledged:
      begun_.erase(said.number);
      if (!acknowledged_.emplace(said.number, crdt::ChangeId{said.stream, said.seq}).second) {
        throw Broken(text(said.number) + " was acknowledged twice");
      }
      highest_ = std::max(highest_, said.seq);
  }
}

void Ledger::expect_in(const std::filesystem::path& folder, const Hub& hub) {
  node::SystemEntropy entropy;
  const auto opened = node::SqliteStore::open({folder, false}, entropy);
  if (!opened) throw Broken("refused to open: " + opened.error().detail);
  node::SqliteStore& store = **opened;
  const auto repaired = open_with_journal(
      store, hub.journal_owner(), [&hub] { return hub.identity(); }, entropy,
      {node::wall_now(), node::mono_now()}, node::ScanDepth::Newest);
  if (!repaired) throw Broken("refused to start: " + repaired.error().detail);
  expect_verified(store, hub);

  const sync::Engine engine(hub.identity(), store, entropy);
  const sync::Scope scope = hub.scope();
  std::set<crdt::Dot> standing;
  stands_unsaid_ = 0;
  const auto expect = [&](int number, const crdt::ChangeId* acknowledged) {
    const auto request = store.idempotency(node::test::booking(scope, number).idempotency->key);
    if (!request) {
      if (acknowledged) throw Broken(text(number) + " was acknowledged, and is lost");
      return;
    }
    const crdt::Dot dot = request->entity;
    if (acknowledged && dot != crdt::Dot{acknowledged->stream, acknowledged->seq, 0}) {
      throw Broken(text(number) + " names another record than was acknowledged");
    }
    const auto state = store.entity(scope, dot);
    if (!state || !*state) throw Broken("half a change: " + text(number) + " has no record");
    if (person_in(engine, scope, dot, **state) != "合成居民" + std::to_string(number)) {
      throw Broken("half a change: the person of " + text(number) + " cannot be read");
    }
    if (!standing.insert(dot).second) throw Broken(text(number) + " shares its record");
    if (!acknowledged) ++stands_unsaid_;
  };
  for (const auto& [number, change] : acknowledged_) expect(number, &change);
  for (const int number : begun_) expect(number, nullptr);
  std::size_t records = 0;
  const auto counted = store.for_each_entity(scope, [&](const crdt::Dot& dot, const auto&) {
    if (!standing.contains(dot)) throw Broken("a record that nobody began");
    ++records;
  });
  if (!counted) throw Broken("the records cannot be read: " + counted.error().detail);
  if (records != standing.size()) throw Broken("not every booking has its own record");
}

}  // namespace yizhan::killed
