#include "node/app/chip.h"

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

ChipState state_of(const NodeStatus& status, std::int64_t silent_ms) {
  if (!status.can_save) return ChipState::CannotSave;
  if (!status.counts) return ChipState::Unknown;
  const bool has_parent = status.role != NodeRole::Hub;
  if (has_parent && !status.connected) {
    const auto agreed = status.agreed_interval_s;
    const bool overdue = agreed && status.last_contact && silent_ms > *agreed * 1000;
    return overdue ? ChipState::Overdue : ChipState::Offline;
  }
  if (status.counts->pending > 0) return ChipState::Sending;
  return status.counts->received < status.counts->saved ? ChipState::DistrictOnly
                                                        : ChipState::Received;
}

}  // namespace

Chip chip_of(const NodeStatus& status) {
  // A clock that was set back makes no negative silence.
  const std::int64_t silent_ms =
      status.last_contact ? std::max<std::int64_t>(0, status.now.value - status.last_contact->value)
                          : 0;
  Chip chip;
  chip.state = state_of(status, silent_ms);
  if (status.counts) {
    chip.pending = status.counts->pending;
    chip.to_city = status.counts->saved - status.counts->received;
  }
  chip.since = status.last_contact;
  chip.days = silent_ms / kDayMs;
  chip.agreed_days = status.agreed_interval_s.value_or(0) * 1000 / kDayMs;
  return chip;
}

}  // namespace yizhan::node
