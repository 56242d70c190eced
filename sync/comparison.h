// Comparison: how two proven ends find out what each lacks, and that nothing is left to say.
//
// What        SCOPES ask and answer by digest and cursor, VECTORs tell where no cursor counts, DONE
//             moves the peer's cursor, PING notices what all of it missed.
// Invariants  I1  each SCOPES that asks is answered by one SCOPES, so an exchange ends.
//             I2  the cursor never covers what was not admitted here, nor the peer's what was not
//                 sent.
//             I3  an unsealed tail is named to nobody.
//             I4  an exchange that was cut short is gone on with, and not begun again.
//             I5  what the parent is known to hold is what it holds now: its word for a log that it
//                 does not keep any more is void, and its VECTOR is the truth.
// Units       Arrival numbers; WallMs of the peer's clock for the age of a full comparison.
// Errors      OutOfScope: the peer names a scope that is not common; Conflict: it holds more of
//             this node's own streams than the node itself (an epoch was opened). The session ends.
// Source      design.md section 7; sync-notes.md C5; docs/protocol.md "The exchange".
#pragma once
#include <deque>

#include "sync/sending.h"

namespace yizhan::sync {

constexpr const char* kOthersHoldMore = "others hold more of this node's history than itself";
constexpr std::size_t kQuestionsMax = 8;  // SCOPES open at once: each may cost a vector a scope

class Comparison {
 public:
  // REQUIRES: all three outlive this.
  Comparison(const Counterpart& counterpart, Lanes& lanes, Sending& sending)
      : counterpart_(counterpart), lanes_(lanes), sending_(sending) {}

  // Of the peer, now proven; before anything below.
  void begin(const Hello& hello, Batch& batch);
  void ask(bool full);  // with SCOPES, unless enough questions are open
  void send_vector(const Scope& scope);
  Result<void> take(const Scopes& scopes, WallMs wall, Batch& batch);
  Result<void> take(const Vector& vector, Batch& batch);
  void take(const Done& done, WallMs wall, Batch& batch);
  void take(const Ping& ping);

  void received(std::size_t bytes, Batch& batch);  // of segments that were admitted here
  void owe_done() { owes_done_ = true; }           // something new is to be sent
  void skip() { skipped_ = true; }                 // something sent to us was not admitted
  void retry();                                    // what was skipped may be admitted now
  void say_done();                                 // once everything owed was sent
  bool idle() const { return sending_.idle() && asked_.empty(); }
  Ping ping() const;

 private:
  Cursor cursor() const;  // what was received from the peer; empty: none is held
  void send_scopes(bool full);
  void settle(const ScopeState& theirs, const Scopes& scopes, Batch& batch);
  void acknowledge_all(const Scope& scope, Batch& batch);
  void forget_acks(const Hello& hello, Batch& batch);
  bool claims_more_of_ours(const Vector& vector) const;
  bool same_branch(const VectorEntry& mine, const VectorEntry& theirs) const;
  bool peer_cursor_counts(const Scopes& scopes) const;
  bool own_cursor_counts(const Scopes& scopes) const;

  const Counterpart& counterpart_;
  Lanes& lanes_;
  Sending& sending_;
  std::uint64_t peer_log_ = 0;  // the log instance of its HELLO
  std::map<Scope, Id16> peer_digests_;
  std::deque<bool> asked_;       // full or not: the SCOPES we asked with, until they are answered
  std::set<Scope> vectors_due_;  // by which the peer will say what it lacks
  bool skipped_ = false;         // DONE means nothing now
  bool owes_done_ = false;
  std::size_t since_done_ = 0;  // bytes received behind the cursor
  int mismatched_pings_ = 0;
};

}  // namespace yizhan::sync
