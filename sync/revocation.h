// Revocation: what a node wrote up to a position stands for ever, nothing after it ever does.
//
// What        Names the node and, for each of its streams that the issuer holds, the last change
//             that counts; every other stream of the node is cut at 0, those it opens later too.
//             By position, never by time: back-dating is of no use.
// Invariants  I1  an issuer stands above the node in role, home and every right to write: nodes of
//                 one level cannot revoke each other, so that there are no circles.
//             I2  of two revocations of one node the narrower holds, stream by stream. None is
//                 taken back, but it falls when its own issuer is cut before it.
// Units       seq.
// Errors      BadFormat, LimitExceeded.
// Source      design.md section 4; sync-notes.md C9.
#pragma once
#include <optional>

#include "sync/certificate.h"
#include "sync/receipt.h"

namespace yizhan::sync {

struct Revocation {
  NodeId node;
  std::vector<VectorEntry> cuts;  // by stream
  friend bool operator==(const Revocation&, const Revocation&) = default;
};
Bytes encode(const Revocation& revocation);
Result<Revocation> decode_revocation(ByteView payload);

bool may_revoke(const Certificate& issuer, const Certificate& subject);
// What both leave standing. REQUIRES: of the same node.
Revocation narrower(const Revocation& a, const Revocation& b);

// How far a stream counts; the tag says in which history.
struct Cut {
  std::uint64_t seq = 0;
  HeadTag tag{};
  friend bool operator==(const Cut&, const Cut&) = default;
};
Cut cut_of(const Revocation& revocation, StreamId stream);

}  // namespace yizhan::sync
