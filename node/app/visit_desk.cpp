#include "node/app/visit_desk.h"

#include <algorithm>

#include "node/app/evaluation_view.h"
#include "node/app/leftover.h"
#include "node/app/record_id.h"
#include "node/policy/periods.h"

namespace yizhan::node {
namespace {

using Field = VisitField;
using State = crdt::Visit;

// REQUIRES: `done` counts what was done before.
Result<void> once_more(std::int64_t done, std::int64_t most, const char* field) {
  if (done >= most) return fail(Errc::LimitExceeded, "as often as the policy allows", field);
  return {};
}

// The first time only (I4).
void begin_service(const DeskContext& at, const FoundVisit& visit, RecordEdit& edit) {
  if (visit.time(Field::StartedAt)) return;
  edit.set(Field::StartedAt, at.wall.value);
  const auto arrived = visit.time(Field::ArrivedAt).value_or(at.wall);
  const auto period = visit_period(at.policy, china_moment(arrived), china_moment(at.wall));
  if (period) edit.set(Field::Period, static_cast<std::int64_t>(*period));
}

// Who rated before a finish was undone has rated.
Result<void> invite(const DeskContext& at, const FoundVisit& visit, bool rate, RecordEdit& edit) {
  const auto held = evaluation_of(at.reads, visit.place.scope, visit.place.dot);
  if (!held) return fail(held);
  const Rated said = *held ? (**held).said() : rate ? Rated::Invited : Rated::NotRated;
  edit.set(Field::Rated, static_cast<std::int64_t>(said));
  if (said == Rated::Invited) {
    edit.set(Field::RateUntil, at.wall.value + at.policy.evaluation.timeout_s * 1000);
  }
  return {};
}

}  // namespace

Result<void> end_service(const DeskContext& at, const FoundVisit& visit, const FinishVisit& how,
                         RecordEdit& edit) {
  begin_service(at, visit, edit);
  edit.set(Field::FinishedAt, at.wall.value)
      .set(Field::Outcome, static_cast<std::int64_t>(how.outcome));
  return invite(at, visit, how.rate, edit);
}

// ---- every move

// Where the counter's facts stand against an intention from elsewhere, the facts are written.
Result<void> VisitDesk::move_appointment(const FoundVisit& visit, crdt::Appointment to,
                                         sync::Draft& draft) const {
  const auto appointment = visit.appointment();
  if (!appointment) return {};
  const auto state = at_.reads.entity(visit.place.scope, *appointment);
  if (!state) return fail(state);
  if (*state == nullptr || (*state)->deleted) return {};
  RecordEdit(*appointment, **state).move(to).into(draft);
  return {};
}

Result<crdt::Dot> VisitDesk::move(const Intent& intent, const std::string& id, const Move& move,
                                  const Filling& fill) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto visit = find_visit(at_.engine, at_.reads, id);
  if (!visit) return fail(visit);
  if (!crdt::may_move(visit->life, move.to)) {
    return fail(Errc::Conflict, "the visit no longer allows this", "id");
  }
  if (move.at_window && visit->window() != move.at_window) {
    return fail(Errc::Conflict, "the person is at another window", "id");
  }
  sync::Draft draft = empty_draft(visit->place.scope);
  RecordEdit edit(visit->place.dot, *visit->state);
  if (auto filled = fill(*visit, edit, draft); !filled) return fail(filled);
  edit.move(move.to).into(draft);
  if (move.appointment) {
    if (auto moved = move_appointment(*visit, *move.appointment, draft); !moved) return fail(moved);
  }
  return writer.write(intent, std::move(draft), visit->place.dot);
}

// ---- calling

Result<FoundVisit> VisitDesk::next_for(const Seat& seat, const QueueBook& book,
                                       QueueReason& reason) const {
  const auto asker = find_asker(at_.reads, at_.own_ref(), seat.window);
  if (!asker) return fail(asker);
  const auto order = in_calling_order(book, *asker, at_.wall, at_.policy.queue);
  if (order.empty() || order.front().place.ready_at) {
    return fail(Errc::NotFound, "nobody waits for this window", "queue");
  }
  reason = order.front().place.reason;
  return *order.front().visit;
}

Result<FoundVisit> VisitDesk::chosen(const Seat& seat, const QueueBook& book, const std::string& id,
                                     QueueReason& reason) const {
  auto visit = find_visit(at_.engine, at_.reads, id);
  if (!visit) return visit;
  if (visit->place.scope != at_.own_biz() || !crdt::may_move(visit->life, State::Called) ||
      visit->life == State::InService || visit->life == State::Left) {
    return fail(Errc::Conflict, "the visit no longer allows this", "id");
  }
  for (const OrderedVisit& one :
       in_calling_order(book, {seat.window, {}}, at_.wall, at_.policy.queue)) {
    if (one.visit->place.dot == visit->place.dot) reason = one.place.reason;
  }
  return visit;
}

