// Complaint list: what was complained of at every station that this node reads, page by page.
//
// What        Rows without a person in them, newest first.
// Invariants  A page begins after the row that ended the one before, also when more came meanwhile.
// Units       See node/app/feedback_types.h.
// Errors      BadFormat, field "after"; storage errors.
// Source      ux.md W6; docs/openapi.yaml.
#pragma once
#include "node/app/feedback_types.h"
#include "node/app/reads.h"
#include "sync/engine.h"

namespace yizhan::node {

Result<ComplaintPage> list_complaints(const sync::Engine& engine, const Reads& reads,
                                      const ComplaintQuery& query);

}  // namespace yizhan::node
