#include "node/app/feedback_slips.h"

#include <algorithm>

#include "node/app/complaint_desk.h"
#include "node/app/evaluation_view.h"
#include "node/app/queue_book.h"
#include "node/app/record_edit.h"
#include "node/app/slip_words.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

using Field = VisitField;

// How many will be called before; a person whom nobody waits for any more has none.
Result<std::int64_t> ahead_of(const DeskContext& at, const FoundVisit& visit) {
  const auto book = read_queue(at.reads, visit.place.scope, at.wall);
  if (!book) return fail(book);
  const auto order = in_calling_order(*book, {}, at.wall, at.policy.queue);
  const auto place = std::find_if(order.begin(), order.end(), [&](const OrderedVisit& one) {
    return one.visit->place.dot == visit.place.dot;
  });
  return place == order.end() ? 0 : place - order.begin();
}

std::string slot_of(const DeskContext& at, const FoundVisit& visit) {
  const auto slot = visit.time(Field::SlotAt);
  if (!slot) return {};
  const ChinaMoment moment = china_moment(*slot);
  return window_text(at.policy, moment.day, moment.minute);
}

std::string served_at(const FoundVisit& visit) {
  const auto from = visit.time(Field::StartedAt);
  const auto to = visit.time(Field::FinishedAt);
  if (!from || !to) return to ? short_moment(*to) : "";
  return short_moment(*from) + "–" + minute_text(china_moment(*to).minute);
}

Slip counted_slip(const SlipFrame& frame, SlipContent content, std::int64_t prints) {
  Slip slip{frame, std::move(content), Paper::Roll80};
  slip.frame.copy = prints;
  return slip;
}

}  // namespace

Result<void> may_print(const crdt::EntityState& visit, SlipKind kind) {
  if (kind != SlipKind::Evaluation) return {};
  const bool over =
      !visit.life.empty() && crdt::resolve_visit(visit.life).state == crdt::Visit::Finished;
  if (!over) return fail(Errc::Conflict, "the service is not over", "id");
  if (rated_of(visit, {}) == Rated::Rated) {
    return fail(Errc::Conflict, "the visit was rated before", "visit");
  }
  return {};
}

void open_to_rating(const RatingKey& key, const crdt::Dot& visit, const crdt::EntityState& state,
                    sync::Draft& draft) {
  const Id16 token = rating_token(rating_code(key, visit));
  if (equal(bytes_of(state, Field::RatingToken), token)) return;
  RecordEdit(visit, state).set(Field::RatingToken, Bytes(token.begin(), token.end())).into(draft);
}

Result<Slip> ticket_slip(const DeskContext& at, const RatingKey& key, const SlipFrame& frame,
                         const crdt::Dot& visit) {
  const auto found = find_visit(at.engine, at.reads, visit);
  if (!found) return fail(found);
  const auto ahead = ahead_of(at, *found);
  if (!ahead) return fail(ahead);
  TicketSlip slip;
  slip.ticket = found->text(Field::Ticket);
  slip.item = item_name(found->text(Field::Item));
  slip.ahead = *ahead;
  slip.taken_at = short_moment(found->time(Field::ArrivedAt).value_or(at.wall));
  slip.appointment = slot_of(at, *found);
  slip.evaluation_code = rating_code(key, visit);
  return counted_slip(frame, std::move(slip), found->state->counter(id(Field::Prints)));
}

Result<Slip> evaluation_slip(const DeskContext& at, const RatingKey& key, const SlipFrame& frame,
                             const crdt::Dot& visit) {
  const auto found = find_visit(at.engine, at.reads, visit);
  if (!found) return fail(found);
  EvaluationSlip slip;
  slip.ticket = found->text(Field::Ticket);
  slip.item = item_name(found->text(Field::Item));
  if (const auto window = found->window()) slip.window = std::to_string(*window) + "号窗口";
  slip.served_at = served_at(*found);
  slip.code = rating_code(key, visit);
  return counted_slip(frame, std::move(slip), found->state->counter(id(Field::RatingPrints)));
}

Result<Slip> complaint_slip(const DeskContext& at, const SlipFrame& frame,
                            const crdt::Dot& complaint) {
  const auto none = fail(Errc::NotFound, "no such complaint here", "id");
  const auto scope = at.engine.scope_of(complaint.stream);
  if (!scope) return none;
  const auto state = at.reads.entity(*scope, complaint);
  if (!state) return fail(state);
  if (*state == nullptr || (*state)->kind != id(Record::Complaint)) return none;
  const ComplaintRow row = show_complaint(at.engine, {*scope, complaint}, **state);
  ComplaintSlip slip;
  slip.number = row.receipt.number;
  slip.about = std::string(about_text(row.about)) + " · " + fact_text(row.fact);
  slip.received_at = short_moment(row.receipt.at);
  return counted_slip(frame, std::move(slip), (*state)->counter(id(ComplaintField::Prints)));
}

}  // namespace yizhan::node