Result<crdt::Dot> VisitDesk::call(const Intent& intent, const Seat& seat,
                                  const std::optional<std::string>& visit) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto book = read_queue(at_.reads, at_.own_biz(), at_.wall);
  if (!book) return fail(book);
  if (book->at_window(seat.window) != nullptr) {
    return fail(Errc::Conflict, "the window has someone", "serving");
  }
  QueueReason reason = QueueReason::Order;
  const auto person = visit ? chosen(seat, *book, *visit, reason) : next_for(seat, *book, reason);
  if (!person) return fail(person);
  const std::int64_t calls =
      person->life == State::Missed ? person->number(Field::Calls).value_or(0) : 0;
  sync::Draft draft = empty_draft(person->place.scope);
  RecordEdit(person->place.dot, *person->state)
      .set(Field::CalledAt, at_.wall.value)
      .set(Field::Calls, calls + 1)
      .set(Field::Window, seat.window)
      .set(Field::CallReason, static_cast<std::int64_t>(reason))
      .clear(Field::TransferredTo)
      .clear(Field::ReturnedAt)
      .move(State::Called)
      .into(draft);
  return writer.write(intent, std::move(draft), person->place.dot);
}

// ---- serving

Result<crdt::Dot> VisitDesk::start(const Intent& intent, const Seat& seat, const std::string& id) {
  return move(intent, id, {State::InService, seat.window, crdt::Appointment::InService},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft&) -> Result<void> {
                if (visit.life != State::Called) {
                  return fail(Errc::Conflict, "the person was not called", "id");
                }
                begin_service(at_, visit, edit);
                return {};
              });
}

Result<crdt::Dot> VisitDesk::finish(const Intent& intent, const Seat& seat, const std::string& id,
                                    const FinishVisit& how) {
  return move(intent, id, {State::Finished, seat.window, crdt::Appointment::Fulfilled},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft&) -> Result<void> {
                return end_service(at_, visit, how, edit);
              });
}

// ---- the person is not there, or not yet

Result<crdt::Dot> VisitDesk::recall(const Intent& intent, const Seat& seat, const std::string& id) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto visit = find_visit(at_.engine, at_.reads, id);
  if (!visit) return fail(visit);
  if (visit->life != State::Called || visit->window() != seat.window) {
    return fail(Errc::Conflict, "the person was not called to this window", "id");
  }
  const WallMs last = visit->time(Field::CalledAt).value_or(WallMs{});
  // A clock that was set back must not silence a window for long.
  const std::int64_t since = at_.wall.value - last.value;
  if (since >= 0 && since < at_.policy.queue.recall_wait_s * 1000) {
    return fail(Errc::Throttled, "the person was called just now", "calls");
  }
  const std::int64_t calls = visit->number(Field::Calls).value_or(1);
  if (auto more = once_more(calls, at_.policy.queue.calls_max, "calls"); !more) return fail(more);
  sync::Draft draft = empty_draft(visit->place.scope);
  RecordEdit(visit->place.dot, *visit->state)
      .set(Field::CalledAt, at_.wall.value)
      .set(Field::Calls, calls + 1)
      .into(draft);
  return writer.write(intent, std::move(draft), visit->place.dot);
}

Result<crdt::Dot> VisitDesk::miss(const Intent& intent, const Seat& seat, const std::string& id) {
  return move(intent, id, {State::Missed, seat.window, std::nullopt},
              [](const FoundVisit&, RecordEdit&, sync::Draft&) { return Result<void>(); });
}

Result<crdt::Dot> VisitDesk::give_back(const Intent& intent, const std::string& id) {
  return move(intent, id, {State::Waiting, std::nullopt, std::nullopt},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft&) -> Result<void> {
                if (visit.life != State::Missed) {
                  return fail(Errc::Conflict, "the person was not missed", "id");
                }
                edit.set(Field::ReturnedAt, at_.wall.value)
                    .set(Field::Calls, std::int64_t{0})
                    .clear(Field::Window);
                return {};
              });
}

Result<crdt::Dot> VisitDesk::hold(const Intent& intent, const Seat& seat, const HoldVisit& wish) {
  return move(intent, wish.id, {State::OnHold, seat.window, std::nullopt},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft& draft) -> Result<void> {
                const std::int64_t holds = visit.number(Field::Holds).value_or(0);
                if (auto more = once_more(holds, at_.policy.queue.holds_max, "holds"); !more) {
                  return more;
                }
                edit.set(Field::Holds, holds + 1);
                if (wish.reason.empty()) {
                  edit.clear(Field::HoldReason);
                  return {};
                }
                const auto key = key_of_person(visit);
                if (!key) return fail(key);
                PersonFields person(*key);
                edit.set(Field::HoldReason, person.add(wish.reason));
                person.put_into(draft);
                return {};
              });
}

