// Keys of the CURVE links.
//
// What        A CURVE key is a plain X25519 key: 32 binary bytes, never the printable Z85 form.
// Invariants  I1  a pair made here is usable: its secret is not zero and not published, and its
//                 public half is derived from it.
// Errors      BadFormat.
// Not here    Making new secrets: node/identity, whose entropy is an argument.
// Source      RFC 7748; ZeroMQ RFC 26 (CurveZMQ); zmq_curve(7), "test key values".
#pragma once
#include <array>
#include <cstdint>

#include "crdt/base/result.h"

namespace yizhan::node {

using CurveKey = std::array<std::uint8_t, 32>;

// The secret is wiped when it goes out of scope.
struct CurveKeyPair {
  CurveKey secret{};
  CurveKey public_key{};

  CurveKeyPair() = default;
  CurveKeyPair(const CurveKeyPair&) = default;
  CurveKeyPair& operator=(const CurveKeyPair&) = default;
  ~CurveKeyPair();
};

Result<CurveKeyPair> curve_keypair_from_secret(const CurveKey& secret);

// False for keys that authenticate nobody: points of small order, zero among them, under which
// everyone shares one secret, and the test keys whose secrets stand in the ZeroMQ manual.
bool usable_curve_key(const CurveKey& public_key);

}  // namespace yizhan::node
