// Rederive: records anew from the changes that count, after some that did no longer do.
//
// What        Finds every record that a change past a cut touched, and every one where another
//             change names such a change, and replays these records from the stored changes of
//             their scope. What the merge had replaced or pruned comes back as it was.
// Invariants  I1  the states are those of a node that never admitted what is cut off.
//             I2  memory grows with the records concerned, not with the scope.
// Errors      Those of read_chain().
// Source      design.md section 4 "Revocation"; sync-notes.md C9.
#pragma once
#include <map>
#include <set>

#include "crdt/entity_state.h"
#include "sync/quarantine.h"
#include "sync/read_chain.h"

namespace yizhan::sync {

// In one scope: how far the cut streams count now, and the records that lost something.
struct Undone {
  std::map<StreamId, std::uint64_t> streams;
  std::set<crdt::Dot> records;
};

// `rows`: the streams of the scope, as they count now. A record of which nothing is left is not
// among the states; `undone.records` then has all that were looked at.
Result<std::map<crdt::Dot, crdt::EntityState>> rederive(const StoreView& store,
                                                        const std::vector<StreamRow>& rows,
                                                        const Quarantines& quarantines,
                                                        Undone& undone);

}  // namespace yizhan::sync