Result<crdt::Dot> VisitDesk::resume(const Intent& intent, const Seat& seat, const std::string& id) {
  return move(intent, id, {State::InService, std::nullopt, std::nullopt},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft&) -> Result<void> {
                if (visit.life != State::OnHold) {
                  return fail(Errc::Conflict, "the visit is not on hold", "id");
                }
                const auto book = read_queue(at_.reads, at_.own_biz(), at_.wall);
                if (!book) return fail(book);
                if (book->at_window(seat.window) != nullptr) {
                  return fail(Errc::Conflict, "the window has someone", "serving");
                }
                edit.set(Field::Window, seat.window);
                return {};
              });
}

Result<crdt::Dot> VisitDesk::transfer(const Intent& intent, const Seat& seat,
                                      const TransferVisit& wish) {
  const auto window = find_window(at_.reads, at_.own_ref(), wish.to_window);
  if (!window) return fail(window);
  if (wish.to_window == seat.window || window->closed) {
    return fail(Errc::Conflict, "the window is closed, or it is this one", "to_window");
  }
  return move(intent, wish.id, {State::Waiting, seat.window, crdt::Appointment::CheckedIn},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft&) -> Result<void> {
                const std::int64_t done = visit.number(Field::Transfers).value_or(0);
                auto more = once_more(done, at_.policy.queue.transfers_max, "transfers");
                if (!more) return more;
                edit.set(Field::TransferredTo, wish.to_window)
                    .set(Field::Transfers, done + 1)
                    .set(Field::Calls, std::int64_t{0})
                    .clear(Field::Window);
                return {};
              });
}

Result<crdt::Dot> VisitDesk::leave(const Intent& intent, const std::string& id,
                                   LeaveReason reason) {
  const bool carried = reason == LeaveReason::CarriedOver;
  return move(intent, id, {carried ? State::Waiting : State::Left, std::nullopt, std::nullopt},
              [&](const FoundVisit& visit, RecordEdit& edit, sync::Draft&) -> Result<void> {
                if (visit.life == State::InService || (carried && visit.life == State::Called)) {
                  return fail(Errc::Conflict, "who is at a window is finished, not let go", "id");
                }
                if (carried) {
                  const std::int64_t today = china_moment(at_.wall).day;
                  carry_over(visit, next_open_day(at_.policy, today), edit);
                } else {
                  end_untended(at_.wall, reason, edit);
                }
                return {};
              });
}

// ---- what is noted

// That of the visit, else that of its appointment; empty: nothing personal was written yet.
Result<std::optional<crdt::Dot>> VisitDesk::key_of_person(const FoundVisit& visit) const {
  const auto own = person_key(*visit.state);
  const auto appointment = visit.appointment();
  if (own || !appointment) return own;
  const auto state = at_.reads.entity(visit.place.scope, *appointment);
  if (!state) return fail(state);
  return *state == nullptr ? std::nullopt : person_key(**state);
}

Result<crdt::Dot> VisitDesk::note(const Intent& intent, const VisitNote& wish) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  const auto visit = find_visit(at_.engine, at_.reads, wish.id);
  if (!visit) return fail(visit);
  if (visit->life == State::Withdrawn) {
    return fail(Errc::Conflict, "the ticket was taken back", "id");
  }
  sync::Draft draft = empty_draft(visit->place.scope);
  RecordEdit edit(visit->place.dot, *visit->state);
  if (!wish.note || wish.note->empty()) {
    edit.clear(Field::Note);
  } else {
    const auto key = key_of_person(*visit);
    if (!key) return fail(key);
    PersonFields person(*key);
    edit.set(Field::Note, person.add(*wish.note));
    person.put_into(draft);
  }
  edit.into(draft);
  if (draft.ops.empty()) return visit->place.dot;  // nothing was noted
  return writer.write(intent, std::move(draft), visit->place.dot);
}

// ---- looking

Result<Visit> VisitDesk::show(const crdt::Dot& visit) const {
  const auto found = find_visit(at_.engine, at_.reads, visit);
  if (!found) return fail(found);
  return show_visit(at_.engine, at_.reads, *found, at_.wall);
}

Result<Visit> VisitDesk::show(const std::string& id) const {
  const auto found = find_visit(at_.engine, at_.reads, id);
  if (!found) return fail(found);
  return show_visit(at_.engine, at_.reads, *found, at_.wall);
}

}  // namespace yizhan::node
