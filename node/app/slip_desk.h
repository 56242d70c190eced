// Slip desk: counts a copy, reserves numbers, and says what stands on a slip.
//
// What        Two steps, so that a slip says 已存本机 only once its count is durable: `count` writes,
//             `fill` reads after the commit.
// Invariants  I1  one wish is one copy: the same key counts once.
//             I2  the copy is counted on the record, so that a reprint knows it after a restart.
//             I3  no document number, and no name or phone but masked, gets on paper.
// Units       See node/app/slip_content.h.
// Errors      NotFound, BadFormat (field "id", "date" or "count"), OutOfScope, storage errors;
//             those of node/app/feedback_slips.h.
// Source      ux.md section 5 Print.
#pragma once
#include "node/app/appointment_view.h"
#include "node/app/intent_writer.h"
#include "node/app/paper_types.h"
#include "node/app/rating_codes.h"
#include "node/policy/policy.h"

namespace yizhan::node {

// Does printing this kind write anything?
bool is_counted(SlipKind kind);

class SlipDesk {
 public:
  SlipDesk(const DeskContext& at, const RatingKey& key) : at_(at), key_(key) {}

  // Gives the record on which it is counted. REQUIRES: is_counted(wish.kind).
  Result<crdt::Dot> count(const Intent& intent, const NewSlip& wish);
  // `record` is what `count` gave; empty for what is not counted.
  Result<Slip> fill(const NewSlip& wish, const SlipFrame& frame,
                    const std::optional<crdt::Dot>& record) const;

 private:
  Result<crdt::Dot> count_record(const Intent& intent, const NewSlip& wish);
  Result<crdt::Dot> count_day_close(const Intent& intent, const NewSlip& wish);
  Result<crdt::Dot> reserve_forms(const Intent& intent, const NewSlip& wish);
  Result<Slip> content(const NewSlip& wish, const SlipFrame& frame,
                       const std::optional<crdt::Dot>& record) const;
  Result<Slip> appointment(const SlipFrame& frame, const crdt::Dot& record) const;
  Result<Slip> day_list(const SlipFrame& frame, const std::string& date) const;
  Result<Slip> day_close(const SlipFrame& frame, const crdt::Dot& record) const;
  Result<Slip> paper_forms(const SlipFrame& frame, const crdt::Dot& record) const;
  Result<sync::StatePtr> state_of(const crdt::Dot& record, Record kind) const;

  DeskContext at_;
  RatingKey key_;
};

}  // namespace yizhan::node
