// Period: which service period a moment lies in.
//
// What        Regular hours, noon, weekend, or none. The order of the names is that of the wire.
// Invariants  none.
// Units       Minutes of the day, China time.
// Errors      none: outside of every period there is no kind.
// Source      domain.md section 5 (hours.regular, no_rest.*) and the glossary.
#pragma once
#include <cstdint>
#include <optional>

#include "node/policy/china_time.h"

namespace yizhan::node {

// Wire numbers: never reuse one.
enum class PeriodKind : std::uint8_t {
  Regular = 1,
  Noon = 2,
  FlexEarly = 3,
  FlexLate = 4,
  Overtime = 5,
  Weekend = 6,
  StatutoryHoliday = 7
};

std::optional<PeriodKind> period_at(const ChinaMoment& at);

}  // namespace yizhan::node
