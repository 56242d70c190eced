// Acts: what a change did, as the person who did it would call it.
//
// What        Recognises in the operations of a change the acts of a counter that may be taken
//             back.
// Invariants  A change that took another one back is no act.
// Units       none.
// Errors      none: what is none of these acts is empty.
// Source      ux.md section 0 (rule 7), W1, W2, W3.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>

#include "crdt/change.h"
#include "node/app/schema.h"

namespace yizhan::node {

enum class Act : std::uint8_t {
  Book,
  Reschedule,
  Cancel,
  NoShow,
  CheckIn,
  TakeTicket,
  Call,
  Start,
  Miss,
  Hold,
  Transfer,
  Finish,
  Leave
};

// The kind of a record that the change is about; empty: not known here.
using KindOf = std::function<std::optional<crdt::RecordKind>(const crdt::Dot& record)>;
std::optional<Act> act_of(const crdt::Change& change, const KindOf& kind_of);

}  // namespace yizhan::node
