#include "node/runtime/node_records.h"

#include <algorithm>

#include "node/app/roster.h"
#include "node/doctor/package.h"
#include "node/policy/china_time.h"
#include "node/runtime/log.h"
#include "node/runtime/version.h"
#include "node/store/doubles.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kExchangesPacked = 200;

std::optional<PutBack> put_back(const OwnHistory* history) {
  if (history == nullptr || history->reason() == EpochReason::None) return std::nullopt;
  return PutBack{name(history->reason()), static_cast<std::int64_t>(history->lacking())};
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
  facts.self = core.engine.node();
  facts.node = node_.status_of(core);
  facts.certificate_ends = core.engine.self().not_after;
  facts.clock_floor = WallMs{crdt::wall_ms(core.store.hlc_floor())};
  for (const sync::PeerStatus& peer : core.engine.peers()) {
    if (peer.ahead_ms)
      facts.peer_clocks.push_back({node_.name_of(core, peer.node), *peer.ahead_ms});
  }
  facts.last_receipt = newest(core.engine.receipts());
  facts.calendar_days = known_days_from(policy_.calendar, china_moment(core.wall).day);
  facts.dead_letters = core.store.counts().dead_letters;
  facts.listening_ended = core.listening_ended;
  facts.put_back = put_back(core.history);
  if (const auto found = doubles(core.store, core.wall)) {
    facts.doubles = static_cast<std::int64_t>(found->size());
  }
  facts.forked = forks_.nodes(core.wall);
  if (auto devices = hall_.device_rows(core.wall)) facts.devices = std::move(*devices);
  const std::lock_guard hold(mutex_);
  if (last_verify_) {
    facts.verified_at = last_verify_->first;
    facts.verified = last_verify_->second;
  }
  return facts;
}

void NodeRecords::health(Done<HealthReport> done) {
  const Done<HealthFacts> then = [this, done](const Result<HealthFacts>& facts) {
    if (!facts) return done(fail(facts));
    const auto told = [done, known = *facts](const Surroundings& around) {
      HealthFacts all = known;
      all.backups = around.backups;
      done(HealthReport{all.node.now, all.verified_at, merged(health_checks(all), around.checks)});
    };
    doctor_.look_around(facts->self, facts->node.now, told);
  };
  with_pending<HealthFacts>(
      then, [this](const Core& core) { return facts_of(core); },
      [](HealthFacts& facts, const Pending& pending) { facts.oldest_pending = pending.oldest; });
}

void NodeRecords::health_package(Done<HealthPackage> done) {
  const auto with_log = [this, done](const PackageParts& parts) {
    node_.sync_log(kExchangesPacked, [done, parts](const Result<std::vector<SyncLogRow>>& rows) {
      PackageParts all = parts;
      if (rows) all.exchanges = *rows;
      all.log = last_log_lines();
      done(package_of(all));
    });
  };
  health([this, done, with_log](const Result<HealthReport>& report) {
    if (!report) return done(fail(report));
    PackageParts parts{
        .made_at = report->checked_at, .program = kVersion, .checks = report->checks};
    node_.admin_status([with_log, parts](const Result<AdminStatus>& status) {
      PackageParts more = parts;
      if (status) more.status = *status;
      with_log(more);
    });
  });
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
