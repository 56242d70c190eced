// Agent basis: on what ground somebody acts for a resident, and the papers that show it.
//
// What        Closed list with the papers that the agent brings beside those of the item.
// Errors      BadFormat, field "basis": not on the list.
// Source      domain.md 4.2 (民法典 165: a written authority says until when) and hard case 33.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan::node {

// Wire numbers: never reuse one.
enum class AgentBasis : std::uint8_t {
  PowerOfAttorney = 1,  // 委托代理, by a written authority that ends
  LegalGuardian = 2     // 法定代理: of a minor, or of who cannot act
};

Result<AgentBasis> parse_agent_basis(std::string_view name);  // as in docs/openapi.yaml
const char* name(AgentBasis basis);
std::vector<std::string> papers_of(AgentBasis basis);

}  // namespace yizhan::node
