#include "node/app/seats.h"

#include <algorithm>

namespace yizhan::node {

Result<std::optional<std::string>> Seats::open(const Opening& opening, WallMs now) {
  std::optional<std::string> before;
  if (const Seat* held = at(opening.window)) {
    if (!opening.take_over) {
      return fail(Errc::Conflict, "the window is held by " + held->holder, "take_over");
    }
    before = held->holder;
  }
  seats_[opening.window] = {opening.fresh, opening.window, opening.holder, now};
  return before;
}

Result<Seat> Seats::find(const std::string& id) const {
  const auto found = std::find_if(seats_.begin(), seats_.end(),
                                  [&](const auto& row) { return row.second.id == id; });
  if (found == seats_.end()) {
    return fail(Errc::Conflict, "this seat is not valid any more", "seat");
  }
  return found->second;
}

Result<Seat> Seats::close(std::int64_t window, const std::string& id) {
  auto seat = find(id);
  if (!seat) return seat;
  if (seat->window != window) return fail(Errc::Conflict, "the seat of another window", "seat");
  seats_.erase(window);
  return seat;
}

std::vector<std::int64_t> Seats::close_all() {
  std::vector<std::int64_t> held;
  for (const auto& [window, seat] : seats_) held.push_back(window);
  seats_.clear();
  return held;
}

const Seat* Seats::at(std::int64_t window) const {
  const auto found = seats_.find(window);
  return found == seats_.end() ? nullptr : &found->second;
}

}  // namespace yizhan::node
