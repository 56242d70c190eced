#include "node/app/leftover.h"

namespace yizhan::node {

using Field = VisitField;

void carry_over(const FoundVisit& visit, std::int64_t to, RecordEdit& edit) {
  if (!visit.number(Field::CarriedFrom)) {
    edit.set(Field::CarriedFrom, visit.number(Field::BusinessDate).value_or(to));
  }
  edit.set(Field::BusinessDate, to)
      .set(Field::Calls, std::int64_t{0})
      .clear(Field::CalledAt)
      .clear(Field::CallReason)
      .clear(Field::Window)
      .clear(Field::TransferredTo)
      .clear(Field::ReturnedAt)
      .move(crdt::Visit::Waiting);
}

void end_untended(WallMs now, LeaveReason why, RecordEdit& edit) {
  edit.set(Field::FinishedAt, now.value)
      .set(Field::LeaveReason, static_cast<std::int64_t>(why))
      .move(crdt::Visit::Left);
}

}  // namespace yizhan::node
