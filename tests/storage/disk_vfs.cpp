#include "tests/storage/disk_vfs.h"

#include <new>
#include <utility>

#include "crdt/base/check.h"

namespace yizhan::storage {
namespace {

struct OpenFile {
  sqlite3_file base;  // first: SQLite sees this
  CrashDisk* disk;
  std::string name;
  FilePtr file;
  bool names_itself;                          // at its first sync
  std::vector<std::unique_ptr<Bytes>> index;  // regions of the log's index
};

OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }

std::string folder_of(const std::string& name) { return name.substr(0, name.rfind('/')); }

int code(DiskError error, int io) {
  switch (error) {
    case DiskError::None: return SQLITE_OK;
    case DiskError::Io: return io;
    case DiskError::NoSpace: return SQLITE_FULL;
  }
  return io;
}

int close(sqlite3_file* file) {
  of(file).~OpenFile();
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
  const std::span out(static_cast<std::uint8_t*>(into), static_cast<std::size_t>(size));
  std::size_t got = 0;
  const DiskError error =
      of(file).disk->read(of(file).name, *of(file).file, static_cast<std::size_t>(at), out, got);
  if (error != DiskError::None) return SQLITE_IOERR_READ;
  if (got == out.size()) return SQLITE_OK;
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(got), out.end(), std::uint8_t{0});
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const ByteView bytes(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(size));
  OpenFile& open = of(file);
  return code(open.disk->write(open.name, *open.file, static_cast<std::size_t>(at), bytes),
              SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  OpenFile& open = of(file);
  return code(open.disk->resize(open.name, *open.file, static_cast<std::size_t>(size)),
              SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int) {
  OpenFile& open = of(file);
  const int done = code(open.disk->sync(open.name, *open.file), SQLITE_IOERR_FSYNC);
  if (done == SQLITE_OK && std::exchange(open.names_itself, false)) {
    open.disk->sync_names(folder_of(open.name));
  }
  return done;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(of(file).file->now.size());
  return SQLITE_OK;
}

int map_index(sqlite3_file* file, int region, int size, int extend, void volatile** into) {
  auto& index = of(file).index;
  const auto at = static_cast<std::size_t>(region);
  *into = nullptr;
  if (at >= index.size() && extend == 0) return SQLITE_OK;
  while (index.size() <= at) {
    index.push_back(std::make_unique<Bytes>(static_cast<std::size_t>(size)));
  }
  *into = index[at]->data();
  return SQLITE_OK;
}

int unmap_index(sqlite3_file* file, int remove) {
  if (remove != 0) of(file).index.clear();
  return SQLITE_OK;
}

int reserved(sqlite3_file*, int* held) {
  *held = 0;
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xUnlock = [](sqlite3_file*, int) { return SQLITE_OK; },
    .xCheckReservedLock = reserved,
    .xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; },
    .xSectorSize =
        [](sqlite3_file* file) { return static_cast<int>(of(file).disk->traits().sector_bytes); },
    .xDeviceCharacteristics =
        [](sqlite3_file* file) {
          return of(file).disk->traits().powersafe ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
        },
    .xShmMap = map_index,
    .xShmLock = [](sqlite3_file*, int, int, int) { return SQLITE_OK; },
    .xShmBarrier = [](sqlite3_file*) {},
    .xShmUnmap = unmap_index,
    .xFetch = nullptr,
    .xUnfetch = nullptr};

// What the functions of one VFS share.
struct Door {
  CrashDisk& disk;
  std::string root;
};
Door& door(sqlite3_vfs* vfs) { return *static_cast<Door*>(vfs->pAppData); }
CrashDisk& disk_of(sqlite3_vfs* vfs) { return door(vfs).disk; }

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* into, int flags, int* out_flags) {
  into->pMethods = nullptr;
  constexpr int kBeside = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  CrashDisk& disk = disk_of(vfs);
  FilePtr file = name == nullptr ? std::make_shared<DiskFile>() : disk.find(name);
  const bool fresh = file == nullptr;
  if (fresh) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    file = disk.make(name);
  }
  const bool names_itself = fresh && (flags & kBeside) != 0;
  new (into)
      OpenFile{{&kMethods}, &disk, name == nullptr ? "" : name, std::move(file), names_itself, {}};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  if (!disk_of(vfs).find(name)) return SQLITE_IOERR_DELETE_NOENT;
  disk_of(vfs).remove(name);
  if (sync_folder != 0) disk_of(vfs).sync_names(folder_of(name));
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, const char* name, int, int* found) {
  *found = disk_of(vfs).find(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  const std::string& root = door(vfs).root;
  const std::string_view path(name);
  const std::size_t skipped = path.starts_with(root) ? root.size() : 0;
  sqlite3_snprintf(size, out, "%s", name + skipped);
  return SQLITE_OK;
}

// SQLite seeds its own generator from the system's VFS, not from this one: see seed_sqlite().
int randomness(sqlite3_vfs*, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(i * 37 + 11);
  return size;
}

int now(sqlite3_vfs*, double* julian) {
  *julian = 2461000.5;
  return SQLITE_OK;
}

}  // namespace

struct DiskVfs::Impl : Door {};

DiskVfs::DiskVfs(std::string name, CrashDisk& disk, std::string root)
    : name_(std::move(name)), door_(new Impl{{disk, std::move(root)}}), vfs_{} {
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(OpenFile);
  vfs_.mxPathname = 512;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = static_cast<Door*>(door_.get());
  vfs_.xOpen = open;
  vfs_.xDelete = remove;
  vfs_.xAccess = access;
  vfs_.xFullPathname = full_path;
  vfs_.xRandomness = randomness;
  vfs_.xSleep = [](sqlite3_vfs*, int micros) { return micros; };
  vfs_.xCurrentTime = now;
  YZ_CHECK(sqlite3_vfs_register(&vfs_, 0) == SQLITE_OK);
}

DiskVfs::~DiskVfs() { sqlite3_vfs_unregister(&vfs_); }

}  // namespace yizhan::storage
