#include "node/identity/node_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "crdt/codec/writer.h"
#include "node/identity/item_readers.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIdentityFile = "identity.yz";
constexpr const char* kSecretsFile = "secrets.yz";
constexpr const char* kJoiningFile = "joining.yz";
constexpr const char* kRecoveryFile = "recovery.yz";
constexpr const char* kRootFile = "root-key.yz";
constexpr const char* kClockFile = "clock.yz";
constexpr std::string_view kIdentityMark = "yizhan-identity-1";
constexpr std::string_view kSecretsMark = "yizhan-secrets-1";
constexpr std::string_view kRecoveryMark = "yizhan-recovery-1";
constexpr std::string_view kClockMark = "yizhan-clock-1";
constexpr std::size_t kFileBytesMax = 64 * 1024;

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return fd_ >= 0; }
  int fd() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> io_error(const char* name) {
  const Errc code = errno == ENOSPC || errno == EDQUOT ? Errc::StorageFull : Errc::StorageIo;
  return fail(code, std::generic_category().message(errno), name);
}

bool write_all(int fd, ByteView bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t wrote = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    at += static_cast<std::size_t>(wrote);
  }
  return ::fsync(fd) == 0;
}

Result<void> whole(const crdt::Reader& in, const char* name) {
  if (const auto status = in.status(); !status) {
    return fail(Errc::StorageCorrupt, status.error().detail, name);
  }
  return {};
}

}  // namespace

NodeKeys make_node_keys(sync::Entropy& entropy) {
  NodeKeys keys{sync::make_node_secrets(entropy), {}};
  entropy.fill(keys.pepper.bytes);
  return keys;
}

sync::Identity engine_identity(const NodeIdentity& identity, const NodeKeys& keys) {
  sync::Identity out;
  out.root_public = identity.root_public;
  out.certificate = identity.certificate;
  out.secrets.sign = sync::SignKey(keys.secrets.sign.seed().clone());
  out.secrets.curve = keys.secrets.curve.clone();
  out.secrets.box = keys.secrets.box.clone();
  out.epoch = identity.epoch;
  out.reopened = identity.reopened;
  out.parent = identity.parent;
  out.trusted = identity.above;
  out.trusted.push_back(identity.certificate);
  return out;
}

bool NodeFiles::enrolled() const { return exists(kIdentityFile); }

bool NodeFiles::exists(const char* name) const {
  std::error_code unseen;  // what cannot be looked at shows itself when it is read or written
  return fs::exists(folder_ / name, unseen);
}

// ---- files

