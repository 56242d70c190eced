// CHECK: what our own code promised. Never for bytes from a peer, a disk or a person.
//
// What        Stops the process when a promise of our own code is broken; on in release builds.
// Invariants  The message holds the expression and place only, never data.
// Errors      none: it does not return.
#pragma once

namespace yizhan {
[[noreturn]] void check_failed(const char* expression, const char* file, int line);
}  // namespace yizhan

#define YZ_CHECK(expression) \
  ((expression) ? static_cast<void>(0) : ::yizhan::check_failed(#expression, __FILE__, __LINE__))
