#include "sync/keyring.h"

#include <sodium.h>

#include "crdt/base/check.h"
#include "crdt/base/hash.h"
#include "crdt/codec/change_codec.h"
#include "sync/parts.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kAeadNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kAeadTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kSaltBytes = 8;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kPlaceBytes = 16;

// How a data key is wrapped: the first byte of KeyRow::wrapped.
constexpr std::uint8_t kByReader = 0;
constexpr std::uint8_t kByWriter = 1;
constexpr std::size_t kByReaderBytes = 1 + kSaltBytes + kKeyBytes + kAeadTag;
constexpr std::size_t kByWriterBytes = 1 + crypto_box_SEALBYTES + kKeyBytes + kPlaceBytes;
constexpr std::size_t kBoxBytesMax = 256;    // of a scope secret, with room
constexpr std::size_t kScopeKeyBoxes = 160;  // what one operation of 16 KiB can hold

using Nonce = std::array<std::uint8_t, kAeadNonce>;

Nonce nonce_for(std::string_view domain, const Secret32& key, ByteView place, ByteView salt) {
  Nonce nonce;
  Hasher(domain, nonce.size(), key.view()).add(place).add(salt).finish(nonce.data());
  return nonce;
}

Bytes aead_seal(const Secret32& key, const Nonce& nonce, ByteView plain, ByteView place) {
  Bytes out(plain.size() + kAeadTag);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(),
                                             place.data(), place.size(), nullptr, nonce.data(),
                                             key.bytes().data());
  return out;
}

Result<Bytes> aead_open(const Secret32& key, const Nonce& nonce, ByteView sealed, ByteView place) {
  if (sealed.size() < kAeadTag) return fail(Errc::BadFormat, "ciphertext is too short");
  Bytes plain(sealed.size() - kAeadTag);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data(),
                                                 sealed.size(), place.data(), place.size(),
                                                 nonce.data(), key.bytes().data()) != 0) {
    return fail(Errc::BadSignature, "ciphertext does not open");
  }
  return plain;
}

// Where a wrapped key belongs: [dot, scope, generation].
Bytes key_place(const crdt::Dot& key, const Scope& scope, std::uint32_t generation) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(3);
  crdt::put_full_dot(out, key);
  put_scope(out, scope);
  out.uint(generation);
  return bytes;
}

// Where personal fields belong: [stream, seq, blob number].
Bytes blob_place(const crdt::ChangeId& at, std::uint8_t blob_number) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(3).bin(view(at.stream)).uint(at.seq).uint(blob_number);
  return bytes;
}

Secret32 wrapping_key(const Secret32& scope_secret, const Scope& scope, std::uint32_t generation) {
  Key32 key;
  Hasher("yz.wrap", key.size(), scope_secret.view())
      .add(encode(scope))
      .add_u64(generation)
      .finish(key.data());
  Secret32 out(key);
  sodium_memzero(key.data(), key.size());
  return out;
}

Secret32 take_key(Bytes& plain) {
  Key32 key;
  std::memcpy(key.data(), plain.data(), key.size());
  Secret32 out(key);
  sodium_memzero(key.data(), key.size());
  sodium_memzero(plain.data(), plain.size());
  return out;
}

Bytes wrap_by_reader(const Secret32& data_key, ByteView place, const Secret32& wrapping,
                     Entropy& entropy) {
  std::array<std::uint8_t, kSaltBytes> salt;
  entropy.fill(salt);
  Bytes wrapped{kByReader};
  append(wrapped, salt);
  append(wrapped, aead_seal(wrapping, nonce_for("yz.wrap.n", wrapping, place, salt),
                            data_key.view(), place));
  return wrapped;
}

// A sealed box has no associated data: the place stands inside, as a hash.
Bytes wrap_by_writer(const Secret32& data_key, ByteView place, const Key32& scope_public,
                     Entropy& entropy) {
  Bytes plain(data_key.view().begin(), data_key.view().end());
  append(plain, hash16("yz.wrap.at", place));
  Bytes box = seal_box(scope_public, plain, entropy);
  sodium_memzero(plain.data(), plain.size());
  if (box.empty()) box.resize(kByWriterBytes - 1);
  Bytes wrapped{kByWriter};
  append(wrapped, box);
  return wrapped;
}

Result<Secret32> unwrap_by_reader(ByteView wrapped, ByteView place, const Secret32& wrapping) {
  const ByteView salt = wrapped.subspan(1, kSaltBytes);
  Result<Bytes> plain = aead_open(wrapping, nonce_for("yz.wrap.n", wrapping, place, salt),
                                  wrapped.subspan(1 + kSaltBytes), place);
  if (!plain) return fail(plain);
  return take_key(*plain);
}

Result<Secret32> unwrap_by_writer(ByteView wrapped, ByteView place, const Secret32& scope_secret) {
  Result<Bytes> plain = open_box(scope_secret, wrapped.subspan(1));
  if (!plain) return fail(plain);
  const bool here = equal(ByteView(*plain).subspan(kKeyBytes), hash16("yz.wrap.at", place));
  Secret32 key = take_key(*plain);
  if (!here) return fail(Errc::BadSignature, "key row stands at another place");
  return key;
}

bool well_formed(ByteView wrapped) {
  if (wrapped.empty()) return false;
  return wrapped[0] == kByReader   ? wrapped.size() == kByReaderBytes
         : wrapped[0] == kByWriter ? wrapped.size() == kByWriterBytes
                                   : false;
}

Bytes encode_fields(const std::vector<std::string>& fields) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(fields.size());
  for (const std::string& field : fields) out.text(field);
  return bytes;
}

}  // namespace

