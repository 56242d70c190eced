// Membership: who belongs to the city and how far each counts, as a function of the admitted
// operations of the `auth` scopes.
//
// What        Keeps CERT.issue, REVOKE, SCOPE.key and QUAR operations by their dots, and derives
//             from them what stands: certificates, revocations, scope keys, quarantines. What was
//             written past a cut of its author's is taken out again, and falls with everything that
//             hung on it.
// Invariants  I1  standing() depends on the operations held, not on the order in which they came.
//             I2  certificates from enrolment stand without an operation: it is they by which a
//                 node believes the first one.
//             I3  a revoked node stays a member: what it wrote before counts, under its key.
// Units       seq.
// Errors      check() tells why an operation does not stand; it may stand later.
// Source      design.md section 4; sync-notes.md C1, C9.
#pragma once
#include <map>
#include <variant>

#include "sync/keyring.h"
#include "sync/quarantine.h"
#include "sync/revocation.h"

namespace yizhan::sync {

using ScopeKeyId = std::pair<Scope, std::uint32_t>;  // generation

struct Standing {
  std::map<NodeId, Certificate> members;
  std::map<NodeId, Revocation> revoked;
  std::map<ScopeKeyId, ScopeKeyOp> scope_keys;
  Quarantines quarantines;
};

// One operation of an `auth` scope, and who wrote it there.
struct AuthorityOp {
  crdt::Dot dot;
  NodeId author;
  std::variant<Certificate, Revocation, ScopeKeyOp, Quarantine> body;
};

bool is_authority_op(std::uint16_t kind);
// REQUIRES: is_authority_op(op.kind).
// Errors: BadFormat, LimitExceeded, UnknownVersion; OutOfScope: it can stand nowhere in `scope`.
Result<AuthorityOp> decode_authority_op(const Scope& scope, NodeId author, const crdt::Dot& dot,
                                        const crdt::Opaque& op);

class Membership {
 public:
  explicit Membership(const Key32& root_public) : root_public_(root_public) {}

  void trust(const Certificate& certificate);  // from enrolment
  void trust(const Standing& known);           // where the operations cannot be read
  void put(AuthorityOp op);
  void drop_after(StreamId stream, std::uint64_t seq);

  Result<void> check(const AuthorityOp& op, const Standing& now) const;
  // What `op` changes in what stands, if it does: nothing else hangs on a quarantine.
  static void add(const AuthorityOp& op, const Quarantine& quarantine, Standing& now);
  Standing standing() const;

 private:
  struct Held {
    AuthorityOp op;
    mutable std::optional<bool> signed_right;  // checked once its issuer's key is known
  };
  bool is_signed(const Held& held, const Key32& issuer_key) const;
  void add_hubs(Standing& out) const;
  void add_issued_by(Role role, Standing& out) const;
  void add_revocations(Standing& out) const;
  void add_scope_keys(Role role, Standing& out) const;
  void add_quarantines(Standing& out) const;

  Key32 root_public_;
  Standing trusted_;
  std::map<crdt::Dot, Held> ops_;
};

}  // namespace yizhan::sync
