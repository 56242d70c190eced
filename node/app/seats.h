// Seats: who sits at which window, for as long as the node runs.
//
// What        Opening a window gives a seat: a random text without which its queue cannot be
//             worked. Taking a window over voids the seat before.
// Invariants  I1  a window has at most one seat, a seat one window.
//             I2  seats are not records: after a restart everyone opens their window again.
// Units       none.
// Errors      Conflict, field "take_over": someone holds the window; "seat": the seat is not valid
//             (any more).
// Source      ux.md W1 ("Taken window").
#pragma once
#include <map>
#include <string>

#include "crdt/base/result.h"
#include "node/app/service_types.h"

namespace yizhan::node {

struct Seat {
  std::string id;
  std::int64_t window = 0;
  std::string holder;  // display name of the member of staff
  WallMs since;
};

class Seats {
 public:
  struct Opening {
    std::int64_t window = 0;
    std::string holder;
    bool take_over = false;
    std::string fresh;  // random; becomes the seat
  };
  // Whom it was taken from; empty: nobody held it.
  Result<std::optional<std::string>> open(const Opening& opening, WallMs now);
  Result<Seat> close(std::int64_t window, const std::string& id);
  std::vector<std::int64_t> close_all();  // the windows that were held
  Result<Seat> find(const std::string& id) const;
  const Seat* at(std::int64_t window) const;  // null: nobody holds it

 private:
  std::map<std::int64_t, Seat> seats_;  // by window
};

}  // namespace yizhan::node
