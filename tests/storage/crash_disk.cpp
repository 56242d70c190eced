#include "tests/storage/crash_disk.h"

#include <algorithm>

namespace yizhan::storage {
namespace {

void put(Bytes& file, std::size_t at, ByteView bytes) {
  if (file.size() < at + bytes.size()) file.resize(at + bytes.size());
  std::copy(bytes.begin(), bytes.end(), file.begin() + static_cast<std::ptrdiff_t>(at));
}

void apply(Bytes& file, const FileChange& change) {
  if (change.bytes) {
    put(file, change.at, *change.bytes);
  } else {
    file.resize(change.at);
  }
}

// Some of the sectors that the write touches; a sector is written whole or not at all.
void tear(Bytes& file, const FileChange& change, sim::Prng& chance) {
  const ByteView bytes = *change.bytes;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t border = kSectorBytes - (change.at + at) % kSectorBytes;
    const std::size_t size = std::min(border, bytes.size() - at);
    if (chance.below(2) == 0) put(file, change.at + at, bytes.subspan(at, size));
    at += size;
  }
}

void leave(Bytes& file, const FileChange& change, sim::Prng& chance) {
  if (!change.bytes) {
    if (chance.below(2) == 0) apply(file, change);
    return;
  }
  switch (chance.below(4)) {
    case 0: return apply(file, change);
    case 1: return;
    case 2: return tear(file, change, chance);
    default: {
      Bytes garbage(change.bytes->size());
      chance.fill(garbage);
      put(file, change.at, garbage);
    }
  }
}

}  // namespace

FilePtr CrashDisk::find(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

FilePtr CrashDisk::make(const std::string& name) {
  ++steps_;
  FilePtr file = std::make_shared<DiskFile>();
  names_[name] = file;
  unsynced_names_.push_back({name, file});
  return file;
}

void CrashDisk::remove(const std::string& name) {
  ++steps_;
  names_.erase(name);
  unsynced_names_.push_back({name, nullptr});
}

void CrashDisk::sync_names() {
  ++steps_;
  durable_names_ = names_;
  unsynced_names_.clear();
}

bool CrashDisk::strikes(Fault fault) {
  if (!planted_ || planted_->first != fault) return false;
  if (planted_->second > 0) {
    --planted_->second;
    return false;
  }
  planted_.reset();
  return struck_ = true;
}

void CrashDisk::plant(Fault fault, std::uint64_t passed) {
  planted_ = {fault, passed};
  struck_ = false;
}

DiskError CrashDisk::write(DiskFile& file, std::size_t at, ByteView bytes) {
  if (strikes(Fault::WriteFails)) return DiskError::Io;
  if (strikes(Fault::NoSpace)) return DiskError::NoSpace;
  ++steps_;
  file.unsynced.push_back({at, Bytes(bytes.begin(), bytes.end())});
  put(file.now, at, bytes);
  return DiskError::None;
}

DiskError CrashDisk::truncate(DiskFile& file, std::size_t size) {
  if (strikes(Fault::WriteFails)) return DiskError::Io;
  ++steps_;
  file.unsynced.push_back({size, std::nullopt});
  file.now.resize(size);
  return DiskError::None;
}

DiskError CrashDisk::sync(DiskFile& file) {
  if (strikes(Fault::SyncLies)) return DiskError::None;
  ++steps_;
  if (strikes(Fault::SyncFails)) {
    file.unsynced.clear();
    return DiskError::Io;
  }
  // Not `durable = now`: after a failed sync the two differ for good.
  for (const FileChange& change : file.unsynced) apply(file.durable, change);
  file.unsynced.clear();
  return DiskError::None;
}

DiskError CrashDisk::read(const DiskFile& file, std::size_t at, std::span<std::uint8_t> out,
                          std::size_t& got) {
  got = 0;
  if (strikes(Fault::ReadFails)) return DiskError::Io;
  if (at >= file.now.size()) return DiskError::None;
  got = std::min(out.size(), file.now.size() - at);
  if (strikes(Fault::ReadsShort)) got /= 2;
  std::copy_n(file.now.begin() + static_cast<std::ptrdiff_t>(at), got, out.begin());
  if (got > 0 && strikes(Fault::ReadFlips)) out[got / 2] ^= 0x10;
  return DiskError::None;
}

CrashDisk CrashDisk::after_crash(sim::Prng& chance) const {
  Names left = durable_names_;
  const std::uint64_t kept = chance.below(unsynced_names_.size() + 1);
  for (std::size_t i = 0; i < kept; ++i) {
    const NameChange& change = unsynced_names_[i];
    if (change.file) {
      left[change.name] = change.file;
    } else {
      left.erase(change.name);
    }
  }
  CrashDisk disk;
  for (const auto& [name, file] : left) {
    Bytes bytes = file->durable;
    for (const FileChange& change : file->unsynced) leave(bytes, change, chance);
    disk.names_[name] = std::make_shared<DiskFile>(DiskFile{bytes, bytes, {}});
  }
  disk.durable_names_ = disk.names_;
  return disk;
}

}  // namespace yizhan::storage
