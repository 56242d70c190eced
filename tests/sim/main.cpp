// yizhan-sim: runs simulated cities, seed by seed.
//   yizhan-sim [--seeds N] [--first S] [--jobs J] [--json]
//   yizhan-sim --seed S [--trace]
//   yizhan-sim --bugs [--seeds N] [--json]     hunts the planted bugs, in yizhan-sim-planted
//   yizhan-sim-planted --bug NAME ...          any of the above with this bug planted
// Exit codes: 0 every promise held; 1 one was broken; 2 usage.
#include <sodium.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "tests/sim/campaign.h"

namespace {

using namespace yizhan::sim;

int run_one(std::uint64_t seed, bool trace) {
  const SeedResult result = run_seed(seed, trace ? &std::cout : nullptr);
  std::cout << "seed " << seed << ": " << result.events << " events, " << result.changes
            << " changes, trace " << yizhan::to_hex(result.trace) << '\n';
  if (!result.violation) return 0;
  std::cout << "broken: " << name(result.violation->invariant) << ": " << result.violation->detail
            << '\n';
  return 1;
}

int run_many(const SeedRange& range, bool json) {
  const auto begun = std::chrono::steady_clock::now();
  const std::vector<SeedResult> results = run_seeds(range);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  bool held = true;
  for (const SeedResult& result : results) {
    if (!result.violation) continue;
    held = false;
    std::cerr << "seed " << result.seed << " broke " << name(result.violation->invariant) << ": "
              << result.violation->detail << '\n';
  }
  if (json) {
    std::cout << report_json(results, took.count()) << '\n';
  } else {
    std::cout << results.size() << " seeds, trace " << yizhan::to_hex(trace_hash(results)) << ", "
              << took.count() << " ms\n";
  }
  return held ? 0 : 1;
}

#ifdef YZ_PLANTED_BUGS
int run_bugs(const SeedRange& range, char**) {
  const std::vector<BugResult> bugs = hunt_bugs(range);
  std::cout << bugs_json(bugs) << '\n';
  for (const BugResult& bug : bugs) {
    if (!bug.caught_by || bug.clean_failures > 0) return 1;
  }
  return 0;
}
#else
// The bugs are compiled into a second program only, which stands beside this one.
int run_bugs(const SeedRange&, char** arguments) {
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string planted = self.string() + "-planted";
  execv(planted.c_str(), arguments);
  std::cerr << "cannot start " << planted << '\n';
  return 2;
}
#endif

}  // namespace

int main(int count, char** arguments) try {
  CLI::App app("Runs simulated cities, seed by seed.", "yizhan-sim");
  SeedRange range;
  std::optional<std::uint64_t> seed;
  bool trace = false;
  bool json = false;
  bool bugs = false;
  const auto* seeds = app.add_option("--seeds", range.count, "how many seeds")
                          ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{10'000'000}));
  app.add_option("--first", range.first, "the first seed");
  app.add_option("--jobs", range.jobs, "threads")->check(CLI::Range(1, 256));
  app.add_option("--seed", seed, "run this seed alone");
  app.add_flag("--trace", trace, "with --seed: print every event");
  app.add_flag("--json", json, "end with one JSON object");
  app.add_flag("--bugs", bugs, "hunt the planted bugs; at most --seeds (500) seeds each");
#ifdef YZ_PLANTED_BUGS
  std::string bug;
  app.add_option("--bug", bug, "plant this bug");
#endif
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (sodium_init() < 0) return 2;
#ifdef YZ_PLANTED_BUGS
  if (!bug.empty()) {
    const auto called = bug_called(bug);
    if (!called) {
      std::cerr << "--bug: no planted bug is called " << bug << '\n';
      return 2;
    }
    range.bug = *called;
    yizhan::planted_bug = *called;  // also in this thread
  }
#endif
  if (bugs) {
    if (seeds->count() == 0) range.count = 500;
    return run_bugs(range, arguments);
  }
  return seed ? run_one(*seed, trace) : run_many(range, json);
} catch (const std::exception& error) {
  std::cerr << "yizhan-sim: " << error.what() << '\n';
  return 2;
}
