#include "node/store/guard.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "crdt/base/hash.h"
#include "crdt/codec/change_codec.h"
#include "sync/parts.h"

namespace yizhan::node {
namespace {

constexpr const char* kGuardFile = "guard.yz";
constexpr std::array<std::uint8_t, 4> kMark{'y', 'z', 'G', 2};
constexpr std::size_t kHeadBytes = kMark.size() + 4;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kBodyBytesMax = 1024 * 1024;
constexpr std::size_t kFileBytesMax = 64 * 1024;  // then a new file begins with the last record
constexpr std::size_t kStreamsMax = 4096;

tl::unexpected<Error> io_error() {
  const Errc code = errno == ENOSPC || errno == EDQUOT ? Errc::StorageFull : Errc::StorageIo;
  return tl::unexpected<Error>({code, std::generic_category().message(errno), kGuardFile});
}

bool write_all(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(wrote));
  }
  return true;
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

Id16 tag_of(ByteView body, const sync::Secret32& key) {
  return Hasher("yz.guard", kTagBytes, key.view()).add(body).finish16();
}

Bytes record_of(const GuardFacts& facts, const sync::Secret32& key) {
  const Bytes body = encode(facts);
  Bytes record;
  append(record, kMark);
  append_u32(record, static_cast<std::uint32_t>(body.size()));
  append(record, body);
  append(record, tag_of(body, key));
  return record;
}

// The record at the beginning of `rest`, and the bytes that it takes.
std::optional<std::pair<GuardFacts, std::size_t>> record_in(ByteView rest,
                                                            const sync::Secret32& key) {
  if (rest.size() < kHeadBytes || !equal(rest.first(kMark.size()), kMark)) return std::nullopt;
  std::size_t size = 0;
  for (const std::uint8_t byte : rest.subspan(kMark.size(), 4)) size = size << 8 | byte;
  if (size > kBodyBytesMax || rest.size() < kHeadBytes + size + kTagBytes) return std::nullopt;
  const ByteView body = rest.subspan(kHeadBytes, size);
  if (!equal(rest.subspan(kHeadBytes + size, kTagBytes), tag_of(body, key))) return std::nullopt;
  auto facts = decode(body);
  if (!facts) return std::nullopt;
  return std::pair(std::move(*facts), kHeadBytes + size + kTagBytes);
}

std::optional<GuardFacts> last_in(ByteView file, const sync::Secret32& key) {
  std::optional<GuardFacts> last;
  for (std::size_t at = 0; at < file.size();) {
    if (auto found = record_in(file.subspan(at), key)) {
      last = std::move(found->first);
      at += found->second;
      continue;
    }
    const auto next = std::search(file.begin() + static_cast<std::ptrdiff_t>(at) + 1, file.end(),
                                  kMark.begin(), kMark.end());
    at = static_cast<std::size_t>(next - file.begin());
  }
  return last;
}

}  // namespace

Guard::Guard(std::filesystem::path folder, sync::Secret32 key)
    : folder_(std::move(folder)), key_(std::move(key)) {}

Guard::Guard(Guard&& other) noexcept
    : folder_(std::move(other.folder_)),
      key_(std::move(other.key_)),
      facts_(std::move(other.facts_)),
      fd_(std::exchange(other.fd_, -1)),
      size_(other.size_) {}

Guard::~Guard() {
  if (fd_ >= 0) ::close(fd_);
}

Result<Guard> Guard::open(const std::filesystem::path& folder, sync::Secret32 key) {
  Guard guard(folder, std::move(key));
  std::ifstream file(folder / kGuardFile, std::ios::binary);
  if (file) {
    const Bytes bytes{std::istreambuf_iterator<char>(file), {}};
    guard.facts_ = last_in(bytes, guard.key_);
  }
  return guard;
}

// Each start begins a new file, so that nothing is ever appended behind a damaged end.
Result<void> Guard::put(const GuardFacts& facts) {
  const Bytes record = record_of(facts, key_);
  const bool begin = fd_ < 0 || size_ + record.size() > kFileBytesMax;
  if (auto done = begin ? begin_file(record) : append(record); !done) return done;
  facts_ = facts;
  return {};
}

Result<void> Guard::append(ByteView record) {
  if (!write_all(fd_, record) || ::fdatasync(fd_) != 0) {
    const auto failed = io_error();
    ::close(std::exchange(fd_, -1));  // what stands there is not known: the next begins a new file
    return failed;
  }
  size_ += record.size();
  return {};
}

Result<void> Guard::begin_file(ByteView record) {
  const std::filesystem::path target = folder_ / kGuardFile;
  const std::filesystem::path fresh = folder_ / (std::string(kGuardFile) + ".new");
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return io_error();
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool stands = folder >= 0 && write_all(fd, record) && ::fdatasync(fd) == 0 &&
                      ::rename(fresh.c_str(), target.c_str()) == 0 && ::fsync(folder) == 0;
  const auto failed = io_error();
  if (folder >= 0) ::close(folder);
  if (!stands) {
    ::close(fd);
    return failed;
  }
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
  size_ = record.size();
  return {};
}

sync::Secret32 guard_key(const sync::SignKey& sign) {
  return sync::Secret32(hash32("yz.guard.key", sign.seed().view()));
}

}  // namespace yizhan::node
