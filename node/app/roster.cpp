#include "node/app/roster.h"

#include <algorithm>

namespace yizhan::node {
namespace {

RosterEntry entry_of(const crdt::Dot& dot, const crdt::EntityState& state) {
  RosterEntry entry;
  entry.dot = dot;
  entry.login = text_of(state, StaffField::Login);
  entry.display_name = text_of(state, StaffField::DisplayName);
  entry.role = static_cast<StaffRole>(number_of(state, StaffField::Role).value_or(1));
  entry.disabled = number_of(state, StaffField::Disabled).value_or(0) != 0;
  const crdt::RegSibling* shown = state.shown(id(StaffField::Id));
  const auto* bytes = shown == nullptr ? nullptr : std::get_if<Bytes>(&shown->value);
  if (bytes != nullptr) entry.id = id_from<StaffId>(*bytes).value_or(StaffId{});
  return entry;
}

}  // namespace

Result<std::vector<RosterEntry>> read_roster(const Reads& reads, const sync::Scope& scope) {
  const auto dots = reads.roster(scope);
  if (!dots) return fail(dots);
  std::vector<RosterEntry> all;
  for (const crdt::Dot& dot : *dots) {
    const auto state = reads.entity(scope, dot);
    if (!state) return fail(state);
    if (*state == nullptr) continue;
    all.push_back(entry_of(dot, **state));
  }
  std::sort(all.begin(), all.end(), [](const RosterEntry& a, const RosterEntry& b) {
    return std::tie(a.login, a.dot) < std::tie(b.login, b.dot);
  });
  return all;
}

Result<std::optional<RosterEntry>> find_login(const Reads& reads, const sync::Scope& scope,
                                              const std::string& login) {
  auto all = read_roster(reads, scope);
  if (!all) return fail(all);
  const auto found = std::find_if(all->begin(), all->end(),
                                  [&](const RosterEntry& row) { return row.login == login; });
  return found == all->end() ? std::optional<RosterEntry>() : std::optional(std::move(*found));
}

sync::Draft draft_new_staff(const sync::Scope& scope, const NewStaff& staff, StaffId id) {
  sync::Draft draft;
  draft.scope = scope;
  crdt::RegSet set;
  const auto put = [&set](StaffField field, crdt::Value value) {
    set.assigns.push_back({node::id(field), std::move(value), {}});
  };
  put(StaffField::Login, staff.login);
  put(StaffField::DisplayName, staff.display_name);
  put(StaffField::Role, static_cast<std::int64_t>(staff.role));
  put(StaffField::Disabled, std::int64_t{0});
  put(StaffField::Id, Bytes(id.value.begin(), id.value.end()));
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{node::id(Record::Staff)}});
  draft.ops.push_back({sync::own_op(0), std::move(set)});
  return draft;
}

sync::Draft draft_set_disabled(const sync::Scope& scope, const crdt::Dot& record,
                               const crdt::EntityState& state, bool disabled) {
  sync::Draft draft;
  draft.scope = scope;
  const auto value = static_cast<std::int64_t>(disabled);
  draft.ops.push_back({record, crdt::RegSet{{assign(state, StaffField::Disabled, value)}}});
  return draft;
}

}  // namespace yizhan::node
