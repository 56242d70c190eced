// Admission: the one code path by which another node's changes come in, whatever carried them.
//
// What        Checks a segment (author, scope, stream id, seal, chain, canonical form), applies its
//             new changes and stores the container as received; rebuilds covering segments from
//             header and seal; takes keyring rows and receipts.
// Invariants  I1  nothing is stored before everything about it was checked.
//             I2  admitting a segment twice, or overlapping ones, changes nothing more.
//             I3  the stored container is byte for byte the one received.
//             I4  nothing past a revocation of its author is admitted, nor acknowledged.
// Units       seq.
// Errors      Gap (ask from have + 1), UnknownAuthor, OutOfScope, WrongStream, BadSignature,
//             BadChain, BadFormat, LimitExceeded, UnknownVersion; Conflict: another history of the
//             stream (a fork).
// Source      design.md sections 4, 5 and 7; sync-notes.md C2.
#pragma once
#include "sync/replica.h"

namespace yizhan::sync {

struct Admitted {
  StreamId stream;
  Scope scope;
  std::uint64_t first_new = 0;  // 0: everything was held already
  std::uint64_t last = 0;       // highest seq now durable with the next commit
  std::uint64_t held = 0;       // changes past a revocation: kept, if new, and never counted
  bool covered = false;         // small segments were replaced
  Bytes cover_header;           // to pass on, when covered
  std::uint64_t ahead = 0;      // first new change whose stamp lies in the future; 0: none
};

Result<Admitted> admit_segment(Replica& replica, Batch& batch, WallMs now, ByteView container);
// NotFound when the small segments are not held exactly: the peer's whole segment serves then.
Result<Admitted> admit_cover(Replica& replica, Batch& batch, ByteView header);
// Rows of scopes that both ends replicate; others are refused. Returns the rows whose first use is
// not admitted here yet: keep them until its segment comes, for nothing else shows that they belong
// to anything.
Result<std::vector<KeyRow>> admit_key_rows(Replica& replica, Batch& batch, const Certificate& peer,
                                           const KeyRows& rows);
// False: not newer than the one held. Conflict: this hub's own, of its present log, and unknown.
Result<bool> admit_receipt(Replica& replica, Batch& batch, ByteView receipt);

}  // namespace yizhan::sync
