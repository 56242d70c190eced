// Verify queue: the lists of visits, windows, closed days and feedback against the records.
//
// What        `queue`, `arrival`, `desk`, `closing`, `served`, `rateable`, `rating` and `complaint`
//             must say exactly what the states say; the highest ticket of a day may not stand below
//             one that was given out.
// Errors      Findings named after the table; throws SQLite::Exception.
#pragma once
#include "node/store/replay.h"
#include "node/store/verify.h"

namespace yizhan::node {

class Numbering;

void check_queue(const SqliteStore& store, const Numbering& numbering, const sync::Scope& scope,
                 const States& states, VerifyReport& report);

}  // namespace yizhan::node