Result<Bytes> NodeFiles::read(const char* name) const {
  const File file(::open((folder_ / name).c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && errno == ENOENT) return fail(Errc::NotFound, "there is no such file", name);
  if (!file) return io_error(name);
  struct stat facts {};
  if (::fstat(file.fd(), &facts) != 0) return io_error(name);
  if (std::string_view(name) == kSecretsFile && (facts.st_mode & 077U) != 0) {
    return fail(Errc::Denied, "other users can read it; chmod 600 it", name);
  }
  if (facts.st_size < 0 || static_cast<std::size_t>(facts.st_size) > kFileBytesMax) {
    return fail(Errc::StorageCorrupt, "is not a file of this program", name);
  }
  Bytes bytes(static_cast<std::size_t>(facts.st_size));
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t got = ::read(file.fd(), bytes.data() + at, bytes.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return io_error(name);
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

Result<void> NodeFiles::replace(const char* name, ByteView bytes) const {
  std::error_code made;
  fs::create_directories(folder_, made);
  if (made) return fail(Errc::StorageIo, made.message(), "data_dir");
  const fs::path target = folder_ / name;
  const fs::path fresh = folder_ / (std::string(name) + ".new");
  {
    const File file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file || !write_all(file.fd(), bytes)) return io_error(name);
  }
  if (::rename(fresh.c_str(), target.c_str()) != 0) return io_error(name);
  const File folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::fsync(folder.fd()) != 0) return io_error(name);
  return {};
}

// ---- what is in them

Result<void> NodeFiles::save_keys(const NodeKeys& keys) const {
  if (exists(kSecretsFile)) {
    return fail(Errc::Busy, "this folder has keys of a node already", kSecretsFile);
  }
  Bytes bytes;
  crdt::Writer(bytes)
      .array(5)
      .text(kSecretsMark)
      .bin(keys.secrets.sign.seed().view())
      .bin(keys.secrets.curve.view())
      .bin(keys.secrets.box.view())
      .bin(keys.pepper.bytes);
  return replace(kSecretsFile, bytes);
}

Result<NodeKeys> NodeFiles::keys() const {
  const auto bytes = read(kSecretsFile);
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  in.array_of(5);
  if (in.text() != kSecretsMark) in.reject("not a file of keys");
  NodeKeys keys;
  keys.secrets.sign = sync::SignKey(sync::Secret32(read_fixed<32>(in)));
  keys.secrets.curve = sync::Secret32(read_fixed<32>(in));
  keys.secrets.box = sync::Secret32(read_fixed<32>(in));
  keys.pepper.bytes = read_fixed<32>(in);
  if (auto read = whole(in, kSecretsFile); !read) return fail(read);
  return keys;
}

Result<void> NodeFiles::save_joining(const JoinTicket& ticket) const {
  return replace(kJoiningFile, view(ticket_text(ticket)));
}

Result<JoinTicket> NodeFiles::joining() const {
  const auto bytes = read(kJoiningFile);
  if (!bytes) return fail(bytes);
  auto ticket = parse_ticket({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!ticket) return fail(Errc::StorageCorrupt, ticket.error().detail, kJoiningFile);
  return ticket;
}

Result<void> NodeFiles::save_identity(const NodeIdentity& identity) const {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(9).text(kIdentityMark).text(identity.name).bin(identity.root_public);
  out.bin(sync::encode(identity.certificate)).uint(identity.epoch.counter);
  out.bin(identity.epoch.nonce).sint(identity.reopened.value);
  if (identity.parent) {
    out.bin(view(*identity.parent));
  } else {
    out.nil();
  }
  out.array(identity.above.size());
  for (const sync::Certificate& above : identity.above) out.bin(sync::encode(above));
  if (auto saved = replace(kIdentityFile, bytes); !saved) return saved;
  std::error_code ignored;  // a ticket left behind opens nothing: its invitation is used
  fs::remove(folder_ / kJoiningFile, ignored);
  return {};
}

Result<NodeIdentity> NodeFiles::identity() const {
  const auto bytes = read(kIdentityFile);
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  in.array_of(9);
  if (in.text() != kIdentityMark) in.reject("not an identity file");
  NodeIdentity identity;
  identity.name = std::string(in.text());
  identity.root_public = read_fixed<32>(in);
  identity.certificate = read_certificate(in);
  identity.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  identity.epoch.nonce = read_fixed<8>(in);
  identity.reopened.value = in.sint();
  if (in.peek() == crdt::Reader::Type::Nil) {
    in.nil();
  } else {
    identity.parent = in.id<NodeId>();
  }
  const std::size_t count = in.array();
  for (std::size_t i = 0; i < count && in.ok(); ++i) identity.above.push_back(read_certificate(in));
  if (auto read = whole(in, kIdentityFile); !read) return fail(read);
  return identity;
}

Result<void> NodeFiles::save_recovery(const sync::Key32& recovery_public) const {
  Bytes bytes;
  crdt::Writer(bytes).array(2).text(kRecoveryMark).bin(recovery_public);
  return replace(kRecoveryFile, bytes);
}

Result<std::optional<sync::Key32>> NodeFiles::recovery_key() const {
  if (!exists(kRecoveryFile)) return std::optional<sync::Key32>();
  const auto bytes = read(kRecoveryFile);
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  in.array_of(2);
  if (in.text() != kRecoveryMark) in.reject("not a recovery key");
  const sync::Key32 key = read_fixed<32>(in);
  if (auto read = whole(in, kRecoveryFile); !read) return fail(read);
  return std::optional(key);
}

Result<void> NodeFiles::save_root(ByteView encrypted) const {
  if (exists(kRootFile)) {
    return fail(Errc::Busy, "this folder has a root key already", kRootFile);
  }
  return replace(kRootFile, encrypted);
}

Result<void> NodeFiles::save_time(const KeptTime& kept) const {
  Bytes bytes;
  crdt::Writer(bytes)
      .array(6)
      .text(kClockMark)
      .text(kept.start)
      .sint(kept.anchor.time.value)
      .sint(kept.anchor.mono.value)
      .uint(static_cast<std::uint64_t>(kept.anchor.word))
      .sint(kept.last.value);
  return replace(kClockFile, bytes);
}

Result<KeptTime> NodeFiles::time() const {
  const auto bytes = read(kClockFile);
  if (!bytes) return fail(bytes);
  crdt::Reader in(*bytes);
  in.array_of(6);
  if (in.text() != kClockMark) in.reject("not a file of the time");
  KeptTime kept;
  kept.start = in.text();
  kept.anchor.time = {in.sint()};
  kept.anchor.mono = {in.sint()};
  kept.anchor.word =
      static_cast<sync::ClockWord>(in.uint(static_cast<std::uint64_t>(sync::ClockWord::Parent)));
  kept.last = {in.sint()};
  if (auto read = whole(in, kClockFile); !read) return fail(read);
  return kept;
}

}  // namespace yizhan::node
