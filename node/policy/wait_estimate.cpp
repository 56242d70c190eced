#include "node/policy/wait_estimate.h"

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr std::int64_t kStepMin = 5;
constexpr std::int64_t kStepMs = kStepMin * 60'000;

// Of an even number, the longer one of the two in the middle. One case that was left open over noon
// must not tell everybody to go home.
std::int64_t median(std::vector<std::int64_t>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::optional<std::int64_t> estimate_wait_min(WaitFacts facts, std::int64_t samples_min) {
  const auto samples = static_cast<std::int64_t>(facts.served_ms.size());
  if (samples == 0 || samples < samples_min) return std::nullopt;
  if (facts.waiting <= 0 || facts.open_windows <= 0) return std::nullopt;
  const std::int64_t wait_ms = median(facts.served_ms) * facts.waiting / facts.open_windows;
  return std::max<std::int64_t>(1, (wait_ms + kStepMs - 1) / kStepMs) * kStepMin;
}

}  // namespace yizhan::node
