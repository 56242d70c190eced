#include "tests/storage/disk_vfs.h"

#include <new>

#include "crdt/base/check.h"

namespace yizhan::storage {
namespace {

struct OpenFile {
  sqlite3_file base;  // first: SQLite sees this
  CrashDisk* disk;
  FilePtr file;
  std::vector<std::unique_ptr<Bytes>> index;  // regions of the log's index
};

OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
CrashDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<CrashDisk*>(vfs->pAppData); }

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
      of(file).disk->read(*of(file).file, static_cast<std::size_t>(at), out, got);
  if (error != DiskError::None) return SQLITE_IOERR_READ;
  if (got == out.size()) return SQLITE_OK;
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(got), out.end(), std::uint8_t{0});
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const ByteView bytes(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(size));
  return code(of(file).disk->write(*of(file).file, static_cast<std::size_t>(at), bytes),
              SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return code(of(file).disk->truncate(*of(file).file, static_cast<std::size_t>(size)),
              SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int) {
  const int done = code(of(file).disk->sync(*of(file).file), SQLITE_IOERR_FSYNC);
  if (done == SQLITE_OK) of(file).disk->sync_names();
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
    .xSectorSize = [](sqlite3_file*) { return static_cast<int>(kSectorBytes); },
    .xDeviceCharacteristics = [](sqlite3_file*) { return 0; },
    .xShmMap = map_index,
    .xShmLock = [](sqlite3_file*, int, int, int) { return SQLITE_OK; },
    .xShmBarrier = [](sqlite3_file*) {},
    .xShmUnmap = unmap_index,
    .xFetch = nullptr,
    .xUnfetch = nullptr};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* into, int flags, int* out_flags) {
  into->pMethods = nullptr;
  CrashDisk& disk = disk_of(vfs);
  FilePtr file = name == nullptr ? std::make_shared<DiskFile>() : disk.find(name);
  if (!file) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    file = disk.make(name);
  }
  new (into) OpenFile{{&kMethods}, &disk, std::move(file), {}};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  if (!disk_of(vfs).find(name)) return SQLITE_IOERR_DELETE_NOENT;
  disk_of(vfs).remove(name);
  if (sync_folder != 0) disk_of(vfs).sync_names();
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, const char* name, int, int* found) {
  *found = disk_of(vfs).find(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

// The same at every run: SQLite draws only the salts of its log from it.
int randomness(sqlite3_vfs*, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(i * 37 + 11);
  return size;
}

int now(sqlite3_vfs*, double* julian) {
  *julian = 2461000.5;
  return SQLITE_OK;
}

}  // namespace

DiskVfs::DiskVfs(std::string name, CrashDisk& disk) : name_(std::move(name)), vfs_{} {
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(OpenFile);
  vfs_.mxPathname = 512;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = &disk;
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
