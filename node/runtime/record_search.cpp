#include "node/runtime/record_search.h"

#include "node/runtime/log.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kKeptPerTurn = 64;

Error stopped() { return Error{Errc::Busy, "the node is stopping", ""}; }

}  // namespace

RecordSearch::RecordSearch(LoopCalls& calls, const Policy& policy, MakeIdentity make_identity)
    : calls_(calls), policy_(policy), make_identity_(std::move(make_identity)) {}

// ---- building

void RecordSearch::build() {
  calls_.loop().post([this](Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this](const Result<void>&, const Core& core) {
      auto snapshot = core.store.snapshot();
      if (!snapshot) return take(core, fail(snapshot));
      building_.post(
          [this, held = std::shared_ptr<SqliteStore>(std::move(*snapshot))] { read_all(*held); });
    };
  });
}

// The engine of this thread only decrypts: it reads the snapshot and writes nothing.
void RecordSearch::read_all(const SqliteStore& snapshot) {
  SystemEntropy entropy;
  const sync::Engine engine(make_identity_(), snapshot, entropy);
  const StoreReads reads(snapshot);
  auto index = std::make_shared<Result<SearchIndex>>(SearchIndex());
  for (const sync::Scope& scope : engine.scopes()) {
    if (scope.cls != sync::ScopeClass::Biz || !engine.self().may_read(scope)) continue;
    const auto visit = [&](const crdt::Dot& dot, const crdt::EntityState& state) {
      if (stopping_ || !*index) return;
      const auto record = search_record(engine, reads, {scope, dot}, state);
      if (!record) {
        *index = fail(record);
      } else if (*record) {
        (*index)->put(**record);
      }
    };
    if (auto read = snapshot.for_each_entity(scope, visit); !read) *index = fail(read);
    if (!*index) break;
  }
  calls_.loop().post([this, index](Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this, index](const Result<void>&, const Core& core) { take(core, std::move(*index)); };
  });
}

void RecordSearch::take(const Core& core, Result<SearchIndex> built) {
  if (built) {
    finder_.emplace(std::move(*built));
    for (const crdt::Dot& dot : missed_) finder_->changed(dot);
    missed_.clear();
  } else {
    failed_ = built.error();
    log_error("search: " + failed_->detail);
  }
  std::vector<Waiting> waiting;
  waiting.swap(waiting_);
  for (const Waiting& one : waiting) {
    finder_ ? one.ask(core, *finder_) : one.refuse(*failed_);
  }
}

void RecordSearch::stop() {
  stopping_ = true;
  building_.stop();
  calls_.loop().post([this](Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this](const Result<void>&, const Core&) {
      for (const Waiting& one : waiting_) one.refuse(stopped());
      waiting_.clear();
    };
  });
}

// ---- keeping step

void RecordSearch::on_turn(const Core& core, const std::vector<crdt::Dot>& changed) {
  if (!finder_) {
    if (!failed_) missed_.insert(changed.begin(), changed.end());
    return;
  }
  for (const crdt::Dot& dot : changed) finder_->changed(dot);
  if (finder_->in_step()) return;
  const auto kept = finder_->keep_step(core.engine, StoreReads(core.store), kKeptPerTurn);
  if (!kept) log_error("search: " + kept.error().detail);
}

// ---- asking

void RecordSearch::ask(Ask ask, Refuse refuse) {
  calls_.loop().post([this, waiting = Waiting{std::move(ask), std::move(refuse)}](
                         Core&, sync::Effects&) -> EngineLoop::Answer {
    return [this, waiting](const Result<void>&, const Core& core) {
      if (finder_) return waiting.ask(core, *finder_);
      if (failed_) return waiting.refuse(*failed_);
      if (stopping_) return waiting.refuse(stopped());
      waiting_.push_back(waiting);
    };
  });
}

void RecordSearch::search(RecordQuery wish, const Done<RecordPage>& done) {
  ask(
      [this, done, wish = std::move(wish)](const Core& core, RecordFinder& finder) {
        done(finder.search(core.engine, StoreReads(core.store), policy_, core.wall, wish));
      },
      [done](const Error& error) { done(tl::unexpected<Error>(error)); });
}

void RecordSearch::lookup(LookupQuestion wish, const Done<Lookup>& done) {
  ask(
      [this, done, wish = std::move(wish)](const Core& core, RecordFinder& finder) {
        done(finder.lookup(core.engine, StoreReads(core.store), policy_, core.wall, wish));
      },
      [done](const Error& error) { done(tl::unexpected<Error>(error)); });
}

}  // namespace yizhan::node
