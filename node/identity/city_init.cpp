#include "node/identity/city_init.h"

#include <sodium.h>

#include <algorithm>

#include "node/identity/recovery_code.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kCertificateDays = 400;
constexpr std::int64_t kDayMs = 24 * 3600 * 1000LL;
constexpr std::int64_t kSkewMs = kDayMs;  // clocks below may run behind the hub's
constexpr std::string_view kRootMark = "yzroot1\n";
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t kNonceBytes = crypto_secretbox_NONCEBYTES;

Result<sync::Secret32> key_from(std::string_view code, const std::uint8_t* salt) {
  sync::Key32 key{};
  const int made = crypto_pwhash(key.data(), key.size(), code.data(), code.size(), salt,
                                 crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                                 crypto_pwhash_ALG_ARGON2ID13);
  if (made != 0) return fail(Errc::Busy, "not enough memory to protect the root key");
  return sync::Secret32(key);
}

Result<Bytes> seal_root(const sync::Secret32& root, std::string_view code, sync::Entropy& entropy) {
  Bytes file(kRootMark.begin(), kRootMark.end());
  const std::size_t head = file.size();
  file.resize(head + kSaltBytes + kNonceBytes + crypto_secretbox_MACBYTES + root.view().size());
  entropy.fill(std::span(file).subspan(head, kSaltBytes + kNonceBytes));
  const auto key = key_from(code, file.data() + head);
  if (!key) return fail(key);
  crypto_secretbox_easy(file.data() + head + kSaltBytes + kNonceBytes, root.view().data(),
                        root.view().size(), file.data() + head + kSaltBytes, key->view().data());
  return file;
}

}  // namespace

Result<sync::Secret32> open_root(ByteView encrypted, std::string_view code) {
  const auto wrong = fail(Errc::BadSignature, "wrong code, or the file is damaged", "code");
  const std::size_t head = kRootMark.size() + kSaltBytes + kNonceBytes;
  sync::Key32 root{};
  if (encrypted.size() != head + crypto_secretbox_MACBYTES + root.size()) return wrong;
  const std::uint8_t* salt = encrypted.data() + kRootMark.size();
  const auto key = key_from(code, salt);
  if (!key) return fail(key);
  if (crypto_secretbox_open_easy(root.data(), encrypted.data() + head, encrypted.size() - head,
                                 salt + kSaltBytes, key->view().data()) != 0) {
    return wrong;
  }
  return sync::Secret32(root);
}

Result<CityMade> init_city(const NodeFiles& files, const NewCity& city, sync::Entropy& entropy,
                           WallMs now) {
  if (city.name.empty() || city.name.size() > kNodeNameBytesMax) {
    return fail(Errc::BadFormat, "must have 1 to 256 bytes", "name");
  }
  if (city.division.depth() != 1) {
    return fail(Errc::BadFormat, "must be the code of a city, e.g. 1403", "division");
  }
  const NodeKeys keys = make_node_keys(entropy);
  if (auto saved = files.save_keys(keys); !saved) return fail(saved);
  sync::Key32 seed{};
  entropy.fill(seed);
  const sync::SignKey root{sync::Secret32(seed)};

  CityMade made;
  CodeEntropy code{};
  entropy.fill(code);
  made.root_code = make_code(code);
  const auto sealed = seal_root(root.seed(), made.root_code, entropy);
  if (!sealed) return fail(sealed);
  if (auto saved = files.save_root(*sealed); !saved) return fail(saved);

  auto recovery = new_recovery(files, entropy);
  if (!recovery) return fail(recovery);
  made.recovery_code = std::move(*recovery);

  sync::Certificate hub = sync::standard_certificate(sync::Role::Hub, city.division);
  hub.network = sync::network_id(root.public_key());
  hub.sign_key = keys.secrets.sign.public_key();
  hub.curve_key = sync::x25519_public(keys.secrets.curve);
  hub.box_key = sync::x25519_public(keys.secrets.box);
  hub.not_before = {now.value - kSkewMs};
  hub.not_after = {now.value + kCertificateDays * kDayMs};
  hub.serial = 1;
  sync::sign(hub, root);

  made.hub.name = city.name;
  made.hub.root_public = root.public_key();
  made.hub.certificate = hub;
  entropy.fill(made.hub.epoch.nonce);
  if (auto saved = files.save_identity(made.hub); !saved) return fail(saved);
  return made;
}

}  // namespace yizhan::node
