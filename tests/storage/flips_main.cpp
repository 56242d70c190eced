// yizhan-bit-flips: flips one bit of a station's files at a time, and asks it everything.
//   --every N   every Nth place alone           --part I --parts N   one part of these
//   --deep N    export and sync at every Nth    --seed N
//   --untagged  a planted fault: pages are read whether their tag fits or not
// The last line is one JSON object. Exit 1: an answer was wrong, and nobody said so.
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/storage/flips.h"

namespace {

using namespace yizhan;
using namespace yizhan::storage;

struct Wishes {
  std::size_t every = 1;
  std::size_t part = 1;
  std::size_t parts = 1;
  std::size_t deep = 1;  // export and sync are asked at every so many flips
  bool untagged = false;
  std::uint64_t seed = 1;
};

int run(const Wishes& wishes) {
  const auto begun = std::chrono::steady_clock::now();
  const Flips flips(wishes.seed);
  FlipTally tally;
  const node::Damage damage = wishes.untagged ? node::Damage::Tell : node::Damage::Refuse;
  const std::size_t step = wishes.every * wishes.parts;
  for (std::size_t i = (wishes.part - 1) * wishes.every; i < flips.places().size(); i += step) {
    const bool deep = tally.flips % wishes.deep == 0;
    flips.flip(flips.places()[i], damage, {deep, deep}, tally);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  if (tally.silent > 0) std::cout << "does not hold: " << tally.first_silent << '\n';
  const nlohmann::json said{{"places", flips.places().size()},
                            {"pages", flips.pages()},
                            {"flips", tally.flips},
                            {"same", tally.same},
                            {"refused", tally.refused},
                            {"told", tally.told},
                            {"silent", tally.silent},
                            {"seconds", took.count()}};
  std::cout << said.dump() << '\n';
  return tally.silent > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) try {
  CLI::App app{"Flips one bit of a station's files at a time, and asks it everything"};
  Wishes wishes;
  app.add_option("--every", wishes.every)->check(CLI::PositiveNumber);
  app.add_option("--part", wishes.part)->check(CLI::PositiveNumber);
  app.add_option("--parts", wishes.parts)->check(CLI::PositiveNumber);
  app.add_option("--deep", wishes.deep)->check(CLI::PositiveNumber);
  app.add_flag("--untagged", wishes.untagged);
  app.add_option("--seed", wishes.seed);
  CLI11_PARSE(app, argc, argv);
  if (sodium_init() < 0) return 2;
  return run(wishes);
} catch (const std::exception& caught) {
  std::cerr << caught.what() << '\n';
  return 2;
}
