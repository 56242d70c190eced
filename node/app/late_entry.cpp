#include "node/app/late_entry.h"

#include "node/app/paper_forms.h"
#include "node/app/schema.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

Result<void> check_time(const BookingRules& rules, StaffRole role, WallMs now, WallMs at) {
  if (at > now) return fail(Errc::BadFormat, "that is in the future", "occurred_at_ms");
  return check_reach(rules, role, now, at, "occurred_at_ms");
}

}  // namespace

Result<void> check_reach(const BookingRules& rules, StaffRole role, WallMs now, WallMs at,
                         const char* field) {
  const std::int64_t days =
      role == StaffRole::Clerk ? rules.late_entry_days : rules.late_entry_days_lead;
  if (china_moment(now).day - china_moment(at).day <= days) return {};
  return fail(Errc::Denied, "further back than this person may enter", field);
}

Result<LateEntry> find_form(const Reads& reads, const sync::Scope& scope, WallMs now,
                            const std::string& number) {
  const auto form = find_paper_form(reads, scope, now, number);
  if (!form) return fail(form);
  if (form->used()) return fail(Errc::Conflict, "the form was entered before", "paper_number");
  if (form->spoiled()) {
    return fail(Errc::Conflict, "the form was thrown away", "paper_number.spoiled");
  }
  return LateEntry{{}, number, form->forms, form->counter};
}

Result<std::optional<LateEntry>> check_late_entry(const Reads& reads, const BookingRules& rules,
                                                  const sync::Scope& scope, StaffRole role,
                                                  WallMs now, const LateWish& wish) {
  if (!wish.occurred_at && !wish.paper_number) return std::optional<LateEntry>();
  if (!wish.occurred_at) return fail(Errc::BadFormat, "is missing", "occurred_at_ms");
  if (!wish.paper_number) return fail(Errc::BadFormat, "is missing", "paper_number");
  if (auto timely = check_time(rules, role, now, *wish.occurred_at); !timely) return fail(timely);
  auto late = find_form(reads, scope, now, *wish.paper_number);
  if (!late) return fail(late);
  late->at = *wish.occurred_at;
  return std::optional<LateEntry>(std::move(*late));
}

crdt::Op use_form(const LateEntry& late) {
  return {late.forms, crdt::SetAdd{id(PaperFormsField::Used), late.counter}};
}

}  // namespace yizhan::node
