// Roster: the members of staff of one division, as records in its ref scope.
//
// What        Who there is, and what adding, disabling and enabling someone writes. Secrets
//             are not here and never replicate (node/identity).
// Invariants  A login names at most one member here: of two that were added apart, the one whose
//             record has the smaller dot.
// Units       See node/app/admin_types.h.
// Errors      Conflict (login taken), NotFound, field "login"; storage errors.
// Source      design.md section 13 (staff).
#pragma once
#include "node/app/admin_types.h"
#include "node/app/reads.h"
#include "node/app/state_fields.h"
#include "sync/draft.h"

namespace yizhan::node {

struct RosterEntry {
  crdt::Dot dot;
  StaffId id;
  std::string login;
  std::string display_name;
  StaffRole role = StaffRole::Clerk;
  bool disabled = false;
};

Result<std::vector<RosterEntry>> read_roster(const Reads& reads, const sync::Scope& scope);
Result<std::optional<RosterEntry>> find_login(const Reads& reads, const sync::Scope& scope,
                                              const std::string& login);

sync::Draft draft_new_staff(const sync::Scope& scope, const NewStaff& staff, StaffId id);
sync::Draft draft_set_disabled(const sync::Scope& scope, const crdt::Dot& record,
                               const crdt::EntityState& state, bool disabled);

}  // namespace yizhan::node
