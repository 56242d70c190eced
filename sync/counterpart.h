// Counterpart: who is at the other end of a session, as all its parts see it.
//
// What        The link, the node that its CURVE key belongs to, what is exchanged with it.
// Invariants  I1  `node` is a member for as long as the session is open.
//             I2  a scope is served only when the certificates of both ends replicate it.
// Units       None.
// Errors      None.
// Source      design.md section 7.
#pragma once
#include "sync/replica.h"

namespace yizhan::sync {

struct Counterpart {
  Replica& replica;
  LinkId link = 0;
  std::optional<NodeId> node;  // none: no certificate has the link's key

  const Certificate& certificate() const;
  bool serves(const Scope& scope) const;
  bool is_parent() const;
  Notice notice(Notice::Kind kind) const;
  Notice refusal(const Error& error) const;
};

}  // namespace yizhan::sync
