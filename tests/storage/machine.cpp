#include "tests/storage/machine.h"

#include "tests/node/store/drafts.h"

namespace yizhan::storage {
namespace {

constexpr const char* kHome = "1403/140311/140311100";

sync::NodeSecrets copy_of(const sync::NodeSecrets& secrets) {
  return {sync::SignKey(secrets.sign.seed().clone()), secrets.curve.clone(), secrets.box.clone()};
}

}  // namespace

Machine::Machine(std::uint64_t seed)
    : city(sync::test::make_city(seed)),
      station(sync::test::make_member(city, sync::Role::Station, sync::test::division(kHome),
                                      seed + 1000, &city.hub)),
      scope(sync::test::scope(std::string(kHome) + "#biz")),
      keys{copy_of(station.secrets), node::Pepper(sync::test::bytes_of<32>(seed))} {
  epoch.nonce = sync::test::bytes_of<8>(seed + 77);
}

node::NodeIdentity Machine::identity() const {
  node::NodeIdentity self;
  self.name = "荫营镇便民服务中心";
  self.root_public = city.root.public_key();
  self.certificate = station.certificate;
  self.epoch = epoch;
  self.parent = city.hub.certificate.node();
  self.above = {city.hub.certificate};
  return self;
}

sync::Identity Machine::of_hub() const { return node::test::identity_of(city, city.hub, nullptr); }

}  // namespace yizhan::storage
