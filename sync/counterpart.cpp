#include "sync/counterpart.h"

#include "crdt/base/check.h"

namespace yizhan::sync {

const Certificate& Counterpart::certificate() const {
  const Certificate* certificate = node ? replica.member(*node) : nullptr;
  YZ_CHECK(certificate != nullptr);
  return *certificate;
}

bool Counterpart::serves(const Scope& scope) const {
  return replica.self().replicates(scope) && certificate().replicates(scope);
}

bool Counterpart::is_parent() const {
  return replica.identity.parent && *node == *replica.identity.parent;
}

Notice Counterpart::notice(Notice::Kind kind) const {
  return {kind, link, node.value_or(NodeId{}), {}, 0, {}};
}

Notice Counterpart::refusal(const Error& error) const {
  Notice refused = notice(Notice::Kind::Refused);
  refused.detail = std::string(name(error.code)) + ": " + error.detail;
  return refused;
}

}  // namespace yizhan::sync
