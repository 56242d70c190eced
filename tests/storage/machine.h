// Machine: what of a station no power cut takes: who it is, and its keys.
//
// What        One station of a city with a hub. Its epoch is kept here, as identity.yz keeps it.
// Units       none.
// Not here    Its disk: crash_disk.h. What runs on it: station.h.
#pragma once
#include "node/identity/node_files.h"
#include "tests/sync/fixture.h"

namespace yizhan::storage {

struct Machine {
  explicit Machine(std::uint64_t seed);
  node::NodeIdentity identity() const;
  sync::Identity of_hub() const;
  NodeId node() const { return station.certificate.node(); }

  sync::test::City city;
  sync::test::Member station;
  sync::Scope scope;  // the station's business
  node::NodeKeys keys;
  sync::Epoch epoch;
};

}  // namespace yizhan::storage
