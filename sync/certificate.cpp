#include "sync/certificate.h"

#include <algorithm>

#include "sync/limits.h"
#include "sync/parts.h"

namespace yizhan::sync {
namespace {

using Grants = std::vector<Grant>;

constexpr std::string_view kSignPrefix = "yz.cert";
constexpr std::size_t kFields = 16;  // the signature is the last

void put_grants(crdt::Writer& out, const Grants& grants) {
  out.array(grants.size());
  for (const Grant& grant : grants) {
    out.array(3);
    put_division(out, grant.division);
    out.boolean(grant.subtree).uint(grant.classes);
  }
}

Grants get_grants(crdt::Reader& in) {
  Grants grants(get_count(in, kGrantsMax));
  for (Grant& grant : grants) {
    in.array_of(3);
    grant.division = get_division(in);
    grant.subtree = in.boolean();
    grant.classes = static_cast<std::uint8_t>(in.uint(kAllClasses));
    if (grant.classes == 0 || (grant.classes & ~kAllClasses) != 0) in.reject("grant of no class");
  }
  if (!strictly_ascending(grants)) in.reject("grants are not sorted");
  return grants;
}

void put_fields(crdt::Writer& out, const Certificate& certificate, std::size_t fields) {
  out.array(fields).uint(certificate.suite).bin(view(certificate.network));
  out.bin(certificate.sign_key).bin(certificate.curve_key).bin(certificate.box_key);
  out.uint(static_cast<std::uint64_t>(certificate.role));
  put_division(out, certificate.home);
  put_grants(out, certificate.read);
  put_grants(out, certificate.write);
  put_grants(out, certificate.carry);
  out.boolean(certificate.slot_owner);
  out.sint(certificate.not_before.value).sint(certificate.not_after.value);
  out.uint(certificate.serial).bin(view(certificate.issuer));
}

Bytes to_be_signed(const Certificate& certificate) {
  Bytes canonical;
  crdt::Writer out(canonical);
  put_fields(out, certificate, kFields - 1);
  return signed_bytes(kSignPrefix, canonical);
}

bool any_covers(const Grants& grants, const Scope& scope) {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return grant.covers(scope); });
}
bool any_covers(const Grants& grants, const Grant& narrower) {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return grant.covers(narrower); });
}

// What an issuer may hand on: whatever reaches it.
bool may_grant(const Certificate& issuer, const Grants& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const Grant& grant) {
    return any_covers(issuer.read, grant) || any_covers(issuer.write, grant) ||
           any_covers(issuer.carry, grant);
  });
}

void sort_grants(Grants& grants) {
  std::sort(grants.begin(), grants.end());
  grants.erase(std::unique(grants.begin(), grants.end()), grants.end());
}

}  // namespace

bool Grant::covers(const Scope& scope) const {
  if ((classes & class_bit(scope.cls)) == 0) return false;
  return subtree ? scope.division.within(division) : scope.division == division;
}

bool Grant::covers(const Grant& narrower) const {
  if ((narrower.classes & ~classes) != 0) return false;
  if (subtree) return narrower.division.within(division);
  return !narrower.subtree && narrower.division == division;
}

bool Certificate::may_read(const Scope& scope) const { return any_covers(read, scope); }
bool Certificate::may_write(const Scope& scope) const { return any_covers(write, scope); }

bool Certificate::replicates(const Scope& scope) const {
  if (any_covers(read, scope) || any_covers(carry, scope)) return true;
  if (role == Role::Hub && scope.division.within(home)) return true;
  return scope.cls != ScopeClass::Biz && home.within(scope.division);
}

Bytes encode(const Certificate& certificate) {
  Bytes bytes;
  crdt::Writer out(bytes);
  put_fields(out, certificate, kFields);
  out.bin(certificate.signature);
  return bytes;
}

