#include "node/policy/policy.h"

namespace yizhan::node {

const char* name(Period period) {
  switch (period) {
    case Period::Regular: return "regular";
    case Period::Noon: return "noon";
    case Period::FlexEarly: return "flex_early";
    case Period::FlexLate: return "flex_late";
    case Period::Overtime: return "overtime";
    case Period::Weekend: return "weekend";
    case Period::StatutoryHoliday: return "statutory_holiday";
  }
  return "regular";
}

}  // namespace yizhan::node
