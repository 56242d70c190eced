// Evaluation reasons: what a person may tick who was not satisfied.
//
// Invariants  A code is never given to another reason; the last one is "other".
// Units       none.
// Errors      none.
// Source      ux.md W7.
#pragma once
#include <span>
#include <string_view>

namespace yizhan::node {

struct EvaluationReason {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

std::span<const EvaluationReason> evaluation_reasons();  // in the order of the screen
bool knows_reason(std::string_view code);

}  // namespace yizhan::node
