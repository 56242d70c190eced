// City keys: the encrypted file from which a city's hub can be built once more.
//
// What        The root key, which signs the hub's certificate once and then sleeps, and everything
//             by which a machine is the hub: its keys and its certificate. `city init` writes it;
//             it is kept on a medium that is offline.
// Invariants  I1  nothing of it stands anywhere in clear but what its hub needs to run; the code
//                 that opens it is kept nowhere.
// Units       Bytes.
// Errors      Field "city". BadSignature: a wrong code, or a damaged file; BadFormat: it is none of
//             these files; Busy: no memory.
// Source      design.md section 7 "Epochs"; libsodium crypto_pwhash and secretbox.
#pragma once
#include <string_view>

#include "node/identity/node_files.h"

namespace yizhan::node {

struct CityKeys {
  sync::Secret32 root;
  NodeKeys hub;
  NodeIdentity identity;  // of the hub, in its first epoch
};

Result<Bytes> seal_city(const CityKeys& city, std::string_view code, sync::Entropy& entropy);
Result<CityKeys> open_city(ByteView encrypted, std::string_view code);

}  // namespace yizhan::node
