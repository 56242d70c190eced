// Service items: what a township station offers.
//
// What        The short local codes that a clerk types, with their national name and group.
// Invariants  Ordered by code; a code is never given to another item.
// Units       minutes: what one visit usually takes.
// Errors      none.
// Source      domain.md 8.5. The city's own catalogue comes with the signed policy.
#pragma once
#include <span>
#include <string_view>

namespace yizhan::node {

struct ServiceItem {
  std::string_view code;
  std::string_view name;
  std::string_view group;
  int minutes = 15;
  bool upstream = false;  // to be done with, it needs a system above this node
};

std::span<const ServiceItem> service_items();
const ServiceItem* service_item(std::string_view code);  // null: not offered

}  // namespace yizhan::node
