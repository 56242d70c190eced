#include "node/store/projections.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "crdt/life.h"
#include "node/app/printed_number.h"
#include "node/app/state_fields.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

void remove_day(Statements& statements, std::int64_t scope, std::int64_t key, const DayPlace& at) {
  SQLite::Statement& erase =
      statements.get("DELETE FROM day WHERE scope = ? AND date = ? AND slot = ? AND id = ?");
  SQLite::bind(erase, scope, at.date, at.window, key);
  erase.exec();
}

void insert_day(Statements& statements, std::int64_t scope, std::int64_t key, const DayPlace& at) {
  SQLite::Statement& insert = statements.get("INSERT OR REPLACE INTO day VALUES (?, ?, ?, ?, ?)");
  SQLite::bind(insert, scope, at.date, at.window, key, static_cast<std::int64_t>(at.state));
  insert.exec();
}

void project_forms(Statements& statements, std::int64_t scope, std::int64_t key,
                   const std::optional<FormsPlace>& was, const std::optional<FormsPlace>& is) {
  if (was == is) return;
  if (was) {
    SQLite::Statement& erase = statements.get(
        "DELETE FROM paper_form WHERE scope = ? AND date = ? AND first = ? AND id = ?");
    SQLite::bind(erase, scope, was->day, was->first, key);
    erase.exec();
  }
  if (!is) return;
  SQLite::Statement& insert =
      statements.get("INSERT OR REPLACE INTO paper_form VALUES (?, ?, ?, ?, ?)");
  SQLite::bind(insert, scope, is->day, is->first, key, is->count);
  insert.exec();
}

}  // namespace

std::optional<DayPlace> day_place(const crdt::EntityState* state) {
  if (state == nullptr || state->deleted || state->kind != id(Record::Appointment)) return {};
  const auto date = number_of(*state, AppointmentField::Date);
  const auto window = number_of(*state, AppointmentField::Window);
  if (!date || !window || state->life.empty()) return {};
  const auto outcome = crdt::resolve_appointment(state->life);
  return DayPlace{*date, *window, static_cast<crdt::LifeState>(outcome.state)};
}

std::optional<PrintedPlace> printed_place(const crdt::EntityState* state) {
  if (const auto forms = forms_place(state)) {
    return PrintedPlace{forms->day, forms->first + forms->count - 1};
  }
  if (state == nullptr || state->kind != id(Record::Appointment)) return std::nullopt;
  // A late entry bears a number that its form has reserved before.
  if (state->shown(id(AppointmentField::PaperNumber)) != nullptr) return std::nullopt;
  const auto counter = printed_counter(text_of(*state, AppointmentField::Number));
  const auto at = number_of(*state, AppointmentField::CreatedAt);
  if (!counter || !at) return std::nullopt;
  return PrintedPlace{china_moment({*at}).day, *counter};
}

std::optional<FormsPlace> forms_place(const crdt::EntityState* state) {
  if (state == nullptr || state->kind != id(Record::PaperForms)) return std::nullopt;
  const auto day = number_of(*state, PaperFormsField::Day);
  const auto first = number_of(*state, PaperFormsField::First);
  const auto count = number_of(*state, PaperFormsField::Count);
  if (!day || !first || !count) return std::nullopt;
  return FormsPlace{*day, *first, *count};
}

bool in_roster(const crdt::EntityState* state) {
  return state != nullptr && !state->deleted && state->kind == id(Record::Staff);
}

void project(Statements& statements, std::int64_t scope, std::int64_t key,
             const crdt::EntityState* before, const crdt::EntityState* after) {
  const auto was = day_place(before);
  const auto is = day_place(after);
  if (was != is) {
    if (was) remove_day(statements, scope, key, *was);
    if (is) insert_day(statements, scope, key, *is);
  }
  if (const auto number = printed_place(after); number && !printed_place(before)) {
    SQLite::Statement& raise = statements.get(
        "INSERT INTO printed VALUES (?, ?, ?) ON CONFLICT (scope, date)"
        " DO UPDATE SET counter = max(counter, excluded.counter)");
    SQLite::bind(raise, scope, number->day, number->counter);
    raise.exec();
  }
  project_forms(statements, scope, key, forms_place(before), forms_place(after));
  if (in_roster(before) == in_roster(after)) return;
  SQLite::Statement& change =
      statements.get(in_roster(after) ? "INSERT OR REPLACE INTO roster VALUES (?, ?)"
                                      : "DELETE FROM roster WHERE scope = ? AND id = ?");
  SQLite::bind(change, scope, key);
  change.exec();
}

}  // namespace yizhan::node
