#include "tests/sim/prng.h"

#include <bit>

#include "crdt/base/check.h"
#include "crdt/base/hash.h"

namespace yizhan::sim {

Prng::Prng(std::uint64_t seed, std::string_view subsystem, std::uint64_t index) {
  const Hash32 bytes =
      Hasher("yz.sim.prng", 32).add_u64(seed).add_u64(index).add(view(subsystem)).finish32();
  std::memcpy(state_.data(), bytes.data(), bytes.size());
  if constexpr (std::endian::native == std::endian::big) {
    for (std::uint64_t& word : state_) word = __builtin_bswap64(word);
  }
}

std::uint64_t Prng::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

// The bias of a remainder is below 2^-20 for every bound used here.
std::uint64_t Prng::below(std::uint64_t bound) {
  YZ_CHECK(bound > 0);
  return next() % bound;
}

std::int64_t Prng::between(std::int64_t low, std::int64_t high) {
  YZ_CHECK(low <= high);
  return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
}

void Prng::fill(std::span<std::uint8_t> out) {
  for (std::size_t at = 0; at < out.size(); at += 8) {
    std::uint64_t word = next();
    for (std::size_t i = at; i < out.size() && i < at + 8; ++i, word >>= 8) {
      out[i] = static_cast<std::uint8_t>(word);
    }
  }
}

}  // namespace yizhan::sim
