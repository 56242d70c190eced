#include "sync/membership.h"

namespace yizhan::sync {
namespace {

constexpr const char* kNotAbove = "the issuer does not stand above the node";

bool newer(const Certificate& a, const Certificate& b) {
  return a.serial != b.serial ? a.serial > b.serial : encode(a) > encode(b);
}

void keep_newest(const Certificate& certificate, std::map<NodeId, Certificate>& members) {
  const auto held = members.try_emplace(certificate.node(), certificate);
  if (!held.second && newer(certificate, held.first->second)) held.first->second = certificate;
}

const Certificate* member(const Standing& standing, NodeId node) {
  const auto found = standing.members.find(node);
  return found == standing.members.end() ? nullptr : &found->second;
}

// The same pair of keys with more boxes; another pair of the same generation came second.
void merge(const ScopeKeyOp& op, std::map<ScopeKeyId, ScopeKeyOp>& keys) {
  const auto held = keys.try_emplace({op.scope, op.generation}, op);
  ScopeKeyOp& known = held.first->second;
  if (held.second || known.public_key != op.public_key) return;
  std::map<NodeId, Bytes> boxes(known.boxes.begin(), known.boxes.end());
  boxes.insert(op.boxes.begin(), op.boxes.end());
  known.boxes.assign(boxes.begin(), boxes.end());
}

Result<ScopeKeyOp> decode_key_below(const Scope& scope, ByteView payload) {
  auto key = decode_scope_key(payload);
  if (key && !key->scope.division.within(scope.division)) {
    return fail(Errc::OutOfScope, "scope key for a division that is not below its issuer");
  }
  return key;
}

}  // namespace

bool is_authority_op(std::uint16_t kind) {
  return kind == static_cast<std::uint16_t>(crdt::OpKind::CertIssue) ||
         kind == static_cast<std::uint16_t>(crdt::OpKind::ScopeKey) ||
         kind == static_cast<std::uint16_t>(crdt::OpKind::Revoke) ||
         kind == static_cast<std::uint16_t>(crdt::OpKind::Quarantine);
}

Result<AuthorityOp> decode_authority_op(const Scope& scope, NodeId author, const crdt::Dot& dot,
                                        const crdt::Opaque& op) {
  if (scope.cls != ScopeClass::Auth) {
    return fail(Errc::OutOfScope, "it stands outside an auth scope");
  }
  const auto with = [&](auto decoded) -> Result<AuthorityOp> {
    if (!decoded) return fail(decoded);
    return AuthorityOp{dot, author, std::move(*decoded)};
  };
  switch (static_cast<crdt::OpKind>(op.kind)) {
    case crdt::OpKind::CertIssue: return with(decode_certificate(op.payload));
    case crdt::OpKind::Revoke: return with(decode_revocation(op.payload));
    case crdt::OpKind::Quarantine: return with(decode_quarantine(op.payload));
    default: return with(decode_key_below(scope, op.payload));
  }
}

void Membership::trust(const Certificate& certificate) {
  keep_newest(certificate, trusted_.members);
}

void Membership::trust(const Standing& known) {
  for (const auto& [node, certificate] : known.members) trust(certificate);
  trusted_.revoked.insert(known.revoked.begin(), known.revoked.end());
  trusted_.scope_keys.insert(known.scope_keys.begin(), known.scope_keys.end());
}

void Membership::put(AuthorityOp op) {
  const crdt::Dot dot = op.dot;
  ops_.insert_or_assign(dot, Held{std::move(op), std::nullopt});
}

void Membership::drop_after(StreamId stream, std::uint64_t seq) {
  ops_.erase(ops_.lower_bound({stream, seq + 1, 0}), ops_.upper_bound({stream, UINT64_MAX, 0}));
}

Result<void> Membership::check(const AuthorityOp& op, const Standing& now) const {
  const Certificate* author = member(now, op.author);
  if (const auto* subject = std::get_if<Certificate>(&op.body)) {
    if (subject->issuer == NodeId{}) return verify_root(*subject, root_public_);
    if (author == nullptr || subject->issuer != op.author) {
      return fail(Errc::OutOfScope, "issued by another node than the stream's author");
    }
    return verify_issued(*subject, *author);
  }
  if (const auto* revocation = std::get_if<Revocation>(&op.body)) {
    const Certificate* subject = member(now, revocation->node);
    if (author != nullptr && subject != nullptr && !may_revoke(*author, *subject)) {
      return fail(Errc::OutOfScope, kNotAbove);
    }
  }
  if (const auto* quarantine = std::get_if<Quarantine>(&op.body)) {
    const Certificate* subject = member(now, quarantine->author);
    if (author != nullptr && subject != nullptr && !may_quarantine(*author, *subject)) {
      return fail(Errc::OutOfScope, kNotAbove);
    }
  }
  if (const auto* key = std::get_if<ScopeKeyOp>(&op.body)) {
    const auto known = now.scope_keys.find({key->scope, key->generation});
    if (known != now.scope_keys.end() && known->second.public_key != key->public_key) {
      return fail(Errc::Conflict, "another scope key of the same generation");
    }
  }
  return {};
}

void Membership::add(const AuthorityOp& op, const Quarantine& quarantine, Standing& now) {
  const Certificate* issuer = member(now, op.author);
  const Certificate* subject = member(now, quarantine.author);
  if (issuer == nullptr || subject == nullptr || !may_quarantine(*issuer, *subject)) return;
  now.quarantines.add(quarantine);
}

bool Membership::is_signed(const Held& held, const Key32& issuer_key) const {
  if (!held.signed_right) {
    // One that came with the enrolment is believed as it is (I2): a start need not prove it again.
    const auto& subject = std::get<Certificate>(held.op.body);
    const Certificate* believed = member(trusted_, subject.node());
    held.signed_right = (believed != nullptr && *believed == subject) ||
                        verify_signed(subject, issuer_key).has_value();
  }
  return *held.signed_right;
}

void Membership::add_hubs(Standing& out) const {
  for (const auto& [dot, held] : ops_) {
    const auto* subject = std::get_if<Certificate>(&held.op.body);
    const bool by_root = subject != nullptr && subject->issuer == NodeId{} &&
                         subject->role == Role::Hub && subject->network == network_id(root_public_);
    if (by_root && is_signed(held, root_public_)) keep_newest(*subject, out.members);
  }
}

void Membership::add_issued_by(Role role, Standing& out) const {
  for (const auto& [dot, held] : ops_) {
    const auto* subject = std::get_if<Certificate>(&held.op.body);
    const Certificate* issuer = member(out, held.op.author);
    if (subject == nullptr || issuer == nullptr || issuer->role != role) continue;
    if (!check_within(*subject, *issuer) || !is_signed(held, issuer->sign_key)) continue;
    keep_newest(*subject, out.members);
  }
}

void Membership::add_revocations(Standing& out) const {
  for (const auto& [dot, held] : ops_) {
    const auto* revocation = std::get_if<Revocation>(&held.op.body);
    const Certificate* issuer = member(out, held.op.author);
    const Certificate* subject = revocation ? member(out, revocation->node) : nullptr;
    if (issuer == nullptr || subject == nullptr || !may_revoke(*issuer, *subject)) continue;
    const auto known = out.revoked.try_emplace(revocation->node, *revocation);
    if (!known.second) known.first->second = narrower(known.first->second, *revocation);
  }
}

void Membership::add_scope_keys(Role role, Standing& out) const {
  for (const auto& [dot, held] : ops_) {
    const auto* key = std::get_if<ScopeKeyOp>(&held.op.body);
    const Certificate* issuer = member(out, held.op.author);
    if (key != nullptr && issuer != nullptr && issuer->role == role) merge(*key, out.scope_keys);
  }
}

void Membership::add_quarantines(Standing& out) const {
  for (const auto& [dot, held] : ops_) {
    const auto* quarantine = std::get_if<Quarantine>(&held.op.body);
    if (quarantine != nullptr) add(held.op, *quarantine, out);
  }
}

// From above to below: what an issuer says counts by the certificate that it has itself.
Standing Membership::standing() const {
  Standing out = trusted_;
  add_hubs(out);
  for (const Role role : {Role::Hub, Role::District, Role::Station}) {
    add_issued_by(role, out);
    add_scope_keys(role, out);
  }
  add_revocations(out);
  add_quarantines(out);
  return out;
}

}  // namespace yizhan::sync
