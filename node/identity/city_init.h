// City init: makes the root of a city and its hub.
//
// What        A root key that signs the hub's certificate once and then sleeps in an encrypted
//             file, and everything that the hub needs to start.
// Invariants  I1  the root key is written encrypted only; its code is shown once and kept nowhere.
//                 The recovery code likewise; its public half lies in the folder.
//             I2  a folder that has a node in it is refused and left as it is.
// Units       Wall time.
// Errors      Busy, BadFormat (field "division" or "name"), storage errors.
// Source      design.md section 4 "Root"; libsodium crypto_pwhash and secretbox.
#pragma once
#include "node/identity/node_files.h"

namespace yizhan::node {

struct NewCity {
  sync::Division division;
  std::string name;
};

struct CityMade {
  NodeIdentity hub;
  std::string root_code;      // opens root-key.yz
  std::string recovery_code;  // opens the hub's backups
};

Result<CityMade> init_city(const NodeFiles& files, const NewCity& city, sync::Entropy& entropy,
                           WallMs now);

// The root key inside root-key.yz; BadSignature for a wrong code or a damaged file.
Result<sync::Secret32> open_root(ByteView encrypted, std::string_view code);

}  // namespace yizhan::node
