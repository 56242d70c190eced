#include "node/store/guard.h"

#include <utility>

#include "crdt/base/hash.h"
#include "crdt/codec/change_codec.h"
#include "node/store/tagged_record.h"
#include "sync/parts.h"

namespace yizhan::node {
namespace {

constexpr const char* kGuardFile = "guard.yz";
constexpr RecordFrame kFrame{{'y', 'z', 'G', 2}, "yz.guard", 1024 * 1024};
constexpr std::size_t kReadBytesMax = 4 * 1024 * 1024;
constexpr std::size_t kFileBytesMax = 64 * 1024;  // then a new file begins with the last record
constexpr std::size_t kStreamsMax = 4096;

tl::unexpected<Error> of_guard(const Error& error) {
  return fail(error.code, error.detail, kGuardFile);
}

Bytes encode(const GuardFacts& facts) {
  Bytes body;
  crdt::Writer out(body);
  out.array(6).uint(facts.nonce).uint(facts.run);
  out.uint(facts.epoch.counter).bin(facts.epoch.nonce);
  out.array(facts.streams.size());
  for (const auto& [stream, held] : facts.streams) {
    out.array(3).bin(view(stream)).uint(held.committed).uint(held.released);
  }
  out.array(facts.awaited.size());
  for (const auto& [stream, seq] : facts.awaited) out.array(2).bin(view(stream)).uint(seq);
  return body;
}

std::optional<GuardFacts> decode(ByteView body) {
  crdt::Reader in(body);
  in.array_of(6);
  GuardFacts facts;
  facts.nonce = in.uint();
  facts.run = in.uint();
  facts.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  facts.epoch.nonce = sync::get_fixed<8>(in);
  for (std::size_t left = sync::get_count(in, kStreamsMax); left > 0 && in.ok(); --left) {
    in.array_of(3);
    GuardedStream& held = facts.streams[in.id<StreamId>()];
    held.committed = in.uint(crdt::kSeqMax);
    held.released = in.uint(crdt::kSeqMax);
  }
  for (std::size_t left = sync::get_count(in, kStreamsMax); left > 0 && in.ok(); --left) {
    in.array_of(2);
    std::uint64_t& seq = facts.awaited[in.id<StreamId>()];
    seq = in.uint(crdt::kSeqMax);
  }
  if (!in.status()) return std::nullopt;
  return facts;
}

std::optional<GuardFacts> last_in(ByteView file, const sync::Secret32& key) {
  std::optional<GuardFacts> last;
  for (std::size_t at = 0; at < file.size();) {
    const auto framed = framed_at(file, at, kFrame, key);
    auto facts = framed ? decode(framed->body) : std::nullopt;
    at = facts ? framed->end : next_mark(file, at + 1, kFrame);
    if (facts) last = std::move(facts);
  }
  return last;
}

}  // namespace

Guard::Guard(std::filesystem::path folder, sync::Secret32 key, Disk& disk)
    : folder_(std::move(folder)), key_(std::move(key)), disk_(&disk) {}

Result<Guard> Guard::open(const std::filesystem::path& folder, sync::Secret32 key, Disk& disk) {
  Guard guard(folder, std::move(key), disk);
  const auto bytes = disk.read(folder / kGuardFile, 0, kReadBytesMax);
  if (!bytes && bytes.error().code != Errc::NotFound) return of_guard(bytes.error());
  if (bytes) guard.facts_ = last_in(*bytes, guard.key_);
  return guard;
}

// Each start begins a new file, so that nothing is ever appended behind a damaged end.
Result<void> Guard::put(const GuardFacts& facts) {
  Bytes record;
  put_framed(record, kFrame, encode(facts), key_);
  const bool begin = file_ == nullptr || size_ + record.size() > kFileBytesMax;
  if (auto done = begin ? begin_file(record) : append(record); !done) return of_guard(done.error());
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

Result<void> Guard::begin_file(ByteView record) {
  const std::filesystem::path target = folder_ / kGuardFile;
  const std::filesystem::path fresh = folder_ / (std::string(kGuardFile) + ".new");
  auto file = disk_->open(fresh, Disk::Open::Anew);
  if (!file) return fail(file);
  auto done = (*file)->write(record, 0);
  if (done) done = (*file)->sync();
  if (done) done = disk_->rename(fresh, target);
  if (done) done = disk_->sync_folder(folder_);
  if (!done) return done;
  file_ = std::move(*file);
  size_ = record.size();
  return {};
}

sync::Secret32 guard_key(const sync::SignKey& sign) {
  return sync::Secret32(hash32("yz.guard.key", sign.seed().view()));
}

}  // namespace yizhan::node
