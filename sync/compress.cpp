#include "sync/compress.h"

#include <zstd.h>

namespace yizhan::sync {
namespace {
constexpr int kLevel = 3;  // 515 MB/s; level 9 saves 8 % more for five times the work
}

std::optional<Bytes> compress(ByteView plain) {
  Bytes out(ZSTD_compressBound(plain.size()));
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), kLevel);
  if (ZSTD_isError(size) != 0 || size >= plain.size()) return std::nullopt;
  out.resize(size);
  return out;
}

Result<Bytes> decompress(ByteView compressed, std::size_t size) {
  const bool one_frame =
      ZSTD_getFrameContentSize(compressed.data(), compressed.size()) == size &&
      ZSTD_findFrameCompressedSize(compressed.data(), compressed.size()) == compressed.size();
  if (!one_frame) return fail(Errc::BadFormat, "body is not one zstd frame of the stated size");
  Bytes out(size);
  if (ZSTD_decompress(out.data(), size, compressed.data(), compressed.size()) != size) {
    return fail(Errc::BadFormat, "body does not decompress");
  }
  return out;
}

}  // namespace yizhan::sync
