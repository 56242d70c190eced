#include "node/store/page_tags.h"

#include <sqlite3.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <new>
#include <span>
#include <vector>

#include "crdt/base/check.h"

namespace yizhan::node {

namespace {

// What the functions of one VFS share.
struct Door {
  sqlite3_vfs vfs;  // first: SQLite sees this
  sqlite3_vfs* below;
  std::string name;
  Damage damage;
  std::set<std::uint32_t> damaged;
};

using Tag = std::array<std::uint8_t, kPageTagBytes>;

constexpr std::size_t kPageBytesMin = 512;
constexpr std::size_t kPageBytesMax = 65'536;
constexpr std::size_t kReservedAt = 20;  // in the first page: bytes that each page keeps free

Tag tag_of(std::span<const std::uint8_t> page, std::uint32_t number) {
  const std::uint64_t hash = XXH64(page.data(), page.size() - kPageTagBytes, number);
  Tag tag;
  for (std::size_t i = 0; i < tag.size(); ++i) tag[i] = static_cast<std::uint8_t>(hash >> 8U * i);
  return tag;
}

// The database file itself, with the one of the VFS below behind it in memory.
struct TaggedFile {
  sqlite3_file base;  // first: SQLite sees this
  Door* door;
  bool has_room;  // each page keeps bytes free for its tag
  std::vector<std::uint8_t>* scratch;

  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
TaggedFile& of(sqlite3_file* file) { return *reinterpret_cast<TaggedFile*>(file); }
sqlite3_file* below(sqlite3_file* file) { return of(file).below(); }
const sqlite3_io_methods& under(sqlite3_file* file) { return *below(file)->pMethods; }
Door& of(sqlite3_vfs* vfs) { return *reinterpret_cast<Door*>(vfs); }

bool is_page(int size, sqlite3_int64 at) {
  const auto bytes = static_cast<std::size_t>(size);
  return bytes >= kPageBytesMin && bytes <= kPageBytesMax && (bytes & (bytes - 1)) == 0 &&
         at % size == 0;
}
std::uint32_t number_at(int size, sqlite3_int64 at) {
  return static_cast<std::uint32_t>(at / size) + 1;
}

bool fits(TaggedFile& file, std::span<const std::uint8_t> page, std::uint32_t number) {
  if (number == 1) file.has_room = page[kReservedAt] == kPageTagBytes;
  const Tag wanted = tag_of(page, number);
  return std::equal(wanted.begin(), wanted.end(), page.end() - kPageTagBytes);
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
  const int done = under(file).xRead(below(file), into, size, at);
  // What is not a page is the head of the file, by which SQLite learns how long one is.
  if (!is_page(size, at) || (done != SQLITE_OK && done != SQLITE_IOERR_SHORT_READ)) return done;
  const std::span page(static_cast<const std::uint8_t*>(into), static_cast<std::size_t>(size));
  TaggedFile& tagged = of(file);
  const bool whole = done == SQLITE_OK && fits(tagged, page, number_at(size, at));
  if (whole) return SQLITE_OK;
  tagged.door->damaged.insert(number_at(size, at));
  return tagged.door->damage == Damage::Refuse ? SQLITE_CORRUPT : done;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (!is_page(size, at)) return SQLITE_IOERR_WRITE;
  TaggedFile& tagged = of(file);
  const auto* bytes = static_cast<const std::uint8_t*>(from);
  const std::uint32_t number = number_at(size, at);
  if (number == 1) tagged.has_room = bytes[kReservedAt] == kPageTagBytes;
  if (!tagged.has_room) return SQLITE_IOERR_WRITE;
  std::vector<std::uint8_t>& page = *tagged.scratch;
  page.assign(bytes, bytes + size);
  const Tag tag = tag_of(page, number);
  std::copy(tag.begin(), tag.end(), page.end() - kPageTagBytes);
  return under(file).xWrite(below(file), page.data(), size, at);
}

int close(sqlite3_file* file) {
  const int done = under(file).xClose(below(file));
  delete of(file).scratch;
  return done;
}

// A part of a page that is read by itself would pass unseen.
int traits(sqlite3_file* file) {
  constexpr int kSubpageRead = 0x00008000;  // newer than the headers of Debian 12
  return under(file).xDeviceCharacteristics(below(file)) & ~kSubpageRead;
}

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = [](sqlite3_file* f, sqlite3_int64 n) { return under(f).xTruncate(below(f), n); },
    .xSync = [](sqlite3_file* f, int flags) { return under(f).xSync(below(f), flags); },
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* n) { return under(f).xFileSize(below(f), n); },
    .xLock = [](sqlite3_file* f, int level) { return under(f).xLock(below(f), level); },
    .xUnlock = [](sqlite3_file* f, int level) { return under(f).xUnlock(below(f), level); },
    .xCheckReservedLock = [](sqlite3_file* f,
                             int* held) { return under(f).xCheckReservedLock(below(f), held); },
    .xFileControl = [](sqlite3_file* f, int what,
                       void* with) { return under(f).xFileControl(below(f), what, with); },
    .xSectorSize = [](sqlite3_file* f) { return under(f).xSectorSize(below(f)); },
    .xDeviceCharacteristics = traits,
    .xShmMap =
        [](sqlite3_file* f, int region, int size, int extend, void volatile** into) {
          return under(f).xShmMap(below(f), region, size, extend, into);
        },
    .xShmLock = [](sqlite3_file* f, int at, int count,
                   int flags) { return under(f).xShmLock(below(f), at, count, flags); },
    .xShmBarrier = [](sqlite3_file* f) { under(f).xShmBarrier(below(f)); },
    .xShmUnmap = [](sqlite3_file* f, int remove) { return under(f).xShmUnmap(below(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* into, int flags, int* out_flags) {
  Door& door = of(vfs);
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) {
    return door.below->xOpen(door.below, name, into, flags, out_flags);
  }
  into->pMethods = nullptr;
  auto* const file = reinterpret_cast<TaggedFile*>(into);
  const int opened = door.below->xOpen(door.below, name, file->below(), flags, out_flags);
  if (opened != SQLITE_OK) return opened;
  sqlite3_int64 size = 0;
  const int measured = file->below()->pMethods->xFileSize(file->below(), &size);
  if (measured != SQLITE_OK) {
    file->below()->pMethods->xClose(file->below());
    return measured;
  }
  std::uint8_t room = kPageTagBytes;  // a new file is given it
  if (size > 0) file->below()->pMethods->xRead(file->below(), &room, 1, kReservedAt);
  new (into) TaggedFile{{&kMethods}, &door, room == kPageTagBytes, new std::vector<std::uint8_t>};
  return SQLITE_OK;
}

int now(sqlite3_vfs* vfs, double* julian) {
  constexpr double kDayMs = 86'400'000;
  sqlite3_vfs* const clock = of(vfs).below;
  if (clock->iVersion < 2 || clock->xCurrentTimeInt64 == nullptr) {
    return clock->xCurrentTime(clock, julian);
  }
  sqlite3_int64 ms = 0;
  const int done = clock->xCurrentTimeInt64(clock, &ms);
  *julian = static_cast<double>(ms) / kDayMs;
  return done;
}

std::string next_name() {
  static std::atomic<std::uint64_t> made{0};
  return "yizhan-pages-" + std::to_string(++made);
}

sqlite3_vfs over(sqlite3_vfs* below) {
  sqlite3_vfs vfs{};
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(TaggedFile)) + below->szOsFile;
  vfs.mxPathname = below->mxPathname;
  vfs.xOpen = open;
  vfs.xDelete = [](sqlite3_vfs* v, const char* name, int sync) {
    return of(v).below->xDelete(of(v).below, name, sync);
  };
  vfs.xAccess = [](sqlite3_vfs* v, const char* name, int flags, int* found) {
    return of(v).below->xAccess(of(v).below, name, flags, found);
  };
  vfs.xFullPathname = [](sqlite3_vfs* v, const char* name, int size, char* out) {
    return of(v).below->xFullPathname(of(v).below, name, size, out);
  };
  vfs.xRandomness = [](sqlite3_vfs* v, int size, char* out) {
    return of(v).below->xRandomness(of(v).below, size, out);
  };
  vfs.xSleep = [](sqlite3_vfs* v, int micros) { return of(v).below->xSleep(of(v).below, micros); };
  vfs.xCurrentTime = now;
  vfs.xGetLastError = [](sqlite3_vfs* v, int size, char* out) {
    const auto ask = of(v).below->xGetLastError;
    return ask == nullptr ? 0 : ask(of(v).below, size, out);
  };
  return vfs;
}

}  // namespace

struct PageTags::Impl : Door {};

PageTags::PageTags(const std::string& below, Damage damage) {
  sqlite3_vfs* const found = sqlite3_vfs_find(below.empty() ? nullptr : below.c_str());
  YZ_CHECK(found != nullptr);
  impl_.reset(new Impl{{over(found), found, next_name(), damage, {}}});
  impl_->vfs.zName = impl_->name.c_str();
  YZ_CHECK(sqlite3_vfs_register(&impl_->vfs, 0) == SQLITE_OK);
}

PageTags::~PageTags() { sqlite3_vfs_unregister(&impl_->vfs); }

const std::string& PageTags::vfs() const { return impl_->name; }
const std::set<std::uint32_t>& PageTags::damaged() const { return impl_->damaged; }

}  // namespace yizhan::node