void put_key_row(crdt::Writer& out, const KeyRow& row) {
  out.array(4);
  crdt::put_full_dot(out, row.key);
  put_scope(out, row.scope);
  out.uint(row.generation).bin(row.wrapped);
}

KeyRow get_key_row(crdt::Reader& in) {
  in.array_of(4);
  KeyRow row;
  row.key = crdt::get_full_dot(in);
  row.scope = get_scope(in);
  row.generation = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  row.wrapped = get_bytes(in, kByWriterBytes);
  if (!well_formed(row.wrapped)) in.reject("wrapped key of unknown shape");
  return row;
}

Bytes encode(const KeyRow& row) {
  Bytes bytes;
  crdt::Writer out(bytes);
  put_key_row(out, row);
  return bytes;
}

Result<KeyRow> decode_key_row(ByteView bytes) {
  crdt::Reader in(bytes);
  KeyRow row = get_key_row(in);
  return finished(in, std::move(row));
}

Bytes encode(const ScopeKeyOp& op) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(4);
  put_scope(out, op.scope);
  out.uint(op.generation).bin(op.public_key).array(op.boxes.size());
  for (const auto& [node, box] : op.boxes) out.array(2).bin(view(node)).bin(box);
  return bytes;
}

Result<ScopeKeyOp> decode_scope_key(ByteView payload) {
  crdt::Reader in(payload);
  in.array_of(4);
  ScopeKeyOp op;
  op.scope = get_scope(in);
  op.generation = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  op.public_key = get_fixed<32>(in);
  if (in.ok() && !usable_x25519(op.public_key)) in.reject("unusable scope key");
  op.boxes.resize(get_count(in, kScopeKeyBoxes));
  for (auto& [node, box] : op.boxes) {
    in.array_of(2);
    node = in.id<NodeId>();
    box = get_bytes(in, kBoxBytesMax);
  }
  const auto by_node = [](const auto& a, const auto& b) { return a.first < b.first; };
  if (!strictly_ascending(op.boxes, by_node)) in.reject("boxes are not sorted by node");
  return finished(in, std::move(op));
}

Bytes wrap_data_key(const Secret32& data_key, const crdt::Dot& key, const ScopeKeyInfo& scope_key,
                    Entropy& entropy) {
  const Bytes place = key_place(key, scope_key.scope, scope_key.generation);
  if (!scope_key.secret) return wrap_by_writer(data_key, place, scope_key.public_key, entropy);
  const Secret32 wrapping = wrapping_key(*scope_key.secret, scope_key.scope, scope_key.generation);
  return wrap_by_reader(data_key, place, wrapping, entropy);
}

Result<Secret32> unwrap_data_key(const KeyRow& row, const ScopeKeyInfo& scope_key) {
  if (!well_formed(row.wrapped)) return fail(Errc::BadFormat, "wrapped key of unknown shape");
  if (!scope_key.secret || row.scope != scope_key.scope || row.generation != scope_key.generation) {
    return fail(Errc::BadSignature, "not the secret of this scope and generation");
  }
  const Bytes place = key_place(row.key, row.scope, row.generation);
  if (row.wrapped[0] == kByWriter) return unwrap_by_writer(row.wrapped, place, *scope_key.secret);
  const Secret32 wrapping = wrapping_key(*scope_key.secret, row.scope, row.generation);
  return unwrap_by_reader(row.wrapped, place, wrapping);
}

Result<void> personal_fits(const std::vector<std::string>& fields) {
  if (fields.empty() || fields.size() > kPersonalFieldsMax) {
    return fail(Errc::LimitExceeded, "1 to 16 personal fields a person and change");
  }
  std::size_t bytes = 0;
  for (const std::string& field : fields) bytes += field.size();
  if (bytes > kPersonalBytesMax) {
    return fail(Errc::LimitExceeded, "personal fields of one person exceed 8 KiB");
  }
  if (!crdt::Reader(encode_fields(fields)).ok()) {
    return fail(Errc::BadFormat, "a personal field is not UTF-8");
  }
  return {};
}

crdt::SealedBlob seal_personal(const Secret32& data_key, const crdt::Dot& key,
                               const crdt::ChangeId& at, std::uint8_t blob_number,
                               const std::vector<std::string>& fields,
                               const std::array<std::uint8_t, 8>& salt) {
  YZ_CHECK(personal_fits(fields).has_value());
  const Bytes place = blob_place(at, blob_number);
  Bytes plain = encode_fields(fields);
  crdt::SealedBlob blob;
  blob.key = key;
  blob.salt = salt;
  blob.ciphertext =
      aead_seal(data_key, nonce_for("yz.personal", data_key, place, salt), plain, place);
  sodium_memzero(plain.data(), plain.size());
  return blob;
}

Result<std::vector<std::string>> open_personal(const Secret32& data_key,
                                               const crdt::SealedBlob& blob,
                                               const crdt::ChangeId& at, std::uint8_t blob_number) {
  const Bytes place = blob_place(at, blob_number);
  Result<Bytes> plain = aead_open(data_key, nonce_for("yz.personal", data_key, place, blob.salt),
                                  blob.ciphertext, place);
  if (!plain) return fail(plain);
  crdt::Reader in(*plain);
  std::vector<std::string> fields(get_count(in, kPersonalFieldsMax));
  for (std::string& field : fields) field = in.text();
  sodium_memzero(plain->data(), plain->size());
  return finished(in, std::move(fields));
}

}  // namespace yizhan::sync
