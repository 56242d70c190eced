// Feedback places: where visits, evaluations and complaints stand in the lists of what people say.
//
// What        Functions of one record's state; projections.h writes their rows, verify compares.
// Units       Wall milliseconds; windows are numbers of counters.
// Errors      none: a state that belongs into no list is empty.
#pragma once
#include <optional>

#include "crdt/entity_state.h"

namespace yizhan::node {

// Where and when the person of a visit was served to the end.
struct ServedPlace {
  std::int64_t window = 0;
  std::int64_t at = 0;
  friend auto operator<=>(const ServedPlace&, const ServedPlace&) = default;
};
std::optional<ServedPlace> served_place(const crdt::EntityState* state);
// The hash of the code with which a visit can be rated (node/app/rating_codes.h).
std::optional<std::int64_t> rateable_place(const crdt::EntityState* state);
std::optional<crdt::Dot> rating_place(const crdt::EntityState* state);        // whose evaluation
std::optional<std::int64_t> complaint_place(const crdt::EntityState* state);  // taken in at

}  // namespace yizhan::node
