#include "sync/epoch.h"

#include <algorithm>

namespace yizhan::sync {
namespace {

constexpr int kTries = 64;  // a node with so many lives that all marks are taken takes any

bool marked(const std::vector<Epoch>& known, std::uint16_t mark) {
  return std::any_of(known.begin(), known.end(),
                     [mark](const Epoch& epoch) { return epoch_mark(epoch) == mark; });
}

}  // namespace

std::uint16_t epoch_mark(const Epoch& epoch) {
  if (epoch.counter <= 1) return 0;
  std::uint64_t number = 0;
  for (const std::uint8_t byte : epoch.nonce) number = number << 8 | byte;
  return static_cast<std::uint16_t>(1 + number % kEpochMarks);
}

Epoch next_epoch(const std::vector<Epoch>& known, Entropy& entropy) {
  Epoch next{1, {}};
  for (const Epoch& epoch : known) next.counter = std::max(next.counter, epoch.counter + 1);
  for (int tries = 0; tries < kTries; ++tries) {
    entropy.fill(next.nonce);
    if (!marked(known, epoch_mark(next))) break;
  }
  return next;
}

}  // namespace yizhan::sync
