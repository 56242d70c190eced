#include "tests/storage/crash_disk.h"

#include <algorithm>
#include <set>

namespace yizhan::storage {
namespace {

void apply(Blocks& file, const FileChange& change) {
  change.bytes ? file.write(change.at, *change.bytes) : file.resize(change.at);
}

std::string folder_of(const std::string& name) { return name.substr(0, name.rfind('/')); }

// How a crash treats what was under way.
enum class Mood : std::uint8_t { KeepsAll, DropsAll, Mixes, MixesWithGarbage };

// Draws what the sectors of one file hold after a crash.
class Remains {
 public:
  Remains(const DiskFile& file, const DiskTraits& traits, Mood mood, sim::Prng& chance)
      : file_(file), traits_(traits), mood_(mood), chance_(chance), left_(file.durable) {}

  Blocks draw() {
    if (mood_ == Mood::DropsAll || file_.unsynced.empty()) return left_;
    if (mood_ == Mood::KeepsAll) {
      for (const FileChange& change : file_.unsynced) apply(left_, change);
      return left_;
    }
    const std::size_t size = draw_size();
    for (const std::size_t sector : sectors_written()) draw_sector(sector);
    left_.resize(size);
    return left_;
  }

 private:
  // One of those that the file had since its last sync.
  std::size_t draw_size() {
    std::vector<std::size_t> sizes{file_.durable.size()};
    for (const FileChange& change : file_.unsynced) {
      const std::size_t grown =
          change.bytes ? std::max(sizes.back(), change.at + change.bytes->size()) : change.at;
      if (grown != sizes.back()) sizes.push_back(grown);
    }
    return sizes[chance_.below(sizes.size())];
  }

  std::set<std::size_t> sectors_written() const {
    std::set<std::size_t> sectors;
    for (const FileChange& change : file_.unsynced) {
      if (!change.bytes || change.bytes->empty()) continue;
      const std::size_t last = (change.at + change.bytes->size() - 1) / traits_.sector_bytes;
      for (std::size_t at = change.at / traits_.sector_bytes; at <= last; ++at) sectors.insert(at);
    }
    return sectors;
  }

  void draw_sector(std::size_t sector) {
    const std::size_t begin = sector * traits_.sector_bytes;
    std::vector<const FileChange*> writes;
    for (const FileChange& change : file_.unsynced) {
      const bool here = change.bytes && change.at < begin + traits_.sector_bytes &&
                        change.at + change.bytes->size() > begin;
      if (here) writes.push_back(&change);
    }
    const bool garbage = mood_ == Mood::MixesWithGarbage && chance_.below(6) == 0;
    if (garbage && !traits_.powersafe) {
      Bytes noise(traits_.sector_bytes);
      chance_.fill(noise);
      left_.write(begin, noise);
      return;
    }
    const std::size_t kept = garbage ? writes.size() : chance_.below(writes.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) put_part(*writes[i], begin, garbage);
  }

  // The part of a write that falls into the sector.
  void put_part(const FileChange& change, std::size_t begin, bool garbage) {
    const std::size_t from = std::max(begin, change.at);
    const std::size_t to = std::min(begin + traits_.sector_bytes, change.at + change.bytes->size());
    Bytes part(change.bytes->begin() + static_cast<std::ptrdiff_t>(from - change.at),
               change.bytes->begin() + static_cast<std::ptrdiff_t>(to - change.at));
    if (garbage) chance_.fill(part);
    left_.write(from, part);
  }

