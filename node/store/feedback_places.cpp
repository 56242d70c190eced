#include "node/store/feedback_places.h"

#include "crdt/life.h"
#include "node/app/rating_codes.h"
#include "node/app/state_fields.h"

namespace yizhan::node {
namespace {

bool is(const crdt::EntityState* state, Record kind) {
  return state != nullptr && !state->deleted && state->kind == id(kind);
}

}  // namespace

std::optional<ServedPlace> served_place(const crdt::EntityState* state) {
  if (!is(state, Record::Visit) || state->life.empty()) return std::nullopt;
  if (crdt::resolve_visit(state->life).state != crdt::Visit::Finished) return std::nullopt;
  const auto window = number_of(*state, VisitField::Window);
  const auto at = number_of(*state, VisitField::FinishedAt);
  if (!window || !at) return std::nullopt;
  return ServedPlace{*window, *at};
}

std::optional<std::int64_t> rateable_place(const crdt::EntityState* state) {
  if (!is(state, Record::Visit)) return std::nullopt;
  const Bytes token = bytes_of(*state, VisitField::RatingToken);
  return token.empty() ? std::nullopt : std::optional(token_number(token));
}

std::optional<crdt::Dot> rating_place(const crdt::EntityState* state) {
  if (!is(state, Record::Evaluation)) return std::nullopt;
  return record_of(*state, EvaluationField::Visit);
}

std::optional<std::int64_t> complaint_place(const crdt::EntityState* state) {
  if (!is(state, Record::Complaint)) return std::nullopt;
  return number_of(*state, ComplaintField::At);
}

}  // namespace yizhan::node
