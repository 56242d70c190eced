// Verify: recomputes from the stored segments everything that can be derived, and compares.
//
// What        Certificates to the root, seals, chains from their first change, heads, log digests,
//             record states, scope keys, projections, receipts, the file's own structure, and the
//             tags of its pages: those of a store that tells of damage are findings beside the rows
//             that stand there; of another they are the error StorageCorrupt.
// Invariants  I1  a finding names the row: table, key and, for a segment, stream and seqs.
//             I2  nothing is written.
// Units       none.
// Errors      StorageIo, StorageCorrupt when the file cannot be read at all; Busy when `go_on` said
//             no on the way. What does not fit is a finding, not an error.
// Not here    idempotency, cursor, ack: hints that no other row determines; a lost or wrong one
//             costs a question to the peer.
// Source      design.md sections 8 and 9; reliability.md D3.
#pragma once
#include "node/app/admin_types.h"
#include "node/store/sqlite_store.h"
#include "node/store/verify_journal.h"

namespace yizhan::node {

// REQUIRES: nothing is waiting for a commit. Holds the states of one scope at a time in memory.
// `journal`: null leaves the journal out.
// `go_on` is asked between streams and scopes: a node that stops does not wait.
Result<VerifyReport> verify(
    const SqliteStore& store, const sync::Key32& root_public, const JournalOwner* journal = nullptr,
    const std::function<bool()>& go_on = [] { return true; });

// The roots of every scope that is held.
Result<std::vector<ScopeRoot>> state_roots(const SqliteStore& store);

}  // namespace yizhan::node
