// Complaint desk: takes complaints in.
//
// What        Registers what a person complains of, and gives the number of the receipt.
// Invariants  I1  on error nothing was written; a key writes once (intent_writer.h).
//             I2  of who stays anonymous neither name nor phone is written, also when they were
//                 given.
//             I3  words, wish, name and phone are encrypted; no list shows them.
//             I4  numbers are of the station's one series (printed_number.h).
// Units       See node/app/feedback_types.h.
// Errors      BadFormat, fields "occurred_at_ms" (later than now), "name" (neither anonymous nor
//             any name or phone), "phone"; NotFound, field "id"; OutOfScope (no counter here).
// Not here    Lists: complaint_list.h. What becomes of a complaint: that track comes with the
//             city's standard.
// Source      ux.md W6 (投诉登记); domain.md 4.3 and 8.3.
#pragma once
#include "node/app/feedback_types.h"
#include "node/app/intent_writer.h"
#include "node/app/person_opener.h"

namespace yizhan::node {

class ComplaintDesk {
 public:
  explicit ComplaintDesk(const DeskContext& at) : at_(at) {}

  Result<crdt::Dot> complain(const Intent& intent, const NewComplaint& wish);

 private:
  Result<sync::Draft> draft(const NewComplaint& wish) const;

  DeskContext at_;
};

Result<ComplaintReceipt> receipt_of(const sync::Engine& engine, const Reads& reads,
                                    const crdt::Dot& complaint);
ComplaintRow show_complaint(const sync::Engine& engine, const RecordPlace& place,
                            const crdt::EntityState& state);

}  // namespace yizhan::node
