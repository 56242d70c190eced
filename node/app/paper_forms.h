// Paper forms: numbers reserved for forms that are filled in by hand.
//
// What        Takes the next numbers of the day from the series of printed numbers, so that none of
//             them is ever given to another slip.
// Invariants  I1  a number is reserved once, also across restarts and restores from the journal.
// Units       Days since 1970-01-01, China time; counters of the day.
// Errors      none.
// Source      ux.md section 5 Print (应急手写单); node/app/printed_number.h.
#pragma once
#include "node/app/state_fields.h"
#include "sync/draft.h"

namespace yizhan::node {

struct NewForms {
  std::int64_t day = 0;
  std::int64_t first = 1;
  std::int64_t count = 1;
  WallMs at;
};
sync::Draft draft_paper_forms(const sync::Scope& scope, const NewForms& forms);
std::vector<std::string> form_numbers(const sync::Scope& scope, const crdt::EntityState& state);

}  // namespace yizhan::node
