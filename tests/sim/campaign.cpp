#include "tests/sim/campaign.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace yizhan::sim {
namespace {

// In the threads of one program only: in the others there is nothing to plant.
void plant([[maybe_unused]] Bug bug) {
#ifdef YZ_PLANTED_BUGS
  planted_bug = bug;
#endif
}

// Runs seeds in order on `jobs` threads until `enough` says so of a result. Every seed below the
// last one returned has run.
template <class Enough>
std::vector<SeedResult> run_until(const SeedRange& range, Enough enough) {
  std::vector<SeedResult> results(range.count);
  std::atomic<std::uint64_t> next{0};
  std::atomic<std::uint64_t> end{range.count};
  const auto work = [&] {
    plant(range.bug);
    for (std::uint64_t i = next++; i < end; i = next++) {
      results[i] = run_seed(range.first + i);
      if (!enough(results[i])) continue;
      std::uint64_t seen = end;
      while (i + 1 < seen && !end.compare_exchange_weak(seen, i + 1)) {
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < range.jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  results.resize(end);
  return results;
}

}  // namespace

std::vector<SeedResult> run_seeds(const SeedRange& range) {
  return run_until(range, [](const SeedResult&) { return false; });
}

#ifdef YZ_PLANTED_BUGS
namespace {

constexpr std::pair<Bug, const char*> kBugs[] = {
    {Bug::AckBeforeDurable, "ack_before_durable"},
    {Bug::MergeByClockOnly, "merge_by_clock_only"},
    {Bug::DotReusedAfterCrash, "dot_reused_after_crash"},
    {Bug::RelayReencodes, "relay_reencodes"},
    {Bug::DictionaryOutsideTheSeal, "dictionary_outside_the_seal"},
    {Bug::RevokedStillAdmitted, "revoked_still_admitted"},
    {Bug::RevocationOnlyForward, "revocation_only_forward"},
    {Bug::QuarantineOnlyForward, "quarantine_only_forward"}};

BugResult hunt(const SeedRange& range, Bug bug, const char* bug_name) {
  BugResult result;
  result.bug = bug_name;
  SeedRange planted = range;
  planted.bug = bug;
  const auto caught =
      run_until(planted, [](const SeedResult& seed) { return seed.violation.has_value(); });
  result.seeds_run = caught.size();
  if (!caught.empty() && caught.back().violation) {
    result.caught_by = caught.back().violation;
    result.seed = caught.back().seed;
  }
  SeedRange same = range;
  same.count = result.seeds_run;
  const auto clean = run_seeds(same);
  result.clean_failures = static_cast<std::uint64_t>(
      std::count_if(clean.begin(), clean.end(),
                    [](const SeedResult& seed) { return seed.violation.has_value(); }));
  return result;
}

}  // namespace

std::optional<Bug> bug_called(const std::string& name) {
  for (const auto& [bug, bug_name] : kBugs) {
    if (name == bug_name) return bug;
  }
  return std::nullopt;
}

std::vector<BugResult> hunt_bugs(const SeedRange& range) {
  std::vector<BugResult> results;
  for (const auto& [bug, bug_name] : kBugs) results.push_back(hunt(range, bug, bug_name));
  return results;
}
#endif

}  // namespace yizhan::sim
