#include "sync/comparison.h"

namespace yizhan::sync {
namespace {

constexpr int kMismatchedPings = 2;            // differing digests while both are idle
constexpr std::size_t kSentAgain = 16 * 1024;  // less is cheaper sent again than compared

}  // namespace

Cursor Comparison::cursor() const {
  const auto& cursors = counterpart_.replica.cursors;
  const auto held = cursors.find(*counterpart_.node);
  return held == cursors.end() ? Cursor{} : held->second;
}

void Comparison::begin(const Hello& hello, Batch& batch) {
  const Replica& replica = counterpart_.replica;
  peer_log_ = hello.log_instance;
  const Cursor held = cursor();
  const bool same_log = held.log_instance == hello.log_instance;
  const bool behind = !same_log || held.arrivals != hello.arrivals;
  // The peer's log has lost what the cursor covers: to the peer it would not count, to us it would.
  const bool ahead = same_log && held.arrivals > hello.arrivals;
  const bool known = replica.cursors.contains(*counterpart_.node);
  const bool lost = known && (!same_log || ahead) && hello.log_instance != 0;
  if (lost) forget_acks(hello, batch);
  const bool stale = !known || lost || held.full_at == WallMs{} ||
                     (hello.now - held.full_at).count() >= kFullVectorMs;
  if (behind || stale || hello.digest != replica.folded_digest(counterpart_.certificate())) {
    ask(stale);
  } else {
    counterpart_.replica.compared.insert(*counterpart_.node);
  }
}

// The comparison that follows says what it does hold. The cursor remembers that it was asked for,
// should the link break before.
void Comparison::forget_acks(const Hello& hello, Batch& batch) {
  batch.put_cursor({*counterpart_.node, hello.log_instance, 0, {}});
  if (counterpart_.is_parent()) batch.void_acks(*counterpart_.node);
}

void Comparison::ask(bool full) {
  if (asked_.size() == kQuestionsMax) return;
  asked_.push_back(full);
  send_scopes(full);
}

void Comparison::send_scopes(bool full) {
  const Replica& replica = counterpart_.replica;
  const Cursor held = cursor();
  Scopes scopes;
  scopes.full = full;
  scopes.log_instance = held.log_instance;
  scopes.arrivals = held.arrivals;
  for (const Scope& scope : replica.common_scopes(counterpart_.certificate())) {
    scopes.scopes.push_back({scope, replica.digest(scope).folded(), replica.receipt_stamp(scope)});
  }
  lanes_.say(scopes);
}

bool Comparison::peer_cursor_counts(const Scopes& scopes) const {
  return !scopes.full && scopes.arrivals > 0 &&
         scopes.log_instance == counterpart_.replica.log_instance &&
         scopes.arrivals <= counterpart_.replica.arrivals;
}

bool Comparison::own_cursor_counts(const Scopes& scopes) const {
  const Cursor held = cursor();
  return !scopes.full && held.arrivals > 0 && held.log_instance == peer_log_;
}

// SCOPES are answered by SCOPES, each by one: those that come while a question of ours is open are
// its answer, also when both ends asked at once. Full for one of the two is full for both, or each
// end would wait for what the other believes to have said.
Result<void> Comparison::take(const Scopes& said, WallMs wall, Batch& batch) {
  Scopes scopes = said;
  if (asked_.empty()) {
    send_scopes(scopes.full);
  } else {
    scopes.full = scopes.full || asked_.front();
    asked_.pop_front();
  }
  owes_done_ = true;
  vectors_due_.clear();
  std::map<Scope, ScopeState> theirs;
  for (const ScopeState& state : scopes.scopes) {
    if (!counterpart_.serves(state.scope)) {
      return fail(Errc::OutOfScope, "a scope that is not common");
    }
    theirs[state.scope] = state;
  }
  for (const Scope& scope : counterpart_.replica.common_scopes(counterpart_.certificate())) {
    theirs[scope].scope = scope;
  }
  for (const auto& [scope, state] : theirs) settle(state, scopes, batch);
  if (peer_cursor_counts(scopes)) sending_.offer_covers_after(scopes.arrivals);
  if (scopes.full) {
    Cursor compared = cursor();
    compared.peer = *counterpart_.node;
    compared.full_at = wall;
    batch.put_cursor(compared);
  }
  return {};
}

// One scope: each end says what it lacks there, by its cursor or by a vector.
void Comparison::settle(const ScopeState& theirs, const Scopes& scopes, Batch& batch) {
  const Replica& replica = counterpart_.replica;
  const Scope& scope = theirs.scope;
  peer_digests_[scope] = theirs.digest;
  if (replica.receipt_stamp(scope) > theirs.receipt) {
    lanes_.say(ReceiptMessage{encode(replica.receipts.at(scope))});
  }
  if (theirs.digest == replica.digest(scope).folded()) {
    if (counterpart_.is_parent()) acknowledge_all(scope, batch);
    return;
  }
  if (peer_cursor_counts(scopes)) {
    sending_.offer_after(scope, scopes.arrivals);
  } else {
    vectors_due_.insert(scope);
  }
  if (!own_cursor_counts(scopes)) send_vector(scope);
}

// Equal logs: the parent holds what is held here.
void Comparison::acknowledge_all(const Scope& scope, Batch& batch) {
  for (const auto& [id, row] : counterpart_.replica.streams) {
    if (row.scope == scope && row.seq > 0) batch.put_ack(*counterpart_.node, id, row.seq);
  }
}

void Comparison::send_vector(const Scope& scope) {
  const Replica& replica = counterpart_.replica;
  Vector vector{scope, replica.vector(scope)};
  // The head on the wire is the sealed one's for own streams: an unsealed tail has never left.
  for (VectorEntry& entry : vector.entries) {
    const StreamRow& row = replica.streams.at(entry.stream);
    if (row.seq > row.sealed) {
      entry.seq = row.sealed;
      const auto head = replica.sealed_heads.find(entry.stream);
      if (head != replica.sealed_heads.end()) entry.tag = head_tag(head->second);
    }
  }
  std::erase_if(vector.entries, [](const VectorEntry& e) { return e.seq == 0; });
  lanes_.say(vector);
}

bool Comparison::same_branch(const VectorEntry& mine, const VectorEntry& theirs) const {
  if (theirs.seq == 0 || theirs.seq > mine.seq) return true;
  const auto tag = counterpart_.replica.tag_at(mine.stream, theirs.seq);
  return !tag || *tag == theirs.tag;
}

// Of the streams in which this node writes now, nobody can hold more than itself, nor anything
// else: unless its database was put back to an earlier day, or another machine writes as this node.
bool Comparison::claims_more_of_ours(const Vector& vector) const {
  const Replica& replica = counterpart_.replica;
  if (replica.revoked(replica.node())) return false;  // here it is cut off, there not yet
  return std::any_of(vector.entries.begin(), vector.entries.end(), [&](const VectorEntry& theirs) {
    if (!replica.is_own_current(theirs.stream, vector.scope)) return false;
    const auto tag = replica.tag_at(theirs.stream, theirs.seq);
    const StreamRow* held = replica.stream(theirs.stream);
    return held == nullptr || theirs.seq > held->seq || (tag && *tag != theirs.tag);
  });
}

Result<void> Comparison::take(const Vector& vector, Batch& batch) {
  const Replica& replica = counterpart_.replica;
  if (!counterpart_.serves(vector.scope)) {
    return fail(Errc::OutOfScope, "a vector of a scope that is not common");
  }
  owes_done_ = true;
  vectors_due_.erase(vector.scope);
  std::map<StreamId, VectorEntry> theirs;
  for (const VectorEntry& entry : vector.entries) theirs[entry.stream] = entry;
  if (claims_more_of_ours(vector)) {
    batch.open_epoch(counterpart_.link, *counterpart_.node, vector.scope);
    return fail(Errc::Conflict, kOthersHoldMore);
  }
  bool all_equal = true;
  for (const VectorEntry& mine : replica.vector(vector.scope)) {
    const auto found = theirs.find(mine.stream);
    const VectorEntry held = found == theirs.end() ? VectorEntry{} : found->second;
    if (held.seq != mine.seq) all_equal = false;
    sending_.restart(replica.streams.at(mine.stream), held.seq);
    const bool same = same_branch(mine, held);
    if (counterpart_.is_parent()) {
      batch.set_ack(*counterpart_.node, mine.stream, same ? std::min(held.seq, mine.seq) : 0);
    }
    if (same) {
      theirs.erase(mine.stream);
      continue;
    }
    Notice fork = counterpart_.notice(Notice::Kind::ForkSeen);
    fork.node = replica.streams.at(mine.stream).author;
    fork.scope = vector.scope;
    fork.count = held.seq;
    batch.notice(std::move(fork));
    sending_.stop(mine.stream);
  }
  if (!theirs.empty()) all_equal = false;
  const auto digest = peer_digests_.find(vector.scope);
  if (all_equal && digest != peer_digests_.end() &&
      digest->second != replica.digest(vector.scope).folded()) {
    sending_.offer_keys(vector.scope);
  }
  return {};
}

// No cursor covers what has come since the last DONE. Should the line be cut now, only vectors know
// of it: so the comparison counts as never made, until DONE.
void Comparison::received(std::size_t bytes, Batch& batch) {
  since_done_ += bytes;
  Cursor held = cursor();
  if (since_done_ < kSentAgain || held.full_at == WallMs{}) return;
  held.full_at = WallMs{};
  batch.put_cursor(held);
}

// The peer has said all it had to say, its vectors too. While a question of ours is open it does
// not know yet what it will be asked for: the DONE that follows its answer counts.
void Comparison::take(const Done& done, WallMs wall, Batch& batch) {
  if (!asked_.empty()) return;
  vectors_due_.clear();
  if (skipped_) return;
  counterpart_.replica.compared.insert(*counterpart_.node);
  since_done_ = 0;
  Cursor received = cursor();
  const bool same =
      received.log_instance == done.log_instance && received.arrivals == done.arrivals;
  if (same && received.full_at != WallMs{}) return;
  if (received.full_at == WallMs{}) received.full_at = wall;
  received.peer = *counterpart_.node;
  received.log_instance = done.log_instance;
  received.arrivals = done.arrivals;
  batch.put_cursor(received);
}

void Comparison::take(const Ping& ping) {
  const bool equal = ping.digest == counterpart_.replica.folded_digest(counterpart_.certificate());
  if (equal) {
    vectors_due_.clear();
    sending_.reached_all();
  }
  if (!ping.idle || !idle() || equal) {
    mismatched_pings_ = 0;
    return;
  }
  if (++mismatched_pings_ < kMismatchedPings) return;
  mismatched_pings_ = 0;
  ask(true);
}

void Comparison::retry() {
  if (!skipped_) return;
  skipped_ = false;
  ask(true);
}

void Comparison::say_done() {
  if (!owes_done_ || !sending_.done() || !vectors_due_.empty() || !idle()) return;
  lanes_.say(Done{counterpart_.replica.log_instance, counterpart_.replica.arrivals});
  owes_done_ = false;
}

Ping Comparison::ping() const {
  return {idle(), counterpart_.replica.folded_digest(counterpart_.certificate())};
}

}  // namespace yizhan::sync
