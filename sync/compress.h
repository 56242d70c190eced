// Compression of a segment's body: zstd as a pure function.
//
// What        One zstd frame with its content size; it stands outside every seal and hash.
// Invariants  I1  decompress(compress(b), b.size()) == b.
//             I2  decompress allocates the announced size and no more, and accepts one frame that
//                 has exactly this size.
// Units       Bytes.
// Errors      BadFormat.
// Source      libzstd 1.5; ADR on the segment format.
#pragma once
#include <optional>

#include "crdt/base/bytes.h"

namespace yizhan::sync {

std::optional<Bytes> compress(ByteView plain);  // nothing when it would save nothing
// REQUIRES: `size` was checked against its limit.
Result<Bytes> decompress(ByteView compressed, std::size_t size);

}  // namespace yizhan::sync
