// Author: this node's own streams. Gives drafts their place, seals tails, covers small segments.
//
// What        write_draft() turns a draft into the next change of the scope's own stream;
//             seal_tail() moves the tail into a segment; cover_small() re-seals runs of small
//             segments.
// Invariants  I1  seq grows by one; a dot is never used twice.
//             I2  the chain, the seal and the entity state of a change are written in one step.
//             I3  a covering segment keeps the chain: heads do not change.
// Units       Limits of sync/limits.h.
// Errors      OutOfScope, LimitExceeded, BadFormat, NotFound; nothing has changed then.
// Source      design.md section 5 ("covering segment"); ADR-0005.
#pragma once
#include "sync/replica.h"

namespace yizhan::sync {

Result<Written> write_draft(Replica& replica, Batch& batch, WallMs now, const Draft& draft);

// Takes back a change of this node's own that was committed once and that the store has lost.
// Errors: Gap (it does not follow what is held), BadChain (it follows something else), BadFormat.
Result<void> take_back(Replica& replica, Batch& batch, const JournalChange& lost);

// Seals the unsealed changes of one of this node's own streams. False: nothing to seal, or a head
// tag of a foreign stream it refers to is not readable yet.
bool seal_tail(Replica& replica, Batch& batch, StreamId stream);

// True when the tail has reached the size of a full segment.
bool tail_is_full(const Replica& replica, StreamId stream);

// Replaces the newest run of small segments of an own stream by one covering segment when there are
// enough of them. Reads stored segments: call it in a step before which they were applied.
// Returns the header of the new segment.
std::optional<SegmentHeader> cover_small(Replica& replica, Batch& batch, StreamId stream);

}  // namespace yizhan::sync
