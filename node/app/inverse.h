// Inverse: the change that takes another one back.
//
// What        Gives every field and the lifecycle of a record the value that they had before, as
//             the log tells it; counts back what was counted. A record that the change made is
//             withdrawn (a visit) or cancelled with the reason "undone" (an appointment).
// Invariants  I1  nothing is deleted: both changes stay in the log, and each record names the one
//                 that was taken back.
//             I2  a personal field is encrypted anew under the person's own key.
// Units       none.
// Errors      Expired, field "id": the change holds what cannot be taken back; Gap, Denied, storage
//             errors.
// Source      ux.md section 0 (rule 7); design.md section 5 (undo is a causally later change).
#pragma once
#include "node/app/acts.h"
#include "node/app/change_log.h"
#include "node/app/intent_writer.h"
#include "node/app/record_edit.h"

namespace yizhan::node {

struct TouchedRecord {
  sync::StatePtr state;
  crdt::RecordKind kind = 0;
};
using TouchedRecords = std::map<crdt::Dot, TouchedRecord>;

class Inverse {
 public:
  // All outlive it. `touched` holds every record of `change`.
  Inverse(const DeskContext& at, ChangeLog& log, const crdt::Change& change,
          const TouchedRecords& touched)
      : at_(at), log_(log), change_(change), touched_(touched) {}

  Result<sync::Draft> draft(const sync::Scope& scope);

  // What a field of a record holds after the draft; as it is now when the draft leaves it alone.
  template <class Field>
  std::optional<std::int64_t> number_after(const crdt::Dot& record, Field field) const {
    const auto restored = restored_.find({record, id(field)});
    if (restored == restored_.end()) return number_of(*touched_.at(record).state, field);
    const auto* value = std::get_if<std::int64_t>(&restored->second);
    return value == nullptr ? std::nullopt : std::optional(*value);
  }
  // The lifecycle that a visit gets back; empty when the draft leaves it alone.
  std::optional<crdt::Visit> visit_after(const crdt::Dot& record) const;

 private:
  Result<void> take_back(std::size_t index);
  Result<void> restore(const crdt::Dot& record, const crdt::Assign& assign);
  Result<crdt::Value> before(const crdt::Assign& assign);
  Result<crdt::Value> sealed_anew(const crdt::Change& change, const crdt::PersonalRef& ref);
  Result<void> restore_life(const crdt::Dot& record, const crdt::LifeTo& life);
  void withdraw(const crdt::Dot& record, RecordEdit& edit) const;
  RecordEdit& edit_of(const crdt::Dot& record);
  bool made(const crdt::Dot& record) const { return record.change() == change_.id; }

  const DeskContext& at_;
  ChangeLog& log_;
  const crdt::Change& change_;
  const TouchedRecords& touched_;
  sync::Draft draft_;
  std::map<crdt::Dot, RecordEdit> edits_;
  std::map<std::pair<crdt::Dot, crdt::FieldId>, crdt::Value> restored_;
  std::map<crdt::Dot, crdt::LifeState> lives_;
};

}  // namespace yizhan::node
