#include "node/backup/backup_head.h"

#include <algorithm>

#include "crdt/base/hash.h"
#include "crdt/codec/writer.h"
#include "node/identity/enrolment.h"
#include "node/identity/item_readers.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kKind = "yizhan-backup-";
constexpr std::string_view kMark = "yizhan-backup-1\n";
constexpr std::size_t kBoxBytes = 80;  // ephemeral key, tag, 32 bytes of key
constexpr std::size_t kBoxesMax = 8;

tl::unexpected<Error> corrupt(const char* why) { return fail(Errc::StorageCorrupt, why, "backup"); }

KeyBox box_in(crdt::Reader& in) {
  KeyBox box;
  in.array_of(3);
  const std::uint64_t by = in.uint(4);
  if (by == 0) in.reject("nobody opens this");
  box.by = static_cast<OpenedBy>(by);
  box.key = read_fixed<32>(in);
  const ByteView sealed = in.bin();
  if (sealed.size() != kBoxBytes) in.reject("a box has the wrong length");
  box.box.assign(sealed.begin(), sealed.end());
  return box;
}

Result<BackupHead> decode(ByteView bytes) {
  crdt::Reader in(bytes);
  BackupHead head;
  in.array_of(5);
  head.node = in.id<NodeId>();
  head.taken_at = {in.sint()};
  head.name = std::string(in.text());
  if (head.name.size() > kNodeNameBytesMax) in.reject("the name is too long");
  const std::size_t count = in.array();
  if (count == 0 || count > kBoxesMax) in.reject("there is no such number of boxes");
  for (std::size_t i = 0; i < count && in.ok(); ++i) head.boxes.push_back(box_in(in));
  head.start = read_fixed<24>(in);
  if (const auto status = in.status(); !status) return corrupt(status.error().detail.c_str());
  return head;
}

}  // namespace

Bytes encode(const BackupHead& head) {
  Bytes body;
  crdt::Writer out(body);
  out.array(5).bin(view(head.node)).sint(head.taken_at.value).text(head.name);
  out.array(head.boxes.size());
  for (const KeyBox& box : head.boxes) {
    out.array(3).uint(static_cast<std::uint64_t>(box.by)).bin(box.key).bin(box.box);
  }
  out.bin(head.start);
  Bytes bytes(kMark.begin(), kMark.end());
  append_u32(bytes, static_cast<std::uint32_t>(body.size()));
  append(bytes, body);
  return bytes;
}

Result<BackupHead> read_head(OpenFile& file) {
  std::array<std::uint8_t, kMark.size() + 4> begin{};
  const auto got = file.read(begin);
  if (!got) return fail(got);
  const std::string_view mark = text(begin).substr(0, std::min(*got, kMark.size()));
  if (mark != kMark) {
    if (mark.size() == kMark.size() && mark.starts_with(kKind) && mark.back() == '\n' &&
        mark[kKind.size()] > '1' && mark[kKind.size()] <= '9') {
      return fail(Errc::UnknownVersion, "a backup of a newer program", "backup");
    }
    return corrupt("is no backup of this program");
  }
  if (*got != begin.size()) return corrupt("is cut short");
  std::size_t size = 0;
  for (std::size_t i = kMark.size(); i < begin.size(); ++i) size = size << 8 | begin[i];
  if (size > kBackupHeadBytesMax) return corrupt("its head is too long");
  Bytes body(size);
  const auto rest = file.read(body);
  if (!rest) return fail(rest);
  if (*rest != size) return corrupt("is cut short");
  return decode(body);
}

Hash32 hash(const BackupHead& head) { return hash32("yz.backup.head", encode(head)); }

void add_box(BackupHead& head, OpenedBy by, const sync::Key32& to, const sync::Secret32& file_key,
             sync::Entropy& entropy) {
  const bool known = std::any_of(head.boxes.begin(), head.boxes.end(),
                                 [&](const KeyBox& box) { return box.key == to; });
  if (known || !sync::usable_x25519(to)) return;
  head.boxes.push_back({by, to, sync::seal_box(to, file_key.view(), entropy)});
}

Result<sync::Secret32> open_head(const BackupHead& head, const sync::Secret32& secret) {
  const sync::Key32 own = sync::x25519_public(secret);
  const auto found = std::find_if(head.boxes.begin(), head.boxes.end(),
                                  [&](const KeyBox& box) { return box.key == own; });
  if (found == head.boxes.end()) return fail(Errc::Denied, "no box for this key", "backup");
  const auto opened = sync::open_box(secret, found->box);
  if (!opened || opened->size() != sync::Key32{}.size()) return corrupt("its key is damaged");
  sync::Key32 key{};
  std::copy(opened->begin(), opened->end(), key.begin());
  return sync::Secret32(key);
}

}  // namespace yizhan::node
