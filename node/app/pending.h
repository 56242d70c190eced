// Pending: what of this node's own changes no other node is known to hold.
//
// What        Counts the changes after the acknowledged ones by the kind of record they are about,
//             and finds the oldest.
// Invariants  The counts add up to saved - carried of the same moment.
// Units       Changes.
// Errors      Storage errors.
// Source      ux.md W10; design.md section 2 (待上报).
#pragma once
#include "node/app/reads.h"
#include "node/app/records_types.h"
#include "sync/engine.h"

namespace yizhan::node {

struct PendingFrom {  // of one own stream: `from` is the first change that is not carried
  sync::StreamRow stream;
  std::uint64_t from = 1;
};
// The own business streams with something pending.
std::vector<PendingFrom> pending_streams(const sync::Engine& engine);

struct Pending {
  std::vector<PendingKind> by_kind;
  std::optional<WallMs> oldest;
};
Result<Pending> read_pending(const Reads& reads, const std::vector<PendingFrom>& streams);

}  // namespace yizhan::node
