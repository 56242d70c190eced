#include "node/cli/stopped_node.h"

#include <sys/statvfs.h>

#include <algorithm>

#include "node/app/pending.h"
#include "node/backup/backup_shelf.h"
#include "node/identity/node_files.h"
#include "node/net/line_probe.h"
#include "node/policy/china_time.h"
#include "node/runtime/backup_plan.h"
#include "node/runtime/clocks.h"
#include "node/runtime/policy_load.h"
#include "node/store/database.h"
#include "node/store/doubles.h"
#include "node/store/journal_record.h"
#include "node/store/store_reads.h"
#include "node/store/verify.h"

namespace yizhan::node::cli {
namespace {

constexpr std::chrono::milliseconds kCallLimit{8'000};  // 2G needs several seconds
constexpr std::chrono::milliseconds kPortLimit{1'000};
constexpr std::int64_t kHourS = 3600;

std::optional<std::int64_t> free_bytes(const std::filesystem::path& folder) {
  struct statvfs facts {};
  if (::statvfs(folder.c_str(), &facts) != 0) return std::nullopt;
  return static_cast<std::int64_t>(facts.f_bavail) * static_cast<std::int64_t>(facts.f_frsize);
}

// What can be said without its database.
HealthFacts facts_outside(const Config& config, const NodeIdentity& identity, WallMs now) {
  const sync::Certificate& self = identity.certificate;
  HealthFacts facts;
  facts.serving = false;
  facts.self = self.node();
  facts.node.role = static_cast<NodeRole>(self.role);
  facts.node.now = now;
  facts.node.clock_suspect = now < self.not_before;
  facts.node.can_save = true;
  facts.node.disk_free_bytes = free_bytes(config.data_dir);
  facts.certificate_ends = self.not_after;
  auto sight = BackupShelf(backup_plan(config).shelf).sight(facts.self, now);
  facts.backups = {sight.made_at, sight.verified_at, std::move(sight.bad_file)};
  if (const auto policy = load_policy(config)) {
    facts.calendar_days = known_days_from(policy->calendar, china_moment(now).day);
    if (identity.parent) {
      facts.node.agreed_interval_s = policy->station.agreed_interval_h * kHourS;
    }
  }
  return facts;
}

void read_records(const SqliteStore& store, const NodeIdentity& identity, const NodeKeys& keys,
                  HealthFacts& facts) {
  SystemEntropy entropy;
  const sync::Engine engine(engine_identity(identity, keys), store, entropy);
  const sync::Engine::Delivery sent = engine.delivery();
  facts.node.counts =
      RungCounts{static_cast<std::int64_t>(sent.saved), static_cast<std::int64_t>(sent.carried),
                 static_cast<std::int64_t>(sent.received),
                 static_cast<std::int64_t>(sent.saved - sent.carried)};
  facts.last_receipt = newest(engine.receipts());
  facts.clock_floor = WallMs{crdt::wall_ms(store.hlc_floor())};
  facts.dead_letters = store.counts().dead_letters;
  if (const auto found = doubles(store, facts.node.now)) {
    facts.doubles = static_cast<std::int64_t>(found->size());
  }
  if (const auto pending = read_pending(StoreReads(store), pending_streams(engine))) {
    facts.oldest_pending = pending->oldest;
  }
  const JournalOwner owner{identity.certificate.node(), journal_key(keys.secrets.sign)};
  if (auto report = verify(store, identity.root_public, &owner)) {
    facts.verified = std::move(*report);
    facts.verified_at = facts.node.now;
  }
}

HealthCheck guard_finding(Verdict verdict, const char* found, std::uint64_t lacking = 0) {
  return {.id = "ST-09",
          .verdict = verdict,
          .value = static_cast<std::int64_t>(lacking),
          .found = found,
          .with = {{"lacking", std::to_string(lacking)}}};
}

// What the next start will conclude, without concluding it.
std::vector<HealthCheck> guard_checks(const SqliteStore& store, const std::filesystem::path& folder,
                                      const NodeKeys& keys) {
  const auto guard = Guard::open(folder, guard_key(keys.secrets.sign));
  if (!guard || !guard->facts()) {
    const bool is_new = store.streams().empty();
    if (is_new) return {};
    return {guard_finding(Verdict::Warn, "no_guard")};
  }
  if (guard->facts()->nonce != store.database_nonce()) {
    return {guard_finding(Verdict::Warn, "other")};
  }
  std::uint64_t lacking = 0;
  for (const auto& [stream, guarded] : guard->facts()->streams) {
    std::uint64_t held = 0;
    for (const sync::StreamRow& row : store.streams()) {
      if (row.id == stream) held = row.seq;
    }
    if (guarded.committed > held) lacking += guarded.committed - held;
  }
  if (lacking > 0) return {guard_finding(Verdict::Warn, "behind", lacking)};
  if (guard->copied()) return {guard_finding(Verdict::Warn, "copied")};
  return {};
}

// In place of what verify would say, when the database cannot be looked at.
std::vector<HealthCheck> unread(const Error& error) {
  if (error.code == Errc::Unsupported) {
    return {{.id = "ST-04", .verdict = Verdict::Warn, .found = "log_waits"}};
  }
  if (error.code == Errc::NotFound) {
    return {{.id = "ST-04", .verdict = Verdict::Ok, .found = "new"}};
  }
  if (error.code == Errc::Busy) return {};  // SV-03 tells who has it
  return {{.id = "ST-04",
           .verdict = Verdict::Fail,
           .found = "unreadable",
           .with = {{"error", error.detail}}}};
}

HealthCheck call_above(const Config& config, const NodeIdentity& identity, const NodeKeys& keys) {
  if (!identity.parent) return {.id = "SY-01", .verdict = Verdict::Ok, .found = "top"};
  if (config.link_parent.empty()) {
    return {.id = "SY-01", .verdict = Verdict::Warn, .found = "not_set"};
  }
  LinkOptions options;
  options.secret = keys.secrets.curve.bytes();
  options.dial = "tcp://" + config.link_parent;
  options.dial_key = identity.above.back().curve_key;
  const LineState state = probe_line(options, kCallLimit);
  return {.id = "SY-01",
          .verdict = state == LineState::Answers ? Verdict::Ok : Verdict::Warn,
          .found = name(state),
          .with = {{"address", config.link_parent}}};
}

}  // namespace

std::vector<HealthCheck> stopped_node_checks(const Config& config, WallMs now) {
  const NodeFiles files(config.data_dir);
  const auto identity = files.identity();
  if (!identity) return {{.id = "ID-02", .verdict = Verdict::Fail, .found = "not_joined"}};
  HealthFacts facts = facts_outside(config, *identity, now);
  const auto keys = files.keys();
  if (!keys) return health_checks(facts);  // ID-01 tells what is wrong with them
  const auto store = SqliteStore::look_into(config.data_dir);
  std::vector<HealthCheck> more;
  if (store) {
    read_records(**store, *identity, *keys, facts);
    more = guard_checks(**store, config.data_dir, *keys);
  } else {
    more = unread(store.error());
  }
  more.push_back(call_above(config, *identity, *keys));
  return merged(health_checks(facts), std::move(more));
}

std::vector<HealthCheck> service_checks(const Config& config, bool answers) {
  HealthCheck service{.id = "SV-03", .verdict = Verdict::Warn, .found = "stopped"};
  const auto lock = FolderLock::share(config.data_dir);
  if (!lock && lock.error().code == Errc::Busy) {
    service.verdict = answers ? Verdict::Ok : Verdict::Fail;
    service.found = answers ? "serves" : "stuck";
    service.with = {{"pid", lock.error().detail}};
  }
  const bool open = probe_tcp(config.http_listen, kPortLimit) == LineState::Answers;
  HealthCheck port{
      .id = "SV-02", .verdict = Verdict::Ok, .with = {{"address", config.http_listen}}};
  port.found = answers ? (open ? "open" : "silent") : (open ? "taken" : "free");
  if (answers != open) port.verdict = Verdict::Fail;
  return {port, service};
}

HealthCheck line_check(const std::string& address) {
  if (address.empty()) return {.id = "SY-01", .verdict = Verdict::Warn, .found = "not_set"};
  const LineState state = probe_tcp(address, kCallLimit);
  if (state == LineState::Answers) return {.id = "SY-01"};
  return {.id = "SY-01",
          .verdict = Verdict::Warn,
          .found = name(state),
          .with = {{"address", address}}};
}

}  // namespace yizhan::node::cli
