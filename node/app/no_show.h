// No-show (爽约): who was expected and did not come, as the station's own node notes it.
//
// What        Marks confirmed appointments of whose window the end, and the longest grace that the
//             policy gives, have passed. RunWatch knows since when the node has run unbroken.
//             What the node could not watch, whoever was there may mark by hand, and the change
//             then bears their name; check_no_show() says whether.
// Invariants  I1  never while the station was closed: a window that the day no longer has is left
//                 alone; nor while it was away: so is one that began before the run did.
//             I2  never what was written by hand and entered later: nobody watched that window.
//             I3  two nodes that both mark one appointment agree, and an arrival beats both
//                 (crdt/life.h).
//             I4  by hand neither sooner than by itself, nor of a window that the day no longer
//                 has; of another day it is the lead's, as far back as a late entry.
// Units       WallMs; minutes of the policy.
// Errors      Those of Engine::write; storage errors. check_no_show(): Conflict, field "window":
//             the window or its grace is not over, or the station was closed; Denied, field "date":
//             further back than this person may say.
// Source      domain.md 4.1 (no_show: the station's node alone, not if it was closed, late or
//             offline); ux.md W4.
#pragma once
#include "node/app/intent_writer.h"

namespace yizhan::node {

class RunWatch {
 public:
  // True once in every minute. A gap longer than ten minutes, or a clock that was set back, begins
  // the run anew.
  bool turned(WallMs now);
  WallMs since() const { return since_; }

 private:
  WallMs since_;
  WallMs last_;
};

// The appointments that were marked. `since`: when the run of this node began.
Result<std::vector<crdt::Dot>> mark_no_shows(const DeskContext& at, WallMs since);
Result<void> check_no_show(const DeskContext& at, StaffRole role, const crdt::EntityState& state);

}  // namespace yizhan::node
