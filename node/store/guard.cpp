#include "node/store/guard.h"

#include <utility>

#include "crdt/base/hash.h"

namespace yizhan::node {
namespace {

constexpr const char* kGuardFile = "guard.yz";
constexpr std::size_t kReadBytesMax = 4 * 1024 * 1024;
constexpr std::size_t kFileBytesMax = 64 * 1024;  // then a new file begins with the last record

tl::unexpected<Error> of_guard(const Error& error) {
  return fail(error.code, error.detail, kGuardFile);
}

}  // namespace

Guard::Guard(std::filesystem::path folder, sync::Secret32 key, Disk& disk)
    : folder_(std::move(folder)), key_(std::move(key)), disk_(&disk) {}

Result<Guard> Guard::open(const std::filesystem::path& folder, sync::Secret32 key, Disk& disk) {
  Guard guard(folder, std::move(key), disk);
  const auto bytes = disk.read(folder / kGuardFile, 0, kReadBytesMax);
  if (!bytes && bytes.error().code != Errc::NotFound) return of_guard(bytes.error());
  const auto last = bytes ? last_in(*bytes, guard.key_) : std::nullopt;
  if (!last) return guard;
  guard.facts_ = last->facts;
  guard.copied_ = differ(last->place, disk.place(folder / kGuardFile));
  return guard;
}

// Each start begins a new file, so that nothing is ever appended behind a damaged end.
Result<void> Guard::put(const GuardFacts& facts) {
  const Bytes next = encode(GuardRecord{facts, place_}, key_);
  const bool begin = file_ == nullptr || size_ + next.size() > kFileBytesMax;
  if (auto done = begin ? begin_file(facts) : append(next); !done) return of_guard(done.error());
  facts_ = facts;
  return {};
}

Result<void> Guard::append(ByteView record) {
  auto done = file_->write(record, size_);
  if (done) done = file_->sync();
  if (!done) {
    file_.reset();  // what stands there is not known: the next begins a new file
    return done;
  }
  size_ += record.size();
  return {};
}

Result<void> Guard::begin_file(const GuardFacts& facts) {
  const std::filesystem::path target = folder_ / kGuardFile;
  const std::filesystem::path fresh = folder_ / (std::string(kGuardFile) + ".new");
  auto file = disk_->open(fresh, Disk::Open::Anew);
  if (!file) return fail(file);
  place_ = disk_->place(fresh);  // and so it stays under its name
  const Bytes first = encode(GuardRecord{facts, place_}, key_);
  auto done = (*file)->write(first, 0);
  if (done) done = (*file)->sync();
  if (done) done = disk_->rename(fresh, target);
  if (done) done = disk_->sync_folder(folder_);
  if (!done) return done;
  file_ = std::move(*file);
  size_ = first.size();
  copied_ = false;
  return {};
}

sync::Secret32 guard_key(const sync::SignKey& sign) {
  return sync::Secret32(hash32("yz.guard.key", sign.seed().view()));
}

}  // namespace yizhan::node
