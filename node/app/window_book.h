// Window book: the windows of a station, as records in its division's ref scope.
//
// What        Which there are and what they serve; adding and changing one.
// Invariants  A number names at most one window here: of two that were added apart, the one whose
//             record has the smaller dot.
// Units       Numbers from 1 to 99.
// Errors      Conflict, field "number": taken; NotFound, field "number"; those of intent_writer.h.
// Not here    Who sits there: seats.h.
// Source      ux.md W1; design.md section 5 (ref scope).
#pragma once
#include "node/app/intent_writer.h"
#include "node/app/queue_types.h"

namespace yizhan::node {

struct WindowEntry {
  crdt::Dot dot;
  std::int64_t number = 0;
  std::string name;
  std::vector<std::string> groups;  // sorted; empty: everything
  bool closed = false;
};

// Ordered by number.
Result<std::vector<WindowEntry>> read_windows(const Reads& reads, const sync::Scope& scope);
Result<WindowEntry> find_window(const Reads& reads, const sync::Scope& scope, std::int64_t number);

Result<crdt::Dot> add_window(const DeskContext& at, const Intent& intent, const NewWindow& window);
Result<crdt::Dot> change_window(const DeskContext& at, const Intent& intent,
                                const WindowEdit& edit);

}  // namespace yizhan::node
