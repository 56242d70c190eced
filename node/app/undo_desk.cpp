#include "node/app/undo_desk.h"

#include <tuple>

#include "node/app/person_limits.h"
#include "node/app/places.h"
#include "node/app/queue_book.h"
#include "node/app/record_id.h"

namespace yizhan::node {
namespace {

// The same refusal as that of a booking, but here nothing was to be saved.
tl::unexpected<Error> no_room(const Error& error) {
  return fail(error.code, error.detail, "undo." + error.field);
}

tl::unexpected<Error> too_late(const char* why) { return fail(Errc::Expired, why, "id"); }

bool is_mine(crdt::RecordKind kind) {
  return kind == id(Record::Visit) || kind == id(Record::Appointment);
}

// What is written while a slip is printed is no act on the record.
bool by_printing(crdt::RecordKind kind, crdt::FieldId field) {
  return kind == id(Record::Visit) && field == id(VisitField::RatingToken);
}

// In one stream the order is certain, whatever the clock said.
bool is_newer(const std::pair<crdt::Hlc, crdt::Dot>& a, const std::pair<crdt::Hlc, crdt::Dot>& b) {
  return a.second.stream == b.second.stream ? a.second > b.second : a > b;
}

// The newest change that wrote something which still stands.
std::optional<crdt::ChangeId> last_change(const crdt::EntityState& state) {
  std::optional<std::pair<crdt::Hlc, crdt::Dot>> newest;
  const auto look = [&newest](const auto& item) {
    const std::pair at(item.hlc, item.dot);
    if (!newest || is_newer(at, *newest)) newest = at;
  };
  for (const crdt::RegSibling& sibling : state.regs) {
    if (!by_printing(state.kind.value_or(0), sibling.field)) look(sibling);
  }
  for (const crdt::LifeHead& head : state.life) look(head);
  return newest ? std::optional(newest->second.change()) : std::nullopt;
}

KindOf kinds_in(const TouchedRecords& touched) {
  return [&touched](const crdt::Dot& record) -> std::optional<crdt::RecordKind> {
    const auto found = touched.find(record);
    if (found == touched.end()) return std::nullopt;
    return found->second.kind;
  };
}

}  // namespace

Result<TouchedRecord> UndoDesk::load(const crdt::Dot& record) const {
  const auto none = fail(Errc::NotFound, "no such record here", "id");
  const auto scope = at_.engine.scope_of(record.stream);
  if (scope != at_.own_biz()) return none;
  auto state = at_.reads.entity(*scope, record);
  if (!state) return fail(state);
  const crdt::EntityState* held = state->get();
  if (held == nullptr || held->deleted || !held->kind) return none;
  const crdt::RecordKind kind = *held->kind;
  return TouchedRecord{std::move(*state), kind};
}

Result<TouchedRecords> UndoDesk::touched_by(const crdt::Change& change) const {
  TouchedRecords touched;
  for (const crdt::Op& op : change.ops) {
    if (touched.contains(op.entity)) continue;
    auto record = load(op.entity);
    if (!record) return fail(record);
    touched.emplace(op.entity, std::move(*record));
  }
  return touched;
}

Result<const crdt::Change*> UndoDesk::last_act(const Intent& intent, const TouchedRecord& record) {
  const auto last = last_change(*record.state);
  if (!last) return too_late("nothing was done to this record");
  auto change = log_.at(*last);
  if (!change) return change;
  if ((*change)->staff != intent.staff.id) return too_late("somebody else acted last");
  if (!is_fresh(**change)) return too_late("the time to take it back is over");
  return change;
}

// By when this node was asked for it: the stamp of a change runs ahead of the clock for as long as
// that of another node does, or after the clock was set back.
bool UndoDesk::is_fresh(const crdt::Change& change) const {
  const auto asked = at_.reads.idempotency(change.idempotency);
  if (!asked) return false;
  const std::int64_t age_ms = at_.wall.value - asked->at.value;
  const std::int64_t most_ms = at_.policy.queue.undo_s * 1000;
  return age_ms <= most_ms && age_ms >= -most_ms;  // a clock set back makes an act no younger
}

Result<void> UndoDesk::still_last(const crdt::Change& change, const TouchedRecords& touched) const {
  for (const auto& [record, one] : touched) {
    if (is_mine(one.kind) && last_change(*one.state) != change.id) {
      return too_late("something came after it");
    }
  }
  return {};
}

// ---- what it needs

Result<void> UndoDesk::window_free(const Inverse& inverse, const crdt::Dot& visit) const {
  const auto life = inverse.visit_after(visit);
  if (life != crdt::Visit::Called && life != crdt::Visit::InService) return {};
  const auto book = read_queue(at_.reads, at_.own_biz(), at_.wall);
  if (!book) return fail(book);
  const auto window = inverse.number_after(visit, VisitField::Window).value_or(0);
  const FoundVisit* there = book->at_window(window);
  if (there != nullptr && there->place.dot != visit) {
    return fail(Errc::Conflict, "the window has someone else", "serving");
  }
  return {};
}

// What was given up may have gone to somebody else, or the person may have booked anew.
Result<void> UndoDesk::place_free(const Inverse& inverse, const crdt::Dot& appointment,
                                  const crdt::EntityState& state) const {
  const sync::Scope scope = at_.own_biz();
  const auto day = inverse.number_after(appointment, AppointmentField::Date).value_or(0);
  const auto window = inverse.number_after(appointment, AppointmentField::Window).value_or(0);
  auto person = person_of(at_.engine, {scope, appointment}, state);
  if (!person) return fail(person);
  const WantedPlace wanted{day, text_of(state, AppointmentField::Item), std::move(*person), false,
                           appointment};
  auto free = check_person({at_.engine, at_.reads}, at_.policy.booking, scope, wanted);
  if (free) free = check_free_place(at_.reads, at_.policy, scope, day, window);
  if (!free) return no_room(free.error());
  return {};
}

Result<void> UndoDesk::has_room(const Inverse& inverse, Act act,
                                const TouchedRecords& touched) const {
  for (const auto& [record, one] : touched) {
    if (one.kind == id(Record::Visit)) {
      if (auto free = window_free(inverse, record); !free) return free;
    } else if (act == Act::Cancel || act == Act::Reschedule) {
      if (auto free = place_free(inverse, record, *one.state); !free) return free;
    }
  }
  return {};
}

// ---- the undo

Result<crdt::Dot> UndoDesk::undo(const Intent& intent, const std::string& id) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  auto dot = parse_record_id(id);
  if (!dot) return dot;
  const auto record = load(*dot);
  if (!record) return fail(record);
  if (!is_mine(record->kind)) return fail(Errc::NotFound, "no such record here", "id");
  const auto change = last_act(intent, *record);
  if (!change) return fail(change);
  const auto touched = touched_by(**change);
  if (!touched) return fail(touched);
  const auto act = act_of(**change, kinds_in(*touched));
  if (!act) return too_late("the last change is none that may be taken back");
  if (auto last = still_last(**change, *touched); !last) return fail(last);
  Inverse inverse(at_, log_, **change, *touched);
  auto draft = inverse.draft(at_.own_biz());
  if (!draft) return fail(draft);
  if (auto room = has_room(inverse, *act, *touched); !room) return fail(room);
  return writer.write(intent, std::move(*draft), *dot);
}

Result<Undone> UndoDesk::show(const crdt::Dot& record) {
  const auto held = load(record);
  if (!held) return fail(held);
  const auto taken = held->kind == id(Record::Visit)
                         ? record_of(*held->state, VisitField::TakenBack)
                         : record_of(*held->state, AppointmentField::TakenBack);
  if (!taken) return fail(Errc::StorageCorrupt, "an undo without what it took back");
  const auto change = log_.at(taken->change());
  if (!change) return fail(change);
  const auto touched = touched_by(**change);
  if (!touched) return fail(touched);
  const auto act = act_of(**change, kinds_in(*touched));
  if (!act) return fail(Errc::StorageCorrupt, "an undo of what is no act");
  Undone undone{record_id(record), *act, {}};
  for (const auto& [dot, one] : *touched) {
    if (one.kind == id(Record::Appointment)) undone.appointment = record_id(dot);
  }
  return undone;
}

}  // namespace yizhan::node
