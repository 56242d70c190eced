// Feedback slips: the ticket, the slip with the code to rate with, and the receipt of a complaint.
//
// What        What stands on them, from the records. A ticket and an evaluation slip bear the same
//             code, which opens the visit to a rating once its service is over.
// Invariants  I1  a code is good once a slip with it was counted, not before.
// Units       See node/app/slip_content.h.
// Errors      Conflict, fields "id" (an evaluation slip before the service is over) and "visit"
//             (rated before); NotFound, field "id"; storage errors.
// Source      ux.md section 5 Print, W6, W7.
#pragma once
#include "node/app/intent_writer.h"
#include "node/app/paper_types.h"
#include "node/app/rating_codes.h"

namespace yizhan::node {

Result<void> may_print(const crdt::EntityState& visit, SlipKind kind);
// Keeps the hash of the code on the visit, when it is not there yet.
void open_to_rating(const RatingKey& key, const crdt::Dot& visit, const crdt::EntityState& state,
                    sync::Draft& draft);

Result<Slip> ticket_slip(const DeskContext& at, const RatingKey& key, const SlipFrame& frame,
                         const crdt::Dot& visit);
Result<Slip> evaluation_slip(const DeskContext& at, const RatingKey& key, const SlipFrame& frame,
                             const crdt::Dot& visit);
Result<Slip> complaint_slip(const DeskContext& at, const SlipFrame& frame,
                            const crdt::Dot& complaint);

}  // namespace yizhan::node
