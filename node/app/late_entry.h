// Late entry (补录): what was written by hand during an outage, entered afterwards.
//
// What        Checks when it happened and the number of its form. The number was reserved and
//             printed before (node/app/paper_forms.h), and becomes the number of the record.
// Invariants  I1  a form is used once: its use is marked in the change that enters it.
//             I2  business time is never in the future, and not further back than the policy lets
//                 this person go.
// Units       WallMs.
// Errors      BadFormat, LimitExceeded or Conflict (used already), field "occurred_at_ms" or
//             "paper_number"; NotFound (no such form here), field "paper_number".
// Source      ux.md (补录); domain.md hard cases 10 and 39; issue 3.
#pragma once
#include "node/app/reads.h"
#include "node/app/service_types.h"
#include "node/policy/policy.h"

namespace yizhan::node {

struct LateEntry {
  WallMs at;  // when it happened
  std::string number;
  crdt::Dot forms;
  std::int64_t counter = 0;
};

struct LateWish {
  std::optional<WallMs> occurred_at;
  std::optional<std::string> paper_number;
};

// Whether `role` may enter now what happened at `at`. LimitExceeded, field "occurred_at_ms".
Result<void> check_reach(const BookingRules& rules, StaffRole role, WallMs now, WallMs at);
// Empty: it is no late entry.
Result<std::optional<LateEntry>> check_late_entry(const Reads& reads, const BookingRules& rules,
                                                  const sync::Scope& scope, StaffRole role,
                                                  WallMs now, const LateWish& wish);
// The printed form with that number, not entered before; without the time.
Result<LateEntry> find_form(const Reads& reads, const sync::Scope& scope, WallMs now,
                            const std::string& number);
// The operation that marks the form as used; it belongs into the same change.
crdt::Op use_form(const LateEntry& late);

}  // namespace yizhan::node
