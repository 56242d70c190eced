// Evaluation reasons: what a person may tick who was not satisfied.
//
// Invariants  A code, and a place in the list, is never given to another reason; the last one is
//             "other".
// Units       Sets of reasons are bits, that of the first reason being 1.
// Errors      BadFormat, field "reasons": a code that is on no list.
// Source      ux.md W7.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan::node {

struct EvaluationReason {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

std::span<const EvaluationReason> evaluation_reasons();  // in the order of the screen
bool knows_reason(std::string_view code);
Result<std::int64_t> reason_bits(const std::vector<std::string>& codes);

}  // namespace yizhan::node
