#include "node/backup/backup_stream.h"

#include <sodium.h>
#include <zstd.h>

#include "crdt/base/check.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kFrameBytes = 64 * 1024;
constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr int kLevel = 3;
constexpr int kWindowLogMax = 23;  // 8 MiB: what reading a stream may hold

tl::unexpected<Error> corrupt(const char* why) { return fail(Errc::StorageCorrupt, why, "backup"); }

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

// ---- writing

struct BackupWriter::State {
  crypto_secretstream_xchacha20poly1305_state cipher{};
  StreamStart start{};
  Hash32 bound{};
  std::unique_ptr<ZSTD_CCtx, FreeCompressor> zstd{ZSTD_createCCtx()};
  Bytes packed = Bytes(kFrameBytes);
  Bytes frame;
  ~State() { sodium_memzero(&cipher, sizeof cipher); }
};

BackupWriter::BackupWriter(OpenFile& file, const sync::Secret32& key)
    : file_(file), state_(std::make_unique<State>()) {
  static_assert(crypto_secretstream_xchacha20poly1305_HEADERBYTES == sizeof(StreamStart));
  crypto_secretstream_xchacha20poly1305_init_push(&state_->cipher, state_->start.data(),
                                                  key.view().data());
  YZ_CHECK(state_->zstd != nullptr);
  ZSTD_CCtx_setParameter(state_->zstd.get(), ZSTD_c_compressionLevel, kLevel);
}
BackupWriter::~BackupWriter() = default;

const StreamStart& BackupWriter::start() const { return state_->start; }
void BackupWriter::bind(const BackupHead& head) { state_->bound = hash(head); }

Result<void> BackupWriter::push(ByteView compressed, bool last) {
  Bytes& frame = state_->frame;
  frame.clear();
  append_u32(frame, static_cast<std::uint32_t>(compressed.size() + kTagBytes));
  const std::size_t head = frame.size();
  frame.resize(head + compressed.size() + kTagBytes);
  crypto_secretstream_xchacha20poly1305_push(
      &state_->cipher, frame.data() + head, nullptr, compressed.data(), compressed.size(),
      state_->bound.data(), state_->bound.size(),
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return file_.write(frame);
}

Result<void> BackupWriter::run(ByteView plain, bool last) {
  ZSTD_inBuffer in{plain.data(), plain.size(), 0};
  while (true) {
    ZSTD_outBuffer out{state_->packed.data(), state_->packed.size(), 0};
    const std::size_t left =
        ZSTD_compressStream2(state_->zstd.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left) != 0) return fail(Errc::StorageIo, "cannot be compressed", "backup");
    const bool done = last ? left == 0 : in.pos == in.size;
    if (out.pos > 0 || (last && done)) {
      auto pushed = push({state_->packed.data(), out.pos}, last && done);
      if (!pushed) return pushed;
    }
    if (done) return {};
  }
}

Result<void> BackupWriter::write(ByteView plain) { return run(plain, false); }
Result<void> BackupWriter::finish() { return run({}, true); }

// ---- reading

struct BackupReader::State {
  crypto_secretstream_xchacha20poly1305_state cipher{};
  Hash32 bound{};
  std::unique_ptr<ZSTD_DCtx, FreeDecompressor> zstd{ZSTD_createDCtx()};
  Bytes frame;
  Bytes packed;          // of the last frame
  std::size_t used = 0;  // of `packed`
  bool last = false;     // the last frame was read
  bool ended = false;    // the compressed content is at its end
  bool readable = true;
  ~State() { sodium_memzero(&cipher, sizeof cipher); }
};

BackupReader::BackupReader(OpenFile& file, const sync::Secret32& key, const BackupHead& head)
    : file_(file), state_(std::make_unique<State>()) {
  YZ_CHECK(state_->zstd != nullptr);
  ZSTD_DCtx_setParameter(state_->zstd.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  state_->bound = hash(head);
  state_->readable = crypto_secretstream_xchacha20poly1305_init_pull(
                         &state_->cipher, head.start.data(), key.view().data()) == 0;
}
BackupReader::~BackupReader() = default;

Result<void> BackupReader::pull() {
  if (!state_->readable || state_->last) return corrupt("is cut short or altered");
  std::array<std::uint8_t, 4> length{};
  const auto got = file_.read(length);
  if (!got) return fail(got);
  if (*got != length.size()) return corrupt("is cut short");
  std::size_t size = 0;
  for (const std::uint8_t byte : length) size = size << 8 | byte;
  if (size < kTagBytes || size > kFrameBytes + kTagBytes) return corrupt("is altered");
  state_->frame.resize(size);
  const auto rest = file_.read(state_->frame);
  if (!rest) return fail(rest);
  if (*rest != size) return corrupt("is cut short");
  state_->packed.resize(size - kTagBytes);
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->cipher, state_->packed.data(), nullptr,
                                                 &tag, state_->frame.data(), size,
                                                 state_->bound.data(), state_->bound.size()) != 0) {
    return corrupt("is altered");
  }
  state_->used = 0;
  state_->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return {};
}

// At least one byte, unless the content is at its end.
Result<std::size_t> BackupReader::some(std::span<std::uint8_t> into) {
  ZSTD_outBuffer out{into.data(), into.size(), 0};
  while (out.pos == 0 && !state_->ended) {
    ZSTD_inBuffer in{state_->packed.data(), state_->packed.size(), state_->used};
    const std::size_t left = ZSTD_decompressStream(state_->zstd.get(), &out, &in);
    if (ZSTD_isError(left) != 0) return corrupt("does not decompress");
    state_->used = in.pos;
    state_->ended = left == 0;
    const bool dry = out.pos == 0 && !state_->ended && in.pos == in.size;
    if (!dry) continue;
    if (auto pulled = pull(); !pulled) return fail(pulled);
  }
  return out.pos;
}

Result<void> BackupReader::read(std::span<std::uint8_t> into) {
  while (!into.empty()) {
    const auto got = some(into);
    if (!got) return fail(got);
    if (*got == 0) return corrupt("holds less than it says");
    into = into.subspan(*got);
  }
  return {};
}

Result<void> BackupReader::finish() {
  std::array<std::uint8_t, 1> more{};
  const auto got = some(more);
  if (!got) return fail(got);
  if (*got != 0) return corrupt("holds more than it says");
  while (!state_->last) {
    if (state_->used != state_->packed.size()) return corrupt("holds more than it says");
    if (auto pulled = pull(); !pulled) return pulled;
  }
  if (state_->used != state_->packed.size()) return corrupt("holds more than it says");
  const auto behind = file_.read(more);
  if (!behind) return fail(behind);
  if (*behind != 0) return corrupt("is followed by something");
  return {};
}

}  // namespace yizhan::node
