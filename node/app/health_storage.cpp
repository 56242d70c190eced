#include "node/app/health_storage.h"

#include <algorithm>
#include <array>

#include "node/app/health_text.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kSpaceWarnBytes = std::int64_t{2} * 1024 * 1024 * 1024;
constexpr std::int64_t kSpaceFailBytes = std::int64_t{200} * 1024 * 1024;
constexpr std::int64_t kBackupWarnDays = 7;
constexpr std::int64_t kVerifiedWarnDays = 30;

HealthCheck space(const NodeStatus& node) {
  const auto free = node.disk_free_bytes;
  if (!free) return {.id = "ST-02"};
  const bool full = *free < kSpaceFailBytes;
  const bool low = *free < kSpaceWarnBytes;
  return {.id = "ST-02",
          .verdict = full ? Verdict::Fail : (low ? Verdict::Warn : Verdict::Ok),
          .value = free,
          .found = full ? "full" : (low ? "low" : "room"),
          .with = {{"free", size_text(*free)},
                   {"next", size_text(low ? kSpaceFailBytes : kSpaceWarnBytes)}}};
}

// What is signed and chained is the chain's; the journal stands beside the database; the rest is
// the database that is made of the chain.
const char* check_of(const VerifyFinding& finding) {
  constexpr std::array kOfChain = {"chain",       "seal",    "digest",   "keyring",
                                   "certificate", "receipt", "scope_key"};
  if (finding.what == "journal") return "ST-09";
  const bool of_chain = std::find(kOfChain.begin(), kOfChain.end(), finding.what) != kOfChain.end();
  return of_chain ? "ST-05" : "ST-04";
}

HealthCheck recomputed(std::string_view id, const HealthFacts& facts) {
  if (!facts.verified) return {.id = std::string(id), .found = "not_verified"};
  HealthCheck check{.id = std::string(id), .verdict = Verdict::Ok, .value = 0, .found = "agrees"};
  for (const VerifyFinding& finding : facts.verified->findings) {
    if (check_of(finding) != id) continue;
    if (*check.value == 0) check.with["first"] = finding.what + " " + finding.where;
    ++*check.value;
  }
  if (*check.value > 0) {
    check.verdict = Verdict::Fail;
    check.found = "differs";
  }
  check.with["count"] = std::to_string(*check.value);
  check.with["changes"] = std::to_string(facts.verified->changes);
  check.with["entities"] = std::to_string(facts.verified->entities);
  return check;
}

// None at all is no better than an old one.
HealthCheck backup(const HealthFacts& facts) {
  if (!facts.backups.made_at) return {.id = "ST-10", .verdict = Verdict::Warn, .found = "none"};
  const WallMs made = *facts.backups.made_at;
  const std::int64_t age = std::max<std::int64_t>(0, days_between(made, facts.node.now));
  const bool old = age >= kBackupWarnDays;
  return {.id = "ST-10",
          .verdict = old ? Verdict::Warn : Verdict::Ok,
          .value = age,
          .found = old ? "old" : "made",
          .with = {{"when", moment_text(made)}, {"days", std::to_string(age)}}};
}

// A backup that cannot be opened is none: the newest one that failed is told before any age.
HealthCheck verified_backup(const HealthFacts& facts) {
  const BackupFacts& backups = facts.backups;
  if (!backups.bad_file.empty()) {
    return {.id = "ST-11",
            .verdict = Verdict::Fail,
            .found = "bad",
            .with = {{"file", backups.bad_file}}};
  }
  if (!backups.verified_at) return {.id = "ST-11", .verdict = Verdict::Warn, .found = "never"};
  const std::int64_t age =
      std::max<std::int64_t>(0, days_between(*backups.verified_at, facts.node.now));
  const bool old = age >= kVerifiedWarnDays;
  return {.id = "ST-11",
          .verdict = old ? Verdict::Warn : Verdict::Ok,
          .value = age,
          .found = old ? "old" : "good",
          .with = {{"when", moment_text(*backups.verified_at)}, {"days", std::to_string(age)}}};
}

HealthCheck put_back(const HealthFacts& facts) {
  if (!facts.put_back) return {.id = "ST-12", .verdict = Verdict::Ok, .found = "own"};
  return {.id = "ST-12",
          .verdict = Verdict::Warn,
          .value = facts.put_back->lacking,
          .found = facts.put_back->how,
          .with = {{"lacking", std::to_string(facts.put_back->lacking)}}};
}

}  // namespace

std::vector<HealthCheck> storage_checks(const HealthFacts& facts) {
  HealthCheck writing{.id = "ST-03", .verdict = Verdict::Ok, .found = "saves"};
  if (!facts.node.can_save) writing = {.id = "ST-03", .verdict = Verdict::Fail, .found = "fails"};
  return {space(facts.node),          writing,
          recomputed("ST-04", facts), recomputed("ST-05", facts),
          recomputed("ST-09", facts), backup(facts),
          verified_backup(facts),     put_back(facts)};
}

}  // namespace yizhan::node
