// Segment body: dictionary, staff table and changes in wire spelling.
//
// What        body = [dictionary, staff, base stamp, change...]. Stamps are differences, staff
//             members and foreign streams are indexes, a dot is the distance back from where it
//             stands.
// Invariants  I1  the body is a function of the changes and the dictionary's tags.
//             I2  decode_body accepts only what encode_body gives (checked by encoding again).
// Units       Bytes, seq.
// Errors      BadFormat, LimitExceeded.
// Not here    Header, seal, compression: sync/segment.h.
// Source      docs/protocol.md "Segment and seal".
#pragma once
#include "sync/segment.h"

namespace yizhan::sync {

struct DecodedBody {
  Dictionary dictionary;
  std::vector<crdt::Change> changes;
};

// The `count` changes of `stream` from `first` on.
Result<DecodedBody> decode_body(StreamId stream, std::uint64_t first, std::uint64_t count,
                                ByteView body);
// What the seal signs of the body: all of it.
Hash32 body_hash(ByteView body);

}  // namespace yizhan::sync
