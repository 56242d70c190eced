#include "node/backup/backup_manifest.h"

#include <algorithm>

#include "crdt/base/hash.h"
#include "crdt/codec/writer.h"
#include "node/identity/item_readers.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kMark = "yizhan-manifest-1";
constexpr std::array<std::string_view, 3> kNeeded = {kDatabaseFile, "identity.yz", "secrets.yz"};
constexpr std::size_t kNameBytesMax = 128;

tl::unexpected<Error> corrupt(const std::string& why) {
  return fail(Errc::StorageCorrupt, why, "backup");
}

Bytes signed_part(ByteView body, const BackupHead& head) {
  const Hash32 both = Hasher("yz.backup.sign", 32).add(hash(head)).add(body).finish32();
  return {both.begin(), both.end()};
}

BackedFile file_in(crdt::Reader& in) {
  BackedFile file;
  in.array_of(3);
  file.name = std::string(in.text());
  if (!may_be_backed_up(file.name)) in.reject("a file has a name that none may have");
  file.size = in.uint(file.name == kDatabaseFile ? kDatabaseBytesMax : kSmallBytesMax);
  file.hash = read_fixed<32>(in);
  return file;
}

bool has_what_a_node_needs(const std::vector<BackedFile>& files) {
  return std::all_of(kNeeded.begin(), kNeeded.end(), [&](std::string_view name) {
    return std::count_if(files.begin(), files.end(),
                         [name](const BackedFile& file) { return file.name == name; }) == 1;
  });
}

bool each_once(const std::vector<BackedFile>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const BackedFile& file : files) names.push_back(file.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

Result<BackupManifest> decode_body(ByteView bytes) {
  crdt::Reader in(bytes);
  BackupManifest manifest;
  in.array_of(10);
  if (in.text() != kMark) in.reject("not a manifest");
  manifest.program = std::string(in.text());
  auto division = sync::Division::parse(in.text());
  if (division) {
    manifest.division = std::move(*division);
  } else {
    in.reject("not a division");
  }
  manifest.name = std::string(in.text());
  manifest.taken_at = {in.sint()};
  manifest.database = in.uint();
  manifest.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  manifest.epoch.nonce = read_fixed<8>(in);
  manifest.certificate = read_certificate(in);
  const std::size_t count = in.array();
  if (count > kBackedFilesMax) in.reject("too many files");
  for (std::size_t i = 0; i < count && in.ok(); ++i) manifest.files.push_back(file_in(in));
  if (const auto status = in.status(); !status) return corrupt(status.error().detail);
  return manifest;
}

}  // namespace

bool may_be_backed_up(std::string_view name) {
  if (std::find(kNeeded.begin(), kNeeded.end(), name) != kNeeded.end()) return true;
  if (name == "recovery.yz") return true;
  const bool plain = !name.empty() && name.size() <= kNameBytesMax &&
                     name.find('/') == std::string_view::npos && name.front() != '.' &&
                     std::none_of(name.begin(), name.end(),
                                  [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return plain && (name.ends_with(".toml") || name.ends_with(".txt"));
}

Bytes encode(const BackupManifest& manifest, const BackupHead& head, const sync::SignKey& key) {
  Bytes body;
  crdt::Writer out(body);
  out.array(10).text(kMark).text(manifest.program).text(manifest.division.text());
  out.text(manifest.name).sint(manifest.taken_at.value).uint(manifest.database);
  out.uint(manifest.epoch.counter).bin(manifest.epoch.nonce);
  out.bin(sync::encode(manifest.certificate)).array(manifest.files.size());
  for (const BackedFile& file : manifest.files) {
    out.array(3).text(file.name).uint(file.size).bin(file.hash);
  }
  Bytes bytes;
  crdt::Writer(bytes).array(2).bin(body).bin(key.sign(signed_part(body, head)));
  return bytes;
}

Result<BackupManifest> decode_manifest(ByteView bytes, const BackupHead& head) {
  crdt::Reader in(bytes);
  in.array_of(2);
  const ByteView body = in.bin();
  const sync::Signature signature = read_fixed<64>(in);
  if (const auto status = in.status(); !status) return corrupt(status.error().detail);
  auto manifest = decode_body(body);
  if (!manifest) return manifest;
  if (!each_once(manifest->files) || !has_what_a_node_needs(manifest->files)) {
    return corrupt("lacks a file, or has one twice");
  }
  const bool signed_by_its_node =
      manifest->certificate.node() == head.node && manifest->taken_at == head.taken_at &&
      sync::verify(manifest->certificate.sign_key, signed_part(body, head), signature);
  if (!signed_by_its_node) {
    return fail(Errc::BadSignature, "was not made by the node that it names", "backup");
  }
  return manifest;
}

}  // namespace yizhan::node
