// Materials: what a resident brings for a service item.
//
// What        The list that stands on the slip and is read out at the counter.
// Errors      none: an item without a list has none to show.
// Source      domain.md 8.5. The city's own catalogue comes with the signed policy.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace yizhan::node {

std::vector<std::string> materials_of(std::string_view item);

}  // namespace yizhan::node
