// Undo desk: takes back the last act of a member of staff on a record.
//
// What        Finds the last change of the record and, while it is fresh and the person's own,
//             writes its inverse.
// Invariants  I1  on error nothing was written; a key writes once (intent_writer.h).
//             I2  only the last change of every record that it touched is taken back, once, within
//                 the policy's queue.undo_s.
//             I3  bookings of a window never exceed its bookable places, and a window has at most
//                 one person, after an undo as before.
//             I4  nor does a person get back more than the limits of a day let them book.
// Units       See node/app/queue_types.h.
// Errors      Expired, field "id": too late, somebody else's, or something came after it; NotFound,
//             field "id"; NoCapacity, field "undo.window": the place was given away; Conflict,
//             field "undo.duplicate/ID", or LimitExceeded, field "undo.person": so was what the
//             person may book of that day (person_limits.h); Conflict, field "serving": the window
//             has someone else.
// Source      ux.md section 0 (rule 7) and section 9 (journey 15).
#pragma once
#include "node/app/inverse.h"
#include "node/app/queue_types.h"

namespace yizhan::node {

class UndoDesk {
 public:
  explicit UndoDesk(const DeskContext& at) : at_(at), log_(at.engine, at.reads) {}

  // `id`: a visit or an appointment. Gives that record.
  Result<crdt::Dot> undo(const Intent& intent, const std::string& id);
  // What the last undo of a record took back.
  Result<Undone> show(const crdt::Dot& record);

 private:
  Result<TouchedRecord> load(const crdt::Dot& record) const;
  Result<TouchedRecords> touched_by(const crdt::Change& change) const;
  // The last change of the record, if `intent` may take it back.
  Result<const crdt::Change*> last_act(const Intent& intent, const TouchedRecord& record);
  bool is_fresh(const crdt::Change& change) const;
  Result<void> still_last(const crdt::Change& change, const TouchedRecords& touched) const;
  Result<void> has_room(const Inverse& inverse, Act act, const TouchedRecords& touched) const;
  Result<void> place_free(const Inverse& inverse, const crdt::Dot& appointment,
                          const crdt::EntityState& state) const;
  Result<void> window_free(const Inverse& inverse, const crdt::Dot& visit) const;

  DeskContext at_;
  ChangeLog log_;
};

}  // namespace yizhan::node
