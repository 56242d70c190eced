// Machine arrival: what a ticket machine makes of the slip or the card that is held to it.
//
// What        Whom to check in, or what to say instead. Nobody is asked: of several appointments
//             the first that is due, since whoever came is here for the next one.
// Invariants  I1  what is not certain is never checked in, and never refused a number.
//             I2  a machine learns whether to check in and at which station else; nothing of the
//                 person.
// Errors      none.
// Source      ux.md W3, W9.
#pragma once
#include "node/app/queue_types.h"
#include "node/app/search_types.h"

namespace yizhan::node {

struct MachineArrival {
  enum class Outcome : std::uint8_t { CheckIn, Nobody, NotCertain, Elsewhere, BadCode };
  Outcome outcome = Outcome::Nobody;
  std::string appointment;  // whom to check in
  std::string elsewhere;    // the other station, for Elsewhere
};

// Of a lookup that was asked with `arriving`.
MachineArrival machine_arrival(const Lookup& found);

}  // namespace yizhan::node
