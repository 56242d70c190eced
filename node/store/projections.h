// Projections: thin tables for the lists that screens show.
//
// What        `day` holds the appointments of a scope by date, window and record; `roster` its
//             staff; `paper_form` its hand-written forms; `queue`, `ticket` and `arrival` its
//             visits; `desk` its windows; `closing` the days that were closed; `served`,
//             `rateable`, `rating` and `complaint` what people say (feedback_places.h). All are
//             functions of the entity states and can be rebuilt from them.
// Invariants  I1  a record has at most one row in each.
// Units       Days since 1970-01-01 and minutes, China time.
// Errors      Throws SQLite::Exception.
// Source      design.md section 8 ("thin projections"); node/app/schema.h.
#pragma once
#include <optional>
#include <tuple>
#include <vector>

#include "crdt/entity_state.h"
#include "node/store/numbering.h"

namespace yizhan::node {

struct DayPlace {
  std::int64_t date = 0;
  std::int64_t window = 0;
  crdt::LifeState state = 0;  // as resolved
  friend auto operator<=>(const DayPlace&, const DayPlace&) = default;
};

// Where a state stands in the day list; nowhere when it is no appointment with a date.
std::optional<DayPlace> day_place(const crdt::EntityState* state);
bool in_roster(const crdt::EntityState* state);
// The day of issue of a record's printed number, and its counter on that day.
struct PrintedPlace {
  std::int64_t day = 0;
  std::int64_t counter = 0;
};
std::optional<PrintedPlace> printed_place(const crdt::EntityState* state);
// The range of numbers that a record of hand-written forms has reserved.
struct FormsPlace {
  std::int64_t day = 0;
  std::int64_t first = 0;
  std::int64_t count = 0;
  friend auto operator<=>(const FormsPlace&, const FormsPlace&) = default;
};
std::optional<FormsPlace> forms_place(const crdt::EntityState* state);

// Where a visit stands in the queue; nowhere when its ticket was taken back.
struct QueueSpot {
  bool open = false;  // the person may still be served
  std::int64_t date = 0;
  crdt::LifeState state = 0;  // as resolved
  friend auto operator<=>(const QueueSpot&, const QueueSpot&) = default;
};
std::optional<QueueSpot> queue_spot(const crdt::EntityState* state);
// A visit's ticket: a day for which its number is used up, its letter (0: A) and its counter.
struct TicketPlace {
  std::int64_t day = 0;
  std::int64_t series = 0;
  std::int64_t counter = 0;
};
// Of one day, or two when the person was carried over.
std::vector<TicketPlace> ticket_places(const crdt::EntityState* state);
// The appointment that a visit, whose ticket was not taken back, is the arrival of.
std::optional<crdt::Dot> arrival_place(const crdt::EntityState* state);
bool is_window(const crdt::EntityState* state);
std::optional<std::int64_t> closing_place(const crdt::EntityState* state);  // the day

// Where the rows of projections go.
struct ProjectionTables {
  Statements& statements;
  Numbering& numbering;
};
// Moves the rows of one record from what it was to what it is; either may be null.
void project(const ProjectionTables& tables, std::int64_t scope, std::int64_t key,
             const crdt::EntityState* before, const crdt::EntityState* after);

}  // namespace yizhan::node
