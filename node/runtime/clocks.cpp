#include "node/runtime/clocks.h"

#include <sodium.h>
#include <time.h>

namespace yizhan::node {
namespace {

std::int64_t read_ms(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

WallMs wall_now() { return {read_ms(CLOCK_REALTIME)}; }
MonoMs mono_now() { return {read_ms(CLOCK_BOOTTIME)}; }

void SystemEntropy::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

Result<void> start_crypto() {
  if (sodium_init() < 0) return fail(Errc::Unsupported, "libsodium does not start");
  return {};
}

}  // namespace yizhan::node
