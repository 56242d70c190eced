#include "node/policy/agent_basis.h"

namespace yizhan::node {

Result<AgentBasis> parse_agent_basis(std::string_view name) {
  for (const AgentBasis basis : {AgentBasis::PowerOfAttorney, AgentBasis::LegalGuardian}) {
    if (name == node::name(basis)) return basis;
  }
  return fail(Errc::BadFormat, "unknown ground", "basis");
}

const char* name(AgentBasis basis) {
  switch (basis) {
    case AgentBasis::PowerOfAttorney: return "power_of_attorney";
    case AgentBasis::LegalGuardian: return "legal_guardian";
  }
  return "power_of_attorney";
}

std::vector<std::string> papers_of(AgentBasis basis) {
  switch (basis) {
    case AgentBasis::PowerOfAttorney: return {"代办人身份证", "授权委托书"};
    case AgentBasis::LegalGuardian: return {"监护人身份证", "监护关系证明"};
  }
  return {};
}

}  // namespace yizhan::node
