// Verify, the journal: it holds every change of this node, as the database does.
//
// What        Damaged places, changes that one of the two lacks, changes that differ.
// Units       none.
// Errors      none: all of them are findings.
// Source      design.md section 8.
#pragma once
#include "node/app/admin_types.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

struct JournalOwner {
  NodeId node;
  sync::Secret32 key;  // journal_key() of its signing key
};

void check_journal(const SqliteStore& store, const JournalOwner& owner, VerifyReport& report);

}  // namespace yizhan::node
