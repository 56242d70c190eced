// City init: makes the root of a city and its hub, or the hub once more.
//
// What        A root key that signs the hub's certificate once and then sleeps in an encrypted
//             file with the hub's own keys, and everything that the hub needs to start. From that
//             file alone a machine becomes the hub again: it has no data, and its children bring
//             them back.
// Invariants  I1  the root key is written encrypted only; its code is shown once and kept nowhere.
//                 The recovery code likewise; its public half lies in the folder.
//             I2  a folder that has a node in it is refused and left as it is.
//             I3  a hub that is built once more writes in another epoch than any before.
// Units       Wall time.
// Errors      Busy, BadFormat (field "division" or "name"), storage errors.
// Source      design.md section 4 "Root"; libsodium crypto_pwhash and secretbox.
#pragma once
#include "node/identity/city_keys.h"

namespace yizhan::node {

struct NewCity {
  sync::Division division;
  std::string name;
};

struct CityMade {
  NodeIdentity hub;
  std::string root_code;      // opens root-key.yz; the file is for another place than this machine
  std::string recovery_code;  // opens the hub's backups
};

Result<CityMade> init_city(const NodeFiles& files, const NewCity& city, sync::Entropy& entropy,
                           WallMs now);

// Of `city`, in a folder that has no node; gives no root code. What was cut short may be run again.
Result<CityMade> rebuild_hub(const NodeFiles& files, CityKeys city, sync::Entropy& entropy,
                             WallMs now);

}  // namespace yizhan::node
