#include "node/net/curve_keys.h"

#include <sodium.h>

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr CurveKey kPublished[] = {
    {0xbb, 0x88, 0x47, 0x1d, 0x65, 0xe2, 0x65, 0x9b, 0x30, 0xc5, 0x5a,
     0x53, 0x21, 0xce, 0xbb, 0x5a, 0xab, 0x2b, 0x70, 0xa3, 0x98, 0x64,
     0x5c, 0x26, 0xdc, 0xa2, 0xb2, 0xfc, 0xb4, 0x3f, 0xc5, 0x18},
    {0x54, 0xfc, 0xba, 0x24, 0xe9, 0x32, 0x49, 0x96, 0x93, 0x16, 0xfb,
     0x61, 0x7c, 0x87, 0x2b, 0xb0, 0xc1, 0xd1, 0xff, 0x14, 0x80, 0x04,
     0x27, 0xc5, 0x94, 0xcb, 0xfa, 0xcf, 0x1b, 0xc2, 0xd6, 0x52},
};

}  // namespace

CurveKeyPair::~CurveKeyPair() { sodium_memzero(secret.data(), secret.size()); }

bool usable_curve_key(const CurveKey& public_key) {
  if (std::ranges::find(kPublished, public_key) != std::end(kPublished)) return false;
  // libsodium reports a shared secret of zero, which only points of small order give.
  constexpr CurveKey kAnySecret = {1};
  CurveKey shared;
  return crypto_scalarmult(shared.data(), kAnySecret.data(), public_key.data()) == 0;
}

Result<CurveKeyPair> curve_keypair_from_secret(const CurveKey& secret) {
  if (sodium_is_zero(secret.data(), secret.size()) != 0) {
    return fail(Errc::BadFormat, "the CURVE secret is zero", "secret");
  }
  CurveKeyPair pair;
  pair.secret = secret;
  crypto_scalarmult_base(pair.public_key.data(), secret.data());
  if (!usable_curve_key(pair.public_key)) {
    return fail(Errc::BadFormat, "the CURVE secret is one published for tests; make a new one",
                "secret");
  }
  return pair;
}

}  // namespace yizhan::node
