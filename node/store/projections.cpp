#include "node/store/projections.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "crdt/life.h"
#include "node/app/printed_number.h"
#include "node/app/record_id.h"
#include "node/app/state_fields.h"
#include "node/app/ticket_number.h"
#include "node/policy/china_time.h"
#include "node/store/feedback_places.h"

namespace yizhan::node {
namespace {

// One record of one scope, and the tables that may list it.
struct Row {
  const ProjectionTables& tables;
  std::int64_t scope = 0;
  std::int64_t key = 0;

  template <class... Values>
  void run(const char* sql, const Values&... values) const {
    SQLite::Statement& statement = tables.statements.get(sql);
    SQLite::bind(statement, values...);
    statement.exec();
  }
  // Of another record of the same scope.
  std::int64_t number(const crdt::Dot& dot) const {
    return Numbering::dot(tables.numbering.stream(dot.stream, scope), dot.seq, dot.op);
  }
};

bool is_visit(const crdt::EntityState* state) {
  return state != nullptr && !state->deleted && state->kind == id(Record::Visit);
}

void project_day(const Row& row, const crdt::EntityState* before, const crdt::EntityState* after) {
  const auto was = day_place(before);
  const auto is = day_place(after);
  if (was == is) return;
  if (was) {
    row.run("DELETE FROM day WHERE scope = ? AND date = ? AND slot = ? AND id = ?", row.scope,
            was->date, was->window, row.key);
  }
  if (is) {
    row.run("INSERT OR REPLACE INTO day VALUES (?, ?, ?, ?, ?)", row.scope, is->date, is->window,
            row.key, static_cast<std::int64_t>(is->state));
  }
}

// Numbers that were given out: the highest of a day and epoch never falls.
void project_numbers(const Row& row, const crdt::EntityState* before,
                     const crdt::EntityState* after) {
  if (const auto number = printed_place(after); number && !printed_place(before)) {
    row.run(
        "INSERT INTO printed VALUES (?, ?, ?, ?) ON CONFLICT (scope, date, mark)"
        " DO UPDATE SET counter = max(counter, excluded.counter)",
        row.scope, number->day, mark_of(number->counter), number->counter);
  }
  for (const TicketPlace& ticket : ticket_places(after)) {
    row.run(
        "INSERT INTO ticket VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope, date, series, mark)"
        " DO UPDATE SET counter = max(counter, excluded.counter)",
        row.scope, ticket.day, ticket.series, mark_of(ticket.counter), ticket.counter);
  }
}

void project_queue(const Row& row, const crdt::EntityState* before,
                   const crdt::EntityState* after) {
  const auto was = queue_spot(before);
  const auto is = queue_spot(after);
  if (was != is) {
    if (was) {
      row.run("DELETE FROM queue WHERE scope = ? AND open = ? AND date = ? AND id = ?", row.scope,
              std::int64_t{was->open}, was->date, row.key);
    }
    if (is) {
      row.run("INSERT OR REPLACE INTO queue VALUES (?, ?, ?, ?, ?)", row.scope,
              std::int64_t{is->open}, is->date, row.key, static_cast<std::int64_t>(is->state));
    }
  }
  const auto came = arrival_place(before);
  const auto comes = arrival_place(after);
  if (came == comes) return;
  if (came) {
    row.run("DELETE FROM arrival WHERE appointment = ? AND visit = ?", row.number(*came), row.key);
  }
  if (comes) row.run("INSERT OR REPLACE INTO arrival VALUES (?, ?)", row.number(*comes), row.key);
}

void project_lists(const Row& row, const crdt::EntityState* before,
                   const crdt::EntityState* after) {
  if (in_roster(before) != in_roster(after)) {
    row.run(in_roster(after) ? "INSERT OR REPLACE INTO roster VALUES (?, ?)"
                             : "DELETE FROM roster WHERE scope = ? AND id = ?",
            row.scope, row.key);
  }
  if (is_window(before) != is_window(after)) {
    row.run(is_window(after) ? "INSERT OR REPLACE INTO desk VALUES (?, ?)"
                             : "DELETE FROM desk WHERE scope = ? AND id = ?",
            row.scope, row.key);
  }
  const auto was = closing_place(before);
  const auto is = closing_place(after);
  if (was == is) return;
  if (was) {
    row.run("DELETE FROM closing WHERE scope = ? AND date = ? AND id = ?", row.scope, *was,
            row.key);
  }
  if (is) row.run("INSERT OR REPLACE INTO closing VALUES (?, ?, ?)", row.scope, *is, row.key);
}

void project_forms(const Row& row, const std::optional<FormsPlace>& was,
                   const std::optional<FormsPlace>& is) {
  if (was == is) return;
  if (was) {
    row.run("DELETE FROM paper_form WHERE scope = ? AND date = ? AND first = ? AND id = ?",
            row.scope, was->day, was->first, row.key);
  }
  if (is) {
    row.run("INSERT OR REPLACE INTO paper_form VALUES (?, ?, ?, ?, ?)", row.scope, is->day,
            is->first, row.key, is->count);
  }
}

// Of the same series as the numbers of appointments.
std::optional<PrintedPlace> complaint_number(const crdt::EntityState& state) {
  const auto counter = printed_counter(text_of(state, ComplaintField::Number));
  const auto at = number_of(state, ComplaintField::At);
  if (!counter || !at) return std::nullopt;
  return PrintedPlace{china_moment({*at}).day, *counter};
}

void project_served(const Row& row, const std::optional<ServedPlace>& was,
                    const std::optional<ServedPlace>& is) {
  if (was == is) return;
  if (was) {
    row.run("DELETE FROM served WHERE scope = ? AND desk = ? AND at = ? AND id = ?", row.scope,
            was->window, was->at, row.key);
  }
  if (is) {
    row.run("INSERT OR REPLACE INTO served VALUES (?, ?, ?, ?)", row.scope, is->window, is->at,
            row.key);
  }
}

void project_rating(const Row& row, const std::optional<crdt::Dot>& was,
                    const std::optional<crdt::Dot>& is) {
  if (was == is) return;
  if (was) {
    row.run("DELETE FROM rating WHERE scope = ? AND visit = ? AND id = ?", row.scope,
            row.number(*was), row.key);
  }
  if (is) {
    row.run("INSERT OR REPLACE INTO rating VALUES (?, ?, ?)", row.scope, row.number(*is), row.key);
  }
}

// A list with one number beside the record.
struct NumberList {
  const char* removal;
  const char* addition;
};
constexpr NumberList kRateable{"DELETE FROM rateable WHERE scope = ? AND token = ? AND id = ?",
                               "INSERT OR REPLACE INTO rateable VALUES (?, ?, ?)"};
constexpr NumberList kComplaint{"DELETE FROM complaint WHERE scope = ? AND at = ? AND id = ?",
                                "INSERT OR REPLACE INTO complaint VALUES (?, ?, ?)"};

void project_number(const Row& row, const NumberList& list, const std::optional<std::int64_t>& was,
                    const std::optional<std::int64_t>& is) {
  if (was == is) return;
  if (was) row.run(list.removal, row.scope, *was, row.key);
  if (is) row.run(list.addition, row.scope, *is, row.key);
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
  if (state != nullptr && state->kind == id(Record::Complaint)) return complaint_number(*state);
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

std::optional<QueueSpot> queue_spot(const crdt::EntityState* state) {
  if (!is_visit(state) || state->life.empty()) return std::nullopt;
  const auto date = number_of(*state, VisitField::BusinessDate);
  const crdt::Visit life = crdt::resolve_visit(state->life).state;
  if (!date || life == crdt::Visit::Withdrawn) return std::nullopt;
  const bool open = life != crdt::Visit::Finished && life != crdt::Visit::Left;
  return QueueSpot{open, *date, static_cast<crdt::LifeState>(life)};
}

std::vector<TicketPlace> ticket_places(const crdt::EntityState* state) {
  std::vector<TicketPlace> places;
  if (!is_visit(state)) return places;
  const auto ticket = parse_ticket_number(text_of(*state, VisitField::Ticket));
  if (!ticket) return places;
  for (const VisitField field : {VisitField::BusinessDate, VisitField::CarriedFrom}) {
    if (const auto day = number_of(*state, field)) {
      places.push_back({*day, ticket->series, ticket->counter});
    }
  }
  return places;
}

std::optional<crdt::Dot> arrival_place(const crdt::EntityState* state) {
  if (!queue_spot(state)) return std::nullopt;
  return record_of(*state, VisitField::Appointment);
}

bool is_window(const crdt::EntityState* state) {
  return state != nullptr && !state->deleted && state->kind == id(Record::Window);
}

std::optional<std::int64_t> closing_place(const crdt::EntityState* state) {
  if (state == nullptr || state->deleted || state->kind != id(Record::DayClose)) return {};
  return number_of(*state, DayCloseField::Date);
}

void project(const ProjectionTables& tables, std::int64_t scope, std::int64_t key,
             const crdt::EntityState* before, const crdt::EntityState* after) {
  const Row row{tables, scope, key};
  project_day(row, before, after);
  project_numbers(row, before, after);
  project_forms(row, forms_place(before), forms_place(after));
  project_queue(row, before, after);
  project_lists(row, before, after);
  project_served(row, served_place(before), served_place(after));
  project_rating(row, rating_place(before), rating_place(after));
  project_number(row, kRateable, rateable_place(before), rateable_place(after));
  project_number(row, kComplaint, complaint_place(before), complaint_place(after));
}

}  // namespace yizhan::node
