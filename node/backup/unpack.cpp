#include "node/backup/unpack.h"

#include "crdt/base/hash.h"
#include "node/backup/backup_stream.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;

tl::unexpected<Error> corrupt(const char* why) { return fail(Errc::StorageCorrupt, why, "backup"); }

Result<BackupManifest> read_manifest(BackupReader& in, const BackupHead& head) {
  std::array<std::uint8_t, 4> length{};
  if (auto read = in.read(length); !read) return fail(read);
  std::size_t size = 0;
  for (const std::uint8_t byte : length) size = size << 8 | byte;
  if (size > kManifestBytesMax) return corrupt("its manifest is too long");
  Bytes bytes(size);
  if (auto read = in.read(bytes); !read) return fail(read);
  return decode_manifest(bytes, head);
}

Result<void> write_out(BackupReader& in, const BackedFile& facts, const std::filesystem::path& path,
                       const std::function<bool()>& go_on) {
  auto out = OpenFile::to_write(path, "data_dir");
  if (!out) return fail(out);
  Hasher hasher("yz.backup.file", 32);
  Bytes piece(kPieceBytes);
  for (std::uint64_t left = facts.size; left > 0;) {
    if (!go_on()) return fail(Errc::Busy, "stopped on the way");
    const auto now = std::span(piece).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
    if (auto read = in.read(now); !read) return read;
    if (auto wrote = out->write(now); !wrote) return wrote;
    hasher.add(now);
    left -= now.size();
  }
  if (hasher.finish32() != facts.hash) return corrupt("a file in it is altered");
  return out->sync();
}

}  // namespace

Result<Unpacked> unpack(const std::filesystem::path& file, const sync::Secret32& secret,
                        const std::filesystem::path& folder, const std::function<bool()>& go_on) {
  auto in = OpenFile::to_read(file, "backup");
  if (!in) return fail(in);
  auto head = read_head(*in);
  if (!head) return fail(head);
  const auto key = open_head(*head, secret);
  if (!key) return fail(key);
  BackupReader reader(*in, *key, *head);
  auto manifest = read_manifest(reader, *head);
  if (!manifest) return fail(manifest);
  for (const BackedFile& facts : manifest->files) {
    if (auto done = write_out(reader, facts, folder / facts.name, go_on); !done) return fail(done);
  }
  if (auto done = reader.finish(); !done) return fail(done);
  if (auto durable = sync_folder(folder, "data_dir"); !durable) return fail(durable);
  return Unpacked{std::move(*head), std::move(*manifest)};
}

}  // namespace yizhan::node
