// Prng: the simulator's only source of chance; one generator per subsystem, split from the seed.
//
// What        xoshiro256**. A subsystem draws from a generator of its own, so that one more draw in
//             one of them does not shift what the others see.
// Invariants  The sequence depends on (seed, subsystem, index) alone, on every machine.
// Units       Rates are per mille; no floating point anywhere.
// Errors      none.
// Source      Blackman and Vigna 2018; reliability.md D3.
#pragma once
#include <span>
#include <string_view>

#include "sync/keys.h"

namespace yizhan::sim {

class Prng {
 public:
  Prng(std::uint64_t seed, std::string_view subsystem, std::uint64_t index = 0);
  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound);                   // 0 to bound - 1
  std::int64_t between(std::int64_t low, std::int64_t high);  // both included
  bool per_mille(std::uint64_t rate) { return rate > 0 && below(1000) < rate; }
  void fill(std::span<std::uint8_t> out);

 private:
  std::array<std::uint64_t, 4> state_{};
};

class SimEntropy final : public sync::Entropy {
 public:
  explicit SimEntropy(Prng prng) : prng_(prng) {}
  void fill(std::span<std::uint8_t> out) override { prng_.fill(out); }

 private:
  Prng prng_;
};

}  // namespace yizhan::sim
