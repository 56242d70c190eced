#include "node/policy/evaluation_reasons.h"

#include <algorithm>
#include <array>

namespace yizhan::node {
namespace {

constexpr std::array kReasons = {
    EvaluationReason{"long_wait", "等候久", "Long wait"},
    EvaluationReason{"attitude", "态度", "Attitude"},
    EvaluationReason{"unclear", "一次没说清", "Not explained at once"},
    EvaluationReason{"extra_trips", "多跑路", "Had to come again"},
    EvaluationReason{"other", "其他", "Other"},
};

}  // namespace

std::span<const EvaluationReason> evaluation_reasons() { return kReasons; }

bool knows_reason(std::string_view code) {
  return std::any_of(kReasons.begin(), kReasons.end(),
                     [&](const EvaluationReason& row) { return row.code == code; });
}

Result<std::int64_t> reason_bits(const std::vector<std::string>& codes) {
  std::int64_t bits = 0;
  for (const std::string& code : codes) {
    const auto* const found =
        std::find_if(kReasons.begin(), kReasons.end(),
                     [&](const EvaluationReason& row) { return row.code == code; });
    if (found == kReasons.end()) return fail(Errc::BadFormat, "no such reason", "reasons");
    bits |= std::int64_t{1} << (found - kReasons.begin());
  }
  return bits;
}

}  // namespace yizhan::node
