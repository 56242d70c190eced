// Policy values: each number and switch of a policy, by its key.
//
// What        One table for the reader of policy files and for the screens that show the policy.
// Invariants  Keys are "table.key" of the file, in the file's order.
// Units       The unit of each value: min, s, h, d, %, or empty for a plain count.
// Errors      none.
// Source      domain.md section 5.
#pragma once
#include <span>

#include "node/policy/policy.h"

namespace yizhan::node {

struct PolicyNumber {
  const char* key;
  std::int64_t& (*at)(Policy& policy);
  std::int64_t min;  // ▲: the city's own value is the limit on its side
  std::int64_t max;
  const char* unit;
  const char* title;
  const char* title_en;
  bool only_tighter = false;
};
std::span<const PolicyNumber> policy_numbers();

struct PolicySwitch {
  const char* key;
  bool& (*at)(Policy& policy);
  const char* title;
  const char* title_en;
};
std::span<const PolicySwitch> policy_switches();

// Everything a screen shows of a policy.
struct PolicyValue {
  std::string key;
  std::string value;
  std::string unit;
  std::string title;
  std::string title_en;
  bool only_tighter = false;
};
std::vector<PolicyValue> policy_values(const Policy& policy);

const char* title_of(Period period);
const char* title_en_of(Period period);

}  // namespace yizhan::node
