#include "node/app/evaluation_desk.h"

#include "node/app/record_edit.h"
#include "node/app/record_id.h"
#include "node/policy/evaluation_reasons.h"

namespace yizhan::node {
namespace {

using Field = EvaluationField;

constexpr std::int64_t kBadLevelMax = 2;   // 不满意 and 非常不满意
constexpr std::int64_t kRetryMs = 15'000;  // a tablet goes on trying to save its last tap
constexpr std::int64_t kDayMs = 24 * 3'600'000;

tl::unexpected<Error> no_such_code() {
  return fail(Errc::NotFound, "no visit has this code, or it is too old", "code");
}

}  // namespace

// ---- who may

Result<EvaluationDesk::Answer> EvaluationDesk::check(const NewEvaluation& wish) const {
  if (wish.level < 0 || wish.level > kLevelMax) {
    return fail(Errc::BadFormat, "no such level", "level");
  }
  const auto reasons = reason_bits(wish.reasons);
  if (!reasons) return fail(reasons);
  const bool bad = wish.level >= 1 && wish.level <= kBadLevelMax;
  if (*reasons != 0 && !bad) {
    return fail(Errc::BadFormat, "reasons go with the two lowest levels", "reasons");
  }
  if (!wish.text.empty() && wish.level == 0) {
    return fail(Errc::BadFormat, "goes with a level", "text");
  }
  return Answer{wish.level, *reasons, wish.text, wish.code.empty() ? Way::Tablet : Way::Code};
}

Result<FoundVisit> EvaluationDesk::invited(const NewEvaluation& wish) const {
  const auto none = fail(Errc::NotFound, "nobody is invited with this", "invitation");
  const auto record = parse_record_id(wish.visit);
  if (!record || invitation_of(key_, *record) != wish.invitation) return none;
  auto visit = find_visit(at_.engine, at_.reads, *record);
  if (!visit) return visit;
  const bool was = visit->life == crdt::Visit::Finished && visit->time(VisitField::RateUntil);
  return was ? visit : Result<FoundVisit>(none);
}

Result<FoundVisit> EvaluationDesk::with_code(const std::string& code) const {
  const Id16 token = rating_token(code);
  for (const sync::Scope& scope : at_.engine.scopes()) {
    if (scope.cls != sync::ScopeClass::Biz) continue;
    const auto dots = at_.reads.rateable(scope, token_number(token));
    if (!dots) return fail(dots);
    for (const crdt::Dot& dot : *dots) {
      auto visit = load_visit(at_.reads, scope, dot);
      if (!visit) return visit;
      if (!equal(bytes_of(*visit->state, VisitField::RatingToken), token)) continue;
      if (visit->life != crdt::Visit::Finished) {
        return fail(Errc::Conflict, "the person was not served yet", "code");
      }
      const WallMs finished = visit->time(VisitField::FinishedAt).value_or(WallMs{});
      const std::int64_t good_ms = at_.policy.evaluation.invite_days * kDayMs;
      if (at_.wall.value - finished.value >= good_ms) return no_such_code();
      return visit;
    }
  }
  return no_such_code();
}

// ---- how far

bool EvaluationDesk::in_time(const FoundVisit& visit) const {
  const WallMs until = visit.time(VisitField::RateUntil).value_or(WallMs{});
  return at_.wall.value < until.value + kRetryMs;
}

// A clock that was set back opens nothing.
bool EvaluationDesk::editable(const FoundEvaluation& held) const {
  const std::int64_t since = at_.wall.value - held.at().value;
  return since >= 0 && since < at_.policy.evaluation.edit_s * 1000;
}

Result<EvaluationDesk::Step> EvaluationDesk::step_of(const FoundVisit& visit,
                                                     const std::optional<FoundEvaluation>& held,
                                                     const Answer& answer) const {
  const bool may_begin = answer.way == Way::Code || in_time(visit);
  if (!held) {
    if (may_begin) return Step::New;
    return fail(Errc::Conflict, "the time of the invitation is over", "invitation");
  }
  if (editable(*held)) return Step::Edit;
  if (held->level() == 0 && answer.way == Way::Code) return Step::Again;
  const bool adds_words = held->level() == answer.level && !held->has_words() && answer.has_words();
  if (adds_words && may_begin) return Step::Words;
  return fail(Errc::Conflict, "the visit was rated before", "visit");
}

// ---- what is written

sync::Draft EvaluationDesk::draft(const FoundVisit& visit,
                                  const std::optional<FoundEvaluation>& held, const Answer& answer,
                                  Step step) const {
  sync::Draft draft = empty_draft(visit.place.scope);
  PersonFields person(held ? person_key(*held->state) : std::nullopt);
  RecordEdit edit = held ? RecordEdit(held->dot, *held->state) : RecordEdit(Record::Evaluation, 0);
  if (step == Step::New) edit.set(Field::Visit, record_bytes(visit.place.dot));
  if (step == Step::New || step == Step::Again) {
    edit.set(Field::At, at_.wall.value).set(Field::Way, static_cast<std::int64_t>(answer.way));
  }
  edit.set(Field::Level, answer.level);
  answer.reasons == 0 ? edit.clear(Field::Reasons) : edit.set(Field::Reasons, answer.reasons);
  answer.text.empty() ? edit.clear(Field::Text) : edit.set(Field::Text, person.add(answer.text));
  edit.into(draft);
  const auto said = static_cast<std::int64_t>(answer.level == 0 ? Rated::Declined : Rated::Rated);
  RecordEdit told(visit.place.dot, *visit.state);
  if (visit.number(VisitField::Rated) != said) told.set(VisitField::Rated, said);
  told.into(draft);
  person.put_into(draft);
  return draft;
}

Result<crdt::Dot> EvaluationDesk::evaluate(const Intent& intent, const NewEvaluation& wish) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto answer = check(wish);
  if (!answer) return fail(answer);
  const auto visit = wish.code.empty() ? invited(wish) : with_code(wish.code);
  if (!visit) return fail(visit);
  const auto held = evaluation_of(at_.reads, visit->place.scope, visit->place.dot);
  if (!held) return fail(held);
  const auto step = step_of(*visit, *held, *answer);
  if (!step) return fail(step);
  const auto record = *held ? std::optional((*held)->dot) : std::nullopt;
  return writer.write(intent, draft(*visit, *held, *answer, *step), record);
}

Result<Evaluated> EvaluationDesk::show(const crdt::Dot& evaluation) const {
  const auto none = fail(Errc::NotFound, "no such evaluation here", "id");
  const auto scope = at_.engine.scope_of(evaluation.stream);
  if (!scope) return none;
  const auto state = at_.reads.entity(*scope, evaluation);
  if (!state) return fail(state);
  if (*state == nullptr) return none;
  const auto visit = record_of(**state, Field::Visit);
  if (!visit) return none;
  const WallMs at = FoundEvaluation{evaluation, *state}.at();
  return Evaluated{record_id(*visit), {at.value + at_.policy.evaluation.edit_s * 1000}};
}

}  // namespace yizhan::node
