// Wall and monotonic time as two types that do not mix.
//
// What        WallMs is what the clock on the wall says and may jump; MonoMs only grows, within
//             one boot. Deadlines and retries use MonoMs, the hybrid logical clock uses WallMs.
// Units       Milliseconds. WallMs counts from the Unix epoch.
// Errors      none.
#pragma once
#include <chrono>
#include <cstdint>

#include "crdt/base/ids.h"

namespace yizhan {

using WallMs = Strong<struct WallMsTag, std::int64_t>;
using MonoMs = Strong<struct MonoMsTag, std::int64_t>;

inline MonoMs operator+(MonoMs at, std::chrono::milliseconds d) { return {at.value + d.count()}; }
inline WallMs operator+(WallMs at, std::chrono::milliseconds d) { return {at.value + d.count()}; }
inline std::chrono::milliseconds operator-(MonoMs a, MonoMs b) {
  return std::chrono::milliseconds(a.value - b.value);
}
inline std::chrono::milliseconds operator-(WallMs a, WallMs b) {
  return std::chrono::milliseconds(a.value - b.value);
}

}  // namespace yizhan
