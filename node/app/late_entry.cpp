#include "node/app/late_entry.h"

#include <algorithm>

#include "node/app/printed_number.h"
#include "node/app/schema.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

bool is_used(const crdt::EntityState& state, std::int64_t counter) {
  return std::any_of(state.sets.begin(), state.sets.end(), [&](const crdt::SetElement& element) {
    return element.field == id(PaperFormsField::Used) && element.element == crdt::Value(counter);
  });
}

}  // namespace

Result<void> check_reach(const BookingRules& rules, StaffRole role, WallMs now, WallMs at) {
  const std::int64_t days =
      role == StaffRole::Clerk ? rules.late_entry_days : rules.late_entry_days_lead;
  if (china_moment(now).day - china_moment(at).day > days) {
    return fail(Errc::LimitExceeded, "further back than this person may enter", "occurred_at_ms");
  }
  return {};
}

Result<LateEntry> find_form(const Reads& reads, const sync::Scope& scope, WallMs now,
                            const std::string& number) {
  const auto none = fail(Errc::NotFound, "no form with this number was printed", "paper_number");
  const auto parsed = parse_printed_number(number, china_moment(now).day);
  if (!parsed) return fail(Errc::BadFormat, "no number of a form", "paper_number");
  if (parsed->station != scope.division.code()) return none;
  const auto forms = reads.paper_forms(scope, parsed->day, parsed->counter);
  if (!forms) return fail(forms);
  if (!*forms) return none;
  const auto state = reads.entity(scope, **forms);
  if (!state) return fail(state);
  if (*state == nullptr) return none;
  if (is_used(**state, parsed->counter)) {
    return fail(Errc::Conflict, "the form was entered before", "paper_number");
  }
  return LateEntry{{}, number, **forms, parsed->counter};
}

Result<std::optional<LateEntry>> check_late_entry(const Reads& reads, const BookingRules& rules,
                                                  const sync::Scope& scope, StaffRole role,
                                                  WallMs now, const LateWish& wish) {
  if (!wish.occurred_at && !wish.paper_number) return std::optional<LateEntry>();
  if (!wish.occurred_at) return fail(Errc::BadFormat, "is missing", "occurred_at_ms");
  if (!wish.paper_number) return fail(Errc::BadFormat, "is missing", "paper_number");
  if (*wish.occurred_at > now) {
    return fail(Errc::BadFormat, "that is in the future", "occurred_at_ms");
  }
  if (auto near = check_reach(rules, role, now, *wish.occurred_at); !near) return fail(near);
  auto late = find_form(reads, scope, now, *wish.paper_number);
  if (!late) return fail(late);
  late->at = *wish.occurred_at;
  return std::optional<LateEntry>(std::move(*late));
}

crdt::Op use_form(const LateEntry& late) {
  return {late.forms, crdt::SetAdd{id(PaperFormsField::Used), late.counter}};
}

}  // namespace yizhan::node