Result<Certificate> decode_certificate(ByteView bytes) {
  if (bytes.size() > kCertificateBytesMax) {
    return fail(Errc::LimitExceeded, "certificate is larger than 2048 bytes");
  }
  crdt::Reader in(bytes);
  in.array_of(kFields);
  Certificate certificate;
  certificate.suite = static_cast<std::uint8_t>(in.uint(UINT8_MAX));
  if (in.ok() && certificate.suite != kSuite1) {
    return fail(Errc::UnknownVersion, "certificate of another suite");
  }
  certificate.network = in.id<NetworkId>();
  certificate.sign_key = get_fixed<32>(in);
  certificate.curve_key = get_fixed<32>(in);
  certificate.box_key = get_fixed<32>(in);
  certificate.role = static_cast<Role>(in.uint(static_cast<std::uint64_t>(Role::Station)));
  if (certificate.role < Role::Hub) in.reject("role 0");
  certificate.home = get_division(in);
  certificate.read = get_grants(in);
  certificate.write = get_grants(in);
  certificate.carry = get_grants(in);
  certificate.slot_owner = in.boolean();
  certificate.not_before.value = in.sint();
  certificate.not_after.value = in.sint();
  if (certificate.not_after < certificate.not_before) in.reject("validity ends before it begins");
  certificate.serial = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  certificate.issuer = in.id<NodeId>();
  certificate.signature = get_fixed<64>(in);
  return finished(in, std::move(certificate));
}

void sign(Certificate& certificate, const SignKey& issuer_key) {
  sort_grants(certificate.read);
  sort_grants(certificate.write);
  sort_grants(certificate.carry);
  certificate.signature = issuer_key.sign(to_be_signed(certificate));
}

Result<void> verify_signed(const Certificate& subject, const Key32& issuer_key) {
  if (subject.suite != kSuite1) return fail(Errc::UnknownVersion, "certificate of another suite");
  if (!usable_x25519(subject.curve_key) || !usable_x25519(subject.box_key)) {
    return fail(Errc::BadFormat, "certificate with an unusable key");
  }
  if (!verify(issuer_key, to_be_signed(subject), subject.signature)) {
    return fail(Errc::BadSignature, "certificate is not signed by its issuer");
  }
  return {};
}

Result<void> check_within(const Certificate& subject, const Certificate& issuer) {
  if (subject.network != issuer.network) return fail(Errc::OutOfScope, "another network");
  if (subject.issuer != issuer.node()) return fail(Errc::OutOfScope, "another issuer");
  if (subject.role <= issuer.role) return fail(Errc::OutOfScope, "role not below the issuer's");
  if (!subject.home.within(issuer.home)) return fail(Errc::OutOfScope, "home not the issuer's");
  if (!may_grant(issuer, subject.read) || !may_grant(issuer, subject.write) ||
      !may_grant(issuer, subject.carry)) {
    return fail(Errc::OutOfScope, "grant wider than the issuer's");
  }
  return {};
}

Result<void> verify_issued(const Certificate& subject, const Certificate& issuer) {
  if (auto within = check_within(subject, issuer); !within) return within;
  return verify_signed(subject, issuer.sign_key);
}

Result<void> verify_root(const Certificate& subject, const Key32& root_public) {
  if (subject.network != network_id(root_public)) return fail(Errc::OutOfScope, "another network");
  if (subject.issuer != NodeId{}) return fail(Errc::OutOfScope, "not issued by the root");
  if (subject.role != Role::Hub) return fail(Errc::OutOfScope, "the root certifies hubs only");
  return verify_signed(subject, root_public);
}

Certificate standard_certificate(Role role, const Division& home, bool carry_only) {
  constexpr std::uint8_t kWork = class_bit(ScopeClass::Biz) | class_bit(ScopeClass::Ref);
  const Grant own{home, false, kAllClasses};
  const Grant below{home, true, kAllClasses};
  Certificate out;
  out.role = role;
  out.home = home;
  switch (role) {
    case Role::Hub: out.read = out.write = out.carry = {below}; break;
    case Role::District:
      out.read = {carry_only ? own : below};
      out.write = {own};
      if (carry_only) out.carry = {below};
      break;
    case Role::Station:
      out.read = {own};
      out.write = {Grant{home, false, kWork}};
      out.slot_owner = true;
      break;
  }
  return out;
}

}  // namespace yizhan::sync
