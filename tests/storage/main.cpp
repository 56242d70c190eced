// yizhan-crash-states: starts the shipped store from what power cuts leave of its files.
//   --states N   until so many were started from     --first-seed N
//   --seed N     one seed alone, as it was in a run  --skip-syncs FILES   a planted fault
// The last line is one JSON object. Exit 1: a promise did not hold, and which.
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/storage/campaign.h"

namespace {

using namespace yizhan::storage;

struct Wishes {
  std::uint64_t states = 20'000;
  std::uint64_t first_seed = 1;
  std::uint64_t seed = 0;  // 0: no single one
  std::string skip_syncs;
};

nlohmann::json report(const Tally& tally, std::uint64_t seeds, double seconds) {
  return {{"states", tally.states},
          {"seeds", seeds},
          {"in_recovery", tally.in_recovery},
          {"deepest", tally.deepest},
          {"unacknowledged", tally.unacknowledged},
          {"taken_back", tally.taken_back},
          {"completed", tally.completed},
          {"damaged_journals", tally.damaged},
          {"refused", tally.refused},
          {"found_by_verify", tally.found},
          {"epochs", tally.epochs},
          {"faults", tally.faults},
          {"trace", tally.trace},
          {"seconds", seconds}};
}

int run(const Wishes& wishes) {
  const auto begun = std::chrono::steady_clock::now();
  Tally tally;
  std::uint64_t seed = wishes.seed > 0 ? wishes.seed : wishes.first_seed;
  std::uint64_t seeds = 0;
  int exit = 0;
  try {
    for (; wishes.seed > 0 ? seeds == 0 : tally.states < wishes.states; ++seed, ++seeds) {
      const DayPlan plan = plan_of(seed);
      run_seed(wishes.skip_syncs.empty() ? plan : without_syncs_of(plan, wishes.skip_syncs), tally);
    }
  } catch (const std::exception& caught) {
    std::cout << "does not hold: " << caught.what() << '\n';
    exit = 1;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  std::cout << report(tally, seeds, took.count()).dump() << '\n';
  return exit;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"Starts the shipped store from what power cuts leave of its files"};
  Wishes wishes;
  app.add_option("--states", wishes.states);
  app.add_option("--first-seed", wishes.first_seed);
  app.add_option("--seed", wishes.seed);
  app.add_option("--skip-syncs", wishes.skip_syncs);
  CLI11_PARSE(app, argc, argv);
  if (sodium_init() < 0) return 2;
  return run(wishes);
} catch (const std::exception& caught) {
  std::cerr << caught.what() << '\n';
  return 2;
}
