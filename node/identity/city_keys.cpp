#include "node/identity/city_keys.h"

#include <sodium.h>

#include <algorithm>

#include "crdt/codec/writer.h"
#include "node/identity/item_readers.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kMark = "yzcity1\n";
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t kNonceBytes = crypto_secretbox_NONCEBYTES;
constexpr std::size_t kHeadBytes = kMark.size() + kSaltBytes + kNonceBytes;
constexpr std::size_t kFileBytesMax = 64 * 1024;
constexpr std::size_t kFields = 9;

Result<sync::Secret32> key_from(std::string_view code, const std::uint8_t* salt) {
  sync::Key32 key{};
  const int made = crypto_pwhash(key.data(), key.size(), code.data(), code.size(), salt,
                                 crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                                 crypto_pwhash_ALG_ARGON2ID13);
  if (made != 0) return fail(Errc::Busy, "not enough memory to protect the city's keys");
  return sync::Secret32(key);
}

Bytes encode(const CityKeys& city) {
  Bytes clear;
  crdt::Writer out(clear);
  out.array(kFields).bin(city.root.view()).bin(city.hub.secrets.sign.seed().view());
  out.bin(city.hub.secrets.curve.view()).bin(city.hub.secrets.box.view());
  out.bin(city.hub.pepper.bytes).text(city.identity.name);
  out.bin(sync::encode(city.identity.certificate)).uint(city.identity.epoch.counter);
  out.bin(city.identity.epoch.nonce);
  return clear;
}

Result<CityKeys> decode(ByteView clear) {
  crdt::Reader in(clear);
  in.array_of(kFields);
  CityKeys city;
  city.root = sync::Secret32(read_fixed<32>(in));
  city.hub.secrets.sign = sync::SignKey(sync::Secret32(read_fixed<32>(in)));
  city.hub.secrets.curve = sync::Secret32(read_fixed<32>(in));
  city.hub.secrets.box = sync::Secret32(read_fixed<32>(in));
  city.hub.pepper.bytes = read_fixed<32>(in);
  city.identity.name = std::string(in.text());
  city.identity.certificate = read_certificate(in);
  city.identity.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  city.identity.epoch.nonce = read_fixed<8>(in);
  if (!in.status()) {
    return fail(Errc::BadFormat, "is not a file of a city's keys", "city");
  }
  city.identity.root_public = sync::SignKey(city.root.clone()).public_key();
  return city;
}

}  // namespace

Result<Bytes> seal_city(const CityKeys& city, std::string_view code, sync::Entropy& entropy) {
  Bytes clear = encode(city);
  Bytes file(kMark.begin(), kMark.end());
  file.resize(kHeadBytes + crypto_secretbox_MACBYTES + clear.size());
  const std::span salt = std::span(file).subspan(kMark.size(), kSaltBytes);
  const std::span nonce = std::span(file).subspan(kMark.size() + kSaltBytes, kNonceBytes);
  entropy.fill(salt);
  entropy.fill(nonce);
  const auto key = key_from(code, salt.data());
  if (key) {
    crypto_secretbox_easy(file.data() + kHeadBytes, clear.data(), clear.size(), nonce.data(),
                          key->view().data());
  }
  sodium_memzero(clear.data(), clear.size());
  if (!key) return fail(key);
  return file;
}

Result<CityKeys> open_city(ByteView encrypted, std::string_view code) {
  const bool marked = encrypted.size() > kHeadBytes + crypto_secretbox_MACBYTES &&
                      encrypted.size() <= kFileBytesMax &&
                      std::equal(kMark.begin(), kMark.end(), encrypted.begin());
  if (!marked) return fail(Errc::BadFormat, "is not a file of a city's keys", "city");
  const ByteView salt = encrypted.subspan(kMark.size(), kSaltBytes);
  const ByteView nonce = encrypted.subspan(kMark.size() + kSaltBytes, kNonceBytes);
  const ByteView box = encrypted.subspan(kHeadBytes);
  const auto key = key_from(code, salt.data());
  if (!key) return fail(key);
  Bytes clear(box.size() - crypto_secretbox_MACBYTES);
  if (crypto_secretbox_open_easy(clear.data(), box.data(), box.size(), nonce.data(),
                                 key->view().data()) != 0) {
    return fail(Errc::BadSignature, "wrong code, or the file is damaged", "city");
  }
  auto city = decode(clear);
  sodium_memzero(clear.data(), clear.size());
  return city;
}

}  // namespace yizhan::node