  const DiskFile& file_;
  const DiskTraits& traits_;
  const Mood mood_;
  sim::Prng& chance_;
  Blocks left_;
};

}  // namespace

void CrashDisk::step() {
  ++steps_;
  if (look_) look_();
}

FilePtr CrashDisk::find(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

std::vector<std::string> CrashDisk::names() const {
  std::vector<std::string> all;
  for (const auto& [name, file] : names_) all.push_back(name);
  return all;
}

void CrashDisk::settle(Names& names, const NameChange& change) {
  if (!change.moved_off.empty()) names.erase(change.moved_off);
  if (change.file) {
    names[change.name] = change.file;
  } else {
    names.erase(change.name);
  }
}

FilePtr CrashDisk::make(const std::string& name) {
  step();
  FilePtr file = std::make_shared<DiskFile>();
  file->number = ++files_made_;
  unsynced_names_.push_back({name, file, {}});
  settle(names_, unsynced_names_.back());
  return file;
}

bool CrashDisk::make_folder(const std::string& name) {
  if (find(name)) return false;
  make(name)->folder = true;
  return true;
}

void CrashDisk::move(const std::string& from, const std::string& to) {
  step();
  unsynced_names_.push_back({to, names_.at(from), from});
  settle(names_, unsynced_names_.back());
}

void CrashDisk::remove(const std::string& name) {
  step();
  unsynced_names_.push_back({name, nullptr, {}});
  settle(names_, unsynced_names_.back());
}

void CrashDisk::sync_names(const std::string& folder) {
  step();
  if (strikes(Fault::SyncLies, folder + "/")) return;
  std::erase_if(unsynced_names_, [&](const NameChange& change) {
    if (folder_of(change.name) != folder) return false;
    settle(durable_names_, change);
    return true;
  });
}

bool CrashDisk::strikes(Fault fault, const std::string& name) {
  for (PlannedFault& planned : planned_) {
    if (planned.fault != fault || name.find(planned.files) == std::string::npos) continue;
    if (planned.passed > 0) {
      --planned.passed;
      continue;
    }
    ++struck_[planned.name];
    return true;
  }
  return false;
}

DiskError CrashDisk::write(const std::string& name, DiskFile& file, std::size_t at,
                           ByteView bytes) {
  step();
  if (strikes(Fault::WriteFails, name)) return DiskError::Io;
  if (strikes(Fault::NoSpace, name)) return DiskError::NoSpace;
  file.unsynced.push_back({at, Bytes(bytes.begin(), bytes.end())});
  apply(file.now, file.unsynced.back());
  return DiskError::None;
}

DiskError CrashDisk::resize(const std::string& name, DiskFile& file, std::size_t size) {
  step();
  if (strikes(Fault::WriteFails, name)) return DiskError::Io;
  if (size > file.now.size() && strikes(Fault::NoSpace, name)) return DiskError::NoSpace;
  file.unsynced.push_back({size, std::nullopt});
  apply(file.now, file.unsynced.back());
  return DiskError::None;
}

DiskError CrashDisk::sync(const std::string& name, DiskFile& file) {
  step();
  if (strikes(Fault::SyncLies, name)) return DiskError::None;
  if (strikes(Fault::SyncFails, name)) {
    file.unsynced.clear();
    return DiskError::Io;
  }
  // Not `durable = now`: after a failed sync the two differ for good.
  for (const FileChange& change : file.unsynced) apply(file.durable, change);
  file.unsynced.clear();
  return DiskError::None;
}

DiskError CrashDisk::read(const std::string& name, DiskFile& file, std::size_t at,
                          std::span<std::uint8_t> out, std::size_t& got) {
  got = 0;
  if (strikes(Fault::ReadFails, name)) return DiskError::Io;
  got = file.now.read(at, out);
  if (got > 1 && strikes(Fault::ReadsShort, name)) got /= 2;
  if (got > 0 && strikes(Fault::BitFlips, name)) {
    const std::uint8_t flipped = out[got / 2] ^= 0x10;
    file.now.write(at + got / 2, {&flipped, 1});
    file.durable.write(at + got / 2, {&flipped, 1});
    mend();
  }
  return DiskError::None;
}

CrashDisk CrashDisk::after_crash(sim::Prng& chance) const {
  Names left = durable_names_;
  const std::uint64_t kept = chance.below(unsynced_names_.size() + 1);
  for (std::size_t i = 0; i < kept; ++i) settle(left, unsynced_names_[i]);
  CrashDisk disk(traits_);
  for (const auto& [name, file] : left) {
    const auto parent = left.find(folder_of(name));
    const bool unreachable = parent == left.end() && find(folder_of(name)) != nullptr;
    if (unreachable) continue;  // its folder was never there
    const auto mood = static_cast<Mood>(chance.below(4));
    Blocks bytes = Remains(*file, traits_, mood, chance).draw();
    disk.names_[name] =
        std::make_shared<DiskFile>(DiskFile{bytes, bytes, {}, file->folder, file->number});
  }
  disk.files_made_ = files_made_;
  disk.durable_names_ = disk.names_;
  return disk;
}

}  // namespace yizhan::storage
