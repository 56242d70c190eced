// Package: what this machine says of itself, as one file for who helps from afar.
//
// What        The checks with their words, what the node is, its last exchanges, its log.
// Invariants  I1  nothing of a resident or of who is signed in, and no secret: each part is made
//                 here, of values that hold none, and what comes from a log is scrubbed.
// Units       none.
// Errors      none.
// Source      ux.md W12 导出诊断包, section 8 `doctor --report`.
#pragma once
#include "node/app/admin_types.h"
#include "node/app/records_types.h"

namespace yizhan::node {

struct PackageParts {
  WallMs made_at;
  std::string program;  // version
  std::vector<HealthCheck> checks;
  std::optional<AdminStatus> status = {};  // of a node that serves
  std::vector<SyncLogRow> exchanges = {};
  std::vector<std::string> log = {};  // lines, oldest first
};

HealthPackage package_of(const PackageParts& parts);  // yizhan-5f0c6d2a-20260305-0930.zip

std::string system_text();  // kernel, distribution, memory, how long it has been up

}  // namespace yizhan::node
