// Verify, the signed half: certificates, revocations, segments, tails, keyring, receipts and scope
// keys.
//
// What        Each check adds its findings to the report and returns what later checks build on.
// Invariants  I1  a row that does not decode is a finding, and is left out of what is returned.
// Units       none.
// Errors      Throws SQLite::Exception.
// Source      design.md sections 4 and 5.
#pragma once
#include <functional>
#include <set>

#include "node/app/admin_types.h"
#include "node/store/numbering.h"
#include "node/store/projections.h"
#include "node/store/replay.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

using Members = std::map<NodeId, sync::Certificate>;

struct Log {
  std::map<sync::Scope, Changes> scopes;  // what counts
  std::map<sync::Scope, sync::ScopeDigest> digests;
  // Streams of which something is cut off, or may have to be: all heads that are stored, [0] before
  // the first change.
  std::vector<std::pair<sync::StreamRow, std::vector<Head>>> cut;
};

Members check_certificates(const SqliteStore& store, const sync::Key32& root_public,
                           VerifyReport& report);
// Whole only when `go_on`, asked before each stream, never said no.
Log check_log(const SqliteStore& store, const Numbering& numbering, const Members& members,
              VerifyReport& report, const std::function<bool()>& go_on);
// Revocations as the operations give them, and how far they let each stream count.
void check_revocations(const SqliteStore& store, const sync::Key32& root_public,
                       const Members& members, const Log& log, VerifyReport& report);
// From now on each change has the stamp that it counts by.
void restamp(const SqliteStore& store, const sync::Key32& root_public, const Members& members,
             Log& log);
void check_receipts(const SqliteStore& store, const Numbering& numbering, const Members& members,
                    VerifyReport& report);
void check_scope_keys(const SqliteStore& store, const Numbering& numbering, const Log& log,
                      VerifyReport& report);

}  // namespace yizhan::node
