#include "sync/keys.h"

#include <sodium.h>

#include "crdt/base/check.h"
#include "crdt/base/hash.h"

namespace yizhan::sync {
namespace {

// Bytes that are wiped when the scope ends.
template <std::size_t N>
struct Wiped {
  std::array<std::uint8_t, N> bytes{};
  Wiped() = default;
  Wiped(const Wiped&) = delete;
  Wiped& operator=(const Wiped&) = delete;
  ~Wiped() { sodium_memzero(bytes.data(), N); }
};

Secret32 draw(Entropy& entropy) {
  Wiped<32> bytes;
  entropy.fill(bytes.bytes);
  return Secret32(bytes.bytes);
}

}  // namespace

Secret32::~Secret32() { sodium_memzero(bytes_.data(), bytes_.size()); }

Secret32::Secret32(Secret32&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

Secret32& Secret32::operator=(Secret32&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

SignKey::SignKey(Secret32 seed) : seed_(std::move(seed)) {
  Wiped<crypto_sign_SECRETKEYBYTES> expanded;
  crypto_sign_seed_keypair(public_.data(), expanded.bytes.data(), seed_.bytes().data());
}

Signature SignKey::sign(ByteView message) const {
  YZ_CHECK(public_ != Key32{});
  // libsodium's secret key is the seed followed by the public key.
  Wiped<crypto_sign_SECRETKEYBYTES> expanded;
  std::memcpy(expanded.bytes.data(), seed_.bytes().data(), 32);
  std::memcpy(expanded.bytes.data() + 32, public_.data(), 32);
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                       expanded.bytes.data());
  return signature;
}

bool verify(const Key32& public_key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     public_key.data()) == 0;
}

Key32 x25519_public(const Secret32& secret) {
  Key32 out;
  crypto_scalarmult_base(out.data(), secret.bytes().data());
  return out;
}

bool usable_x25519(const Key32& key) {
  const Key32 any_scalar{8};
  Key32 shared;
  return crypto_scalarmult(shared.data(), any_scalar.data(), key.data()) == 0;
}

NodeSecrets make_node_secrets(Entropy& entropy) {
  NodeSecrets secrets;
  secrets.sign = SignKey(draw(entropy));
  secrets.curve = draw(entropy);
  secrets.box = draw(entropy);
  return secrets;
}

NodeId node_id(const Key32& sign_public) { return {hash16("yz.node", sign_public)}; }
NetworkId network_id(const Key32& root_public) { return {hash16("yz.net", root_public)}; }

Bytes seal_box(const Key32& to, ByteView plain, Entropy& entropy) {
  const Secret32 ephemeral = draw(entropy);
  const Key32 ephemeral_public = x25519_public(ephemeral);
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, nonce.size());
  crypto_generichash_update(&state, ephemeral_public.data(), ephemeral_public.size());
  crypto_generichash_update(&state, to.data(), to.size());
  crypto_generichash_final(&state, nonce.data(), nonce.size());

  Bytes box(crypto_box_SEALBYTES + plain.size());
  std::memcpy(box.data(), ephemeral_public.data(), ephemeral_public.size());
  const int failed =
      crypto_box_easy(box.data() + ephemeral_public.size(), plain.data(), plain.size(),
                      nonce.data(), to.data(), ephemeral.bytes().data());
  if (failed != 0) return {};
  return box;
}

Result<Bytes> open_box(const Secret32& secret, ByteView box) {
  if (box.size() < crypto_box_SEALBYTES) return fail(Errc::BadFormat, "box is too short");
  Bytes plain(box.size() - crypto_box_SEALBYTES);
  const Key32 own = x25519_public(secret);
  if (crypto_box_seal_open(plain.data(), box.data(), box.size(), own.data(),
                           secret.bytes().data()) != 0) {
    return fail(Errc::BadSignature, "box does not open");
  }
  return plain;
}

}  // namespace yizhan::sync
