// yizhan-cut-transfer: cuts one exchange of 64 KiB at one byte after the other, and mends it.
//   --step N     in memory: after every Nth byte; 1: after each
//   --sockets N  at so many random bytes of exchanges over real sockets     --seed N
// The last line is one JSON object. Exit 1: an exchange did not go on, or sent too much again.
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/cut/in_memory.h"
#include "tests/cut/over_sockets.h"
#include "tests/sim/prng.h"

namespace {

using namespace yizhan;
using cut::Broken;

constexpr std::size_t kAgainMax = 3 * cut::kPayloadBytes;

struct Wishes {
  std::size_t step = 1;
  std::size_t sockets = 200;
  std::uint64_t seed = 1;
};

struct Tally {
  std::size_t cuts = 0;
  std::size_t whole = 0;  // bytes of an uncut exchange
  std::size_t again = 0;  // bytes sent again at most

  void add(std::size_t at, std::size_t sent_again) {
    ++cuts;
    again = std::max(again, sent_again);
    if (sent_again < kAgainMax) return;
    throw Broken("cut after byte " + std::to_string(at) + ": " + std::to_string(sent_again) +
                 " bytes were sent again");
  }
  nlohmann::json json() const {
    return {{"cuts", cuts}, {"whole_bytes", whole}, {"sent_again_most", again}};
  }
};

void cut_in_memory(const Wishes& wishes, Tally& tally) {
  cut::InMemory exchange;
  tally.whole = exchange.whole();
  for (std::size_t at = 0; at < tally.whole; at += wishes.step) {
    tally.add(at, exchange.cut_after(at));
  }
}

void cut_over_sockets(const Wishes& wishes, Tally& tally) {
  if (wishes.sockets == 0) return;
  cut::OverSockets exchange;
  sim::Prng chance(wishes.seed, "cut");
  tally.whole = exchange.whole();
  while (tally.cuts < wishes.sockets) {
    const std::size_t at = chance.below(tally.whole);
    const auto passed = exchange.cut_after(at);
    if (passed.cut) tally.add(at, passed.passed - std::min(passed.passed, tally.whole));
  }
}

int run(const Wishes& wishes) {
  const auto begun = std::chrono::steady_clock::now();
  Tally memory;
  Tally sockets;
  int exit = 0;
  try {
    cut_in_memory(wishes, memory);
    cut_over_sockets(wishes, sockets);
  } catch (const Broken& broken) {
    std::cout << "does not hold: " << broken.what() << '\n';
    exit = 1;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  const nlohmann::json said{{"payload_bytes", cut::kPayloadBytes},
                            {"memory", memory.json()},
                            {"sockets", sockets.json()},
                            {"seconds", took.count()}};
  std::cout << said.dump() << '\n';
  return exit;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"Cuts one exchange at one byte after the other, and mends it"};
  Wishes wishes;
  app.add_option("--step", wishes.step)->check(CLI::PositiveNumber);
  app.add_option("--sockets", wishes.sockets);
  app.add_option("--seed", wishes.seed);
  CLI11_PARSE(app, argc, argv);
  if (sodium_init() < 0) return 2;
  return run(wishes);
} catch (const std::exception& caught) {
  std::cerr << caught.what() << '\n';
  return 2;
}
