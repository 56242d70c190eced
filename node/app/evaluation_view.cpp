#include "node/app/evaluation_view.h"

#include <tuple>

#include "node/app/record_id.h"
#include "node/app/visit_view.h"

namespace yizhan::node {
namespace {

int weight_of(Rated rated) {
  switch (rated) {
    case Rated::Rated: return 3;
    case Rated::Declined: return 2;
    case Rated::Invited: return 1;
    case Rated::NotRated: return 0;
  }
  return 0;
}

bool counts_before(const FoundEvaluation& a, const FoundEvaluation& b) {
  const auto rank = [](const FoundEvaluation& one) {
    return std::tuple(one.level() == 0, one.at(), one.dot);
  };
  return rank(a) < rank(b);
}

Result<sync::StatePtr> evaluation_state(const Reads& reads, const sync::Scope& scope,
                                        const crdt::Dot& dot) {
  auto state = reads.entity(scope, dot);
  if (!state) return state;
  const crdt::EntityState* held = state->get();
  const bool is_it = held != nullptr && !held->deleted && held->kind == id(Record::Evaluation);
  return is_it ? state : Result<sync::StatePtr>(nullptr);
}

}  // namespace

std::optional<Rated> rated_of(const crdt::EntityState& visit, WallMs now) {
  std::optional<Rated> strongest;
  for (const crdt::RegSibling* sibling : visit.siblings(id(VisitField::Rated))) {
    const auto* value = std::get_if<std::int64_t>(&sibling->value);
    if (value == nullptr) continue;  // taken back
    const auto rated = static_cast<Rated>(*value);
    if (!strongest || weight_of(rated) > weight_of(*strongest)) strongest = rated;
  }
  const auto until = number_of(visit, VisitField::RateUntil);
  const bool over = strongest == Rated::Invited && until && now.value >= *until;
  return over ? Rated::NotRated : strongest;
}

std::int64_t FoundEvaluation::level() const {
  const crdt::RegSibling* newest = nullptr;
  std::int64_t level = 0;
  for (const crdt::RegSibling* sibling : state->siblings(id(EvaluationField::Level))) {
    const auto* value = std::get_if<std::int64_t>(&sibling->value);
    if (value == nullptr || *value == 0) continue;
    const bool newer = newest == nullptr || std::tuple(newest->hlc, newest->dot) <
                                                std::tuple(sibling->hlc, sibling->dot);
    if (newer) newest = sibling;
    if (newer) level = *value;
  }
  return level;
}

WallMs FoundEvaluation::at() const { return {number_of(*state, EvaluationField::At).value_or(0)}; }

bool FoundEvaluation::has_words() const {
  const crdt::RegSibling* text = state->shown(id(EvaluationField::Text));
  return number_of(*state, EvaluationField::Reasons).value_or(0) != 0 ||
         (text != nullptr && std::holds_alternative<crdt::PersonalRef>(text->value));
}

Result<std::optional<FoundEvaluation>> evaluation_of(const Reads& reads, const sync::Scope& scope,
                                                     const crdt::Dot& visit) {
  const auto dots = reads.evaluations(scope, visit);
  if (!dots) return fail(dots);
  std::optional<FoundEvaluation> best;
  for (const crdt::Dot& dot : *dots) {
    auto state = evaluation_state(reads, scope, dot);
    if (!state) return fail(state);
    if (*state == nullptr) continue;
    FoundEvaluation one{dot, std::move(*state)};
    if (!best || counts_before(one, *best)) best = std::move(one);
  }
  return best;
}

Result<std::optional<EvalInvitation>> invitation_at(const Reads& reads, const sync::Scope& scope,
                                                    std::int64_t window, const RatingKey& key,
                                                    WallMs now) {
  const auto last = reads.last_served(scope, window);
  if (!last) return fail(last);
  const std::optional<EvalInvitation> none;
  if (!*last) return none;
  const auto visit = load_visit(reads, scope, **last);
  if (!visit) return fail(visit);
  const auto until = visit->time(VisitField::RateUntil);
  if (!until || rated_of(*visit->state, now) != Rated::Invited) return none;
  return std::optional(EvalInvitation{record_id(**last), invitation_of(key, **last), *until});
}

}  // namespace yizhan::node
