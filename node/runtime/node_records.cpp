#include "node/runtime/node_records.h"

#include <algorithm>

#include "node/app/roster.h"
#include "node/policy/china_time.h"
#include "node/store/doubles.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kCalendarLookedAhead = 400;

std::int64_t known_days_ahead(const Calendar& calendar, WallMs now) {
  const std::int64_t today = china_moment(now).day;
  std::int64_t ahead = 0;
  while (ahead < kCalendarLookedAhead && calendar.at(today + ahead).known) ++ahead;
  return ahead;
}

std::optional<WallMs> newest_receipt(const sync::Engine& engine) {
  std::optional<WallMs> newest;
  for (const sync::Receipt& receipt : engine.receipts()) {
    const WallMs issued{crdt::wall_ms(receipt.issued)};
    if (!newest || issued > *newest) newest = issued;
  }
  return newest;
}

}  // namespace

void NodeRecords::lookup(LookupQuestion wish, Done<Lookup> done) {
  search_.lookup(std::move(wish), done);
}

void NodeRecords::search(RecordQuery wish, Done<RecordPage> done) {
  search_.search(std::move(wish), done);
}

void NodeRecords::sign_in_names(Done<std::vector<NameTile>> done) {
  using Tiles = std::vector<NameTile>;
  calls_.look<Tiles>(std::move(done), [](const Core& core) -> Result<Tiles> {
    const sync::Certificate& self = core.engine.self();
    if (self.role == sync::Role::Hub) return fail(Errc::NotFound, "a hub shows no names");
    const auto roster = read_roster(StoreReads(core.store), {self.home, sync::ScopeClass::Ref});
    if (!roster) return fail(roster);
    Tiles tiles;
    for (const RosterEntry& entry : *roster) {
      if (!entry.disabled) tiles.push_back({entry.login, entry.display_name, entry.role});
    }
    return tiles;
  });
}

template <class T>
void NodeRecords::with_pending(Done<T> done, std::function<T(const Core&)> read,
                               std::function<void(T&, Pending)> add) {
  struct Seen {
    T value;
    std::vector<PendingFrom> streams;
  };
  const auto then = [this, done, add](Result<Seen> seen) {
    if (!seen) return done(fail(seen));
    calls_.study<T>(done, [seen = std::move(*seen), add](const SqliteStore& snapshot) -> Result<T> {
      auto pending = read_pending(StoreReads(snapshot), seen.streams);
      if (!pending) return fail(pending);
      T value = seen.value;
      add(value, std::move(*pending));
      return value;
    });
  };
  calls_.look<Seen>(then, [read](const Core& core) -> Result<Seen> {
    return Seen{read(core), pending_streams(core.engine)};
  });
}

void NodeRecords::sync_state(Done<SyncState> done) {
  with_pending<SyncState>(
      std::move(done),
      [this](const Core& core) {
        SyncState state;
        state.node = node_.status_of(core);
        state.routes = node_.routes(core);
        return state;
      },
      [](SyncState& state, Pending pending) {
        state.by_kind = std::move(pending.by_kind);
        state.oldest_pending = pending.oldest;
      });
}

HealthFacts NodeRecords::facts_of(const Core& core) {
  HealthFacts facts;
  facts.node = node_.status_of(core);
  facts.certificate_ends = core.engine.self().not_after;
  facts.last_receipt = newest_receipt(core.engine);
  facts.calendar_days = known_days_ahead(policy_.calendar, core.wall);
  facts.dead_letters = core.store.counts().dead_letters;
  facts.listening_ended = core.listening_ended;
  facts.last_backup = backups_.last();
  if (const auto found = doubles(core.store, core.wall)) {
    facts.doubles = static_cast<std::int64_t>(found->size());
  }
  if (auto devices = hall_.device_rows(core.wall)) facts.devices = std::move(*devices);
  const std::lock_guard hold(mutex_);
  if (last_verify_) {
    facts.verified_at = last_verify_->first;
    facts.verified_ok = last_verify_->second.ok;
    facts.verify_findings = static_cast<std::int64_t>(last_verify_->second.findings.size());
  }
  return facts;
}

void NodeRecords::health(Done<HealthReport> done) {
  const Done<HealthFacts> then = [done](const Result<HealthFacts>& facts) {
    if (!facts) return done(fail(facts));
    done(HealthReport{facts->node.now, facts->verified_at, health_checks(*facts)});
  };
  with_pending<HealthFacts>(
      then, [this](const Core& core) { return facts_of(core); },
      [](HealthFacts& facts, const Pending& pending) { facts.oldest_pending = pending.oldest; });
}

void NodeRecords::verify_now(Done<VerifyReport> done) {
  node_.verify([this, done](const Result<VerifyReport>& report) {
    if (report) {
      const std::lock_guard hold(mutex_);
      last_verify_ = {calls_.time(), *report};
    }
    done(report);
  });
}

}  // namespace yizhan::node
