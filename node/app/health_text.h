// Health text: how the numbers of a finding are written, the same in every language.
//
// Units       1 GB is 1024 MB here, as on the pages.
// Errors      none.
#pragma once
#include <string>

#include "crdt/base/time.h"

namespace yizhan::node {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 86'400'000;

std::string size_text(std::int64_t bytes);  // 1.9 GB, 200 MB
std::string moment_text(WallMs at);         // 2026-03-05 09:30, by the station's clock
std::int64_t days_between(WallMs from, WallMs to);

}  // namespace yizhan::node
