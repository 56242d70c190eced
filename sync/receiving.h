// Receiving: what the peer sends of its log is admitted, and acknowledged.
//
// What        Segments, covers, keyring rows and receipts go through sync/admission.h. What could
//             not be admitted is asked for again, or noted so that no cursor covers it.
// Invariants  I1  acknowledgements name only what this step's commit makes durable.
//             I2  rows that came before their segment stand or fall with it; few are kept.
// Units       seq.
// Errors      Those of admission that show a faulty peer: the session ends. A gap, an unknown
//             author or a fork does not end it. A failing store is told in Effects.
// Source      design.md section 7; docs/protocol.md "The exchange".
#pragma once
#include "sync/admission.h"
#include "sync/comparison.h"

namespace yizhan::sync {

class Receiving {
 public:
  // REQUIRES: all three outlive this.
  Receiving(const Counterpart& counterpart, Sending& sending, Comparison& comparison)
      : counterpart_(counterpart), sending_(sending), comparison_(comparison) {}

  void take(const KeyRows& rows, Batch& batch);
  // What was admitted; nothing when that must wait, or was refused without a fault of the peer.
  Result<std::optional<Admitted>> take(const SegmentMessage& segment, WallMs wall, Batch& batch);
  std::optional<Admitted> take(const CoverMessage& cover, Batch& batch);
  // Of a newer receipt. Conflict: it is this hub's own, and of the log that it keeps.
  Result<std::optional<Scope>> take(const ReceiptMessage& receipt, Batch& batch);
  std::optional<Ack> acks();  // due with this step's commit; each is given once

 private:
  void settle_early_keys(StreamId stream, Batch& batch);
  void admitted(const Admitted& done, Batch& batch);
  void ask_again(const std::optional<StreamId>& stream);

  const Counterpart& counterpart_;
  Sending& sending_;
  Comparison& comparison_;
  std::map<StreamId, VectorEntry> to_ack_;
  std::set<StreamId> forks_;        // of which the peer has another history than is held here
  std::vector<KeyRow> early_keys_;  // of segments that have not come yet
};

}  // namespace yizhan::sync
