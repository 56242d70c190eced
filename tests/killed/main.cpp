// yizhan-kills: kills a node's store and engine while they save, thousands of times.
//   --kills N      in all            --folder-kills N  on one folder, before it is read whole
//   --seed N
// The last line is one JSON object. Exit 1: a promise did not hold, and which.
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/killed/lives.h"

namespace {

using namespace yizhan::killed;

struct Wishes {
  std::uint64_t kills = 10'000;
  std::uint64_t folder_kills = 1'000;
  std::uint64_t seed = 1;
};

int run(const Wishes& wishes) {
  const auto begun = std::chrono::steady_clock::now();
  LivesTally tally;
  std::uint64_t folders = 0;
  int exit = 0;
  try {
    for (std::uint64_t left = wishes.kills; left > 0; ++folders) {
      const std::uint64_t kills = std::min(left, wishes.folder_kills);
      Lives(wishes.seed + folders, tally).run(kills);
      left -= kills;
    }
  } catch (const std::exception& caught) {
    std::cout << "does not hold: seed " << wishes.seed + folders << ": " << caught.what() << '\n';
    exit = 1;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  const nlohmann::json said{{"kills", tally.kills},
                            {"in_a_start", tally.in_a_start},
                            {"acknowledged", tally.acknowledged},
                            {"stands_unsaid", tally.stands_unsaid},
                            {"folders", folders},
                            {"seconds", took.count()}};
  std::cout << said.dump() << '\n';
  return exit;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"Kills a node's store and engine while they save"};
  Wishes wishes;
  app.add_option("--kills", wishes.kills);
  app.add_option("--folder-kills", wishes.folder_kills)->check(CLI::PositiveNumber);
  app.add_option("--seed", wishes.seed);
  CLI11_PARSE(app, argc, argv);
  if (sodium_init() < 0) return 2;
  return run(wishes);
} catch (const std::exception& caught) {
  std::cerr << caught.what() << '\n';
  return 2;
}
