// Divisions: the city's counties and townships, as dated rows.
//
// What        Yangquan (1403): five counties and their townships, with the path that scopes use.
// Invariants  I1  ordered by path; a code never returns once retired.
//             I2  every row but the city stands below another row.
// Units       valid_from and valid_to: days since 1970-01-01; valid_to is exclusive, 0: open.
// Errors      none.
// Source      domain.md 8.4: National Bureau of Statistics, list of 2023-06-30.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace yizhan::node {

struct DivisionEntry {
  std::string_view path;
  std::string_view name;
  std::int64_t valid_from = 0;
  std::int64_t valid_to = 0;
};

std::span<const DivisionEntry> divisions();
const DivisionEntry* division_at(std::string_view path);  // null: not known

}  // namespace yizhan::node
