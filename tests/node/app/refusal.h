// Refusal: how a use case answered, as one text that a test compares.
#pragma once
#include <string>

#include "crdt/base/result.h"

namespace yizhan::node::test {

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "accepted" : std::string(name(result.error().code)) + " " + result.error().field;
}

}  // namespace yizhan::node::test
