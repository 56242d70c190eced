// Invitations: the tickets that this node has given out, and what became of each.
//
// What        One row per ticket: what it allows, its secret, and who used it.
// Invariants  I1  an invitation is used by one node only; the same node may ask again and gets the
//                 same answer.
// Units       Wall time.
// Errors      Storage errors.
// Source      design.md section 4; reliability.md, "Online" 5 (used by node X before answering).
#pragma once
#include "node/identity/enrolment.h"

namespace yizhan::node {

struct Invitation {
  Id16 id{};
  Hash32 secret{};
  sync::Role role = sync::Role::Station;
  sync::Division division;
  std::string name;
  bool carry_only = false;
  WallMs expires_at;
  std::optional<NodeId> used_by;
  friend bool operator==(const Invitation&, const Invitation&) = default;
};

class InvitationStore {
 public:
  virtual ~InvitationStore() = default;
  virtual Result<std::vector<Invitation>> all() = 0;
  virtual Result<std::optional<Invitation>> find(const Id16& id) = 0;
  virtual Result<void> save(const Invitation& invitation) = 0;  // joins the open transaction
};

// What the node that asks shall be certified as; its issuer signs it.
// Errors: Expired (past its time), Conflict (used by another node), BadSignature.
Result<sync::Certificate> accept_request(const Invitation& invitation, const JoinRequest& request,
                                         const NetworkId& network, WallMs now);

}  // namespace yizhan::node
