#include "node/identity/city_init.h"

#include "node/identity/recovery_code.h"
#include "sync/epoch.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kCertificateDays = 400;
constexpr std::int64_t kDayMs = 24 * 3600 * 1000LL;
constexpr std::int64_t kSkewMs = kDayMs;  // clocks below may run behind the hub's

NodeIdentity hub_of(const NewCity& city, const sync::SignKey& root,
                    const sync::NodeSecrets& secrets, WallMs now) {
  sync::Certificate hub = sync::standard_certificate(sync::Role::Hub, city.division);
  hub.network = sync::network_id(root.public_key());
  hub.sign_key = secrets.sign.public_key();
  hub.curve_key = sync::x25519_public(secrets.curve);
  hub.box_key = sync::x25519_public(secrets.box);
  hub.not_before = {now.value - kSkewMs};
  hub.not_after = {now.value + kCertificateDays * kDayMs};
  hub.serial = 1;
  sync::sign(hub, root);
  NodeIdentity identity;
  identity.name = city.name;
  identity.root_public = root.public_key();
  identity.certificate = hub;
  return identity;
}

// The folder gets a recovery code; the identity, which makes it a node, comes last.
Result<CityMade> set_up(const NodeFiles& files, const CityKeys& city, sync::Entropy& entropy) {
  CityMade made;
  auto recovery = new_recovery(files, entropy);
  if (!recovery) return fail(recovery);
  made.recovery_code = std::move(*recovery);
  made.hub = city.identity;
  if (auto saved = files.save_identity(made.hub); !saved) return fail(saved);
  return made;
}

}  // namespace

Result<CityMade> init_city(const NodeFiles& files, const NewCity& city, sync::Entropy& entropy,
                           WallMs now) {
  if (city.name.empty() || city.name.size() > kNodeNameBytesMax) {
    return fail(Errc::BadFormat, "must have 1 to 256 bytes", "name");
  }
  if (city.division.depth() != 1) {
    return fail(Errc::BadFormat, "must be the code of a city, e.g. 1403", "division");
  }
  CityKeys founded;
  founded.hub = make_node_keys(entropy);
  if (auto saved = files.save_keys(founded.hub); !saved) return fail(saved);
  sync::Key32 seed{};
  entropy.fill(seed);
  founded.root = sync::Secret32(seed);
  const sync::SignKey root{founded.root.clone()};
  founded.identity = hub_of(city, root, founded.hub.secrets, now);
  entropy.fill(founded.identity.epoch.nonce);

  CodeEntropy code{};
  entropy.fill(code);
  const std::string root_code = make_code(code);
  const auto sealed = seal_city(founded, root_code, entropy);
  if (!sealed) return fail(sealed);
  if (auto saved = files.save_root(*sealed); !saved) return fail(saved);
  auto made = set_up(files, founded, entropy);
  if (made) made->root_code = root_code;
  return made;
}

Result<CityMade> rebuild_hub(const NodeFiles& files, CityKeys city, sync::Entropy& entropy,
                             WallMs now) {
  if (files.enrolled()) {
    return fail(Errc::Busy, "this folder has a node in it already", "data_dir");
  }
  const auto held = files.keys();
  const bool begun = held && !files.enrolled() &&
                     held->secrets.sign.public_key() == city.hub.secrets.sign.public_key();
  if (!begun) {  // else a try before this one was cut short
    if (auto saved = files.save_keys(city.hub); !saved) return fail(saved);
  }
  city.identity.epoch = sync::next_epoch({city.identity.epoch}, entropy);
  city.identity.reopened = now;
  return set_up(files, city, entropy);
}

}  // namespace yizhan::node
