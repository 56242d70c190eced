#include "node/policy/period.h"

#include "node/policy/slots.h"

namespace yizhan::node {

std::optional<PeriodKind> period_at(const ChinaMoment& at) {
  const auto slot = slot_at(at.day, at.minute - at.minute % kSlotMinutes);
  if (!slot) return std::nullopt;
  if (!slot->off_hours) return PeriodKind::Regular;
  const int number = weekday(at.day);
  return number == 0 || number == 6 ? PeriodKind::Weekend : PeriodKind::Noon;
}

}  // namespace yizhan::node
