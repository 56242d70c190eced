// Certificate: who a node is and what it may do; a chain from the root that only narrows.
//
// What        Binds node id, CURVE key and box key to a role, a home division, grants and validity.
//             Expiry never stops service, sealing or admission: a link renews first.
// Invariants  I1  a subject is narrower than its issuer: a lower role, a home within, and every
//                 grant covered by one the issuer reads, writes or carries. (A district that only
//                 carries must still be able to certify stations that read.) Validity is not
//                 nested: clocks are not trusted that far.
//             I2  encode is canonical; the signature covers everything before it. Grants stand
//                 sorted and without duplicates: sign() puts them so.
// Units       Validity in wall milliseconds.
// Errors      BadFormat, LimitExceeded, BadSignature, OutOfScope (wider than the issuer),
//             UnknownVersion (suite byte).
// Source      design.md section 4.
#pragma once
#include <vector>

#include "crdt/base/time.h"
#include "sync/keys.h"
#include "sync/scope.h"

namespace yizhan::sync {

enum class Role : std::uint8_t { Hub = 1, District = 2, Station = 3 };
constexpr std::uint8_t kSuite1 = 1;  // Ed25519, X25519, XChaCha20-Poly1305, BLAKE2b

struct Grant {
  Division division;
  bool subtree = false;      // also everything below
  std::uint8_t classes = 0;  // bit (1 << ScopeClass)
  bool covers(const Scope& scope) const;
  bool covers(const Grant& narrower) const;
  friend auto operator<=>(const Grant&, const Grant&) = default;
};
constexpr std::uint8_t class_bit(ScopeClass cls) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(cls));
}
constexpr std::uint8_t kAllClasses =
    class_bit(ScopeClass::Biz) | class_bit(ScopeClass::Ref) | class_bit(ScopeClass::Auth);

struct Certificate {
  std::uint8_t suite = kSuite1;
  NetworkId network;
  Key32 sign_key{};
  Key32 curve_key{};
  Key32 box_key{};
  Role role = Role::Station;
  Division home;
  std::vector<Grant> read;   // holds the scope's key
  std::vector<Grant> write;  // may own a stream there
  std::vector<Grant> carry;  // is sent segments and keyring rows, cannot open personal fields
  bool slot_owner = false;
  WallMs not_before;
  WallMs not_after;
  std::uint32_t serial = 0;
  NodeId issuer;  // zero: the root
  Signature signature{};
  friend bool operator==(const Certificate&, const Certificate&) = default;

  NodeId node() const { return node_id(sign_key); }
  bool may_read(const Scope& scope) const;
  bool may_write(const Scope& scope) const;
  // The scopes whose segments this node is sent: what it reads or carries, and ref and auth of its
  // home and of all ancestors.
  bool replicates(const Scope& scope) const;
};

Bytes encode(const Certificate& certificate);
Result<Certificate> decode_certificate(ByteView bytes);
void sign(Certificate& certificate, const SignKey& issuer_key);
// That `subject` is within `issuer`, by what the two say.
Result<void> check_within(const Certificate& subject, const Certificate& issuer);
// Keys and signature.
Result<void> verify_signed(const Certificate& subject, const Key32& issuer_key);
// Checks keys, signature and that `subject` is within `issuer`.
Result<void> verify_issued(const Certificate& subject, const Certificate& issuer);
// The same for a certificate signed by the root: a hub's.
Result<void> verify_root(const Certificate& subject, const Key32& root_public);

// The standard grants of each role at `home` (design.md section 5: who replicates what).
Certificate standard_certificate(Role role, const Division& home, bool carry_only = false);

}  // namespace yizhan::sync
