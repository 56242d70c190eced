#include "sync/session.h"

#include <algorithm>

#include "crdt/base/check.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kLaneQueueBytes = 256 * 1024;  // cut ahead of credit, per lane
constexpr std::size_t kReadAheadBytes = 256 * 1024;  // read from the store at a time
constexpr std::uint64_t kFreshChanges = 64;          // a backlog up to this size travels as fresh
constexpr std::size_t kEarlyKeysMax = 4 * kKeyRowsPerMessage;
constexpr std::size_t kCoversWaiting = 64;  // a stream; one that is not sent costs bytes, no data
constexpr int kMismatchedPings = 2;         // differing digests while both are idle

}  // namespace

Session::Session(Replica& replica, const LinkOpened& link, MonoMs now)
    : replica_(replica),
      link_(link.link),
      peer_curve_(link.peer_curve),
      dialed_(link.dialed),
      opened_at_(now),
      heard_at_(now),
      ping_at_(now + std::chrono::milliseconds(kPingMs)),
      last_grant_(now) {
  replica_.entropy.fill(nonce_);
  if (const Certificate* certificate = replica_.member_by_curve(peer_curve_)) {
    peer_ = certificate->node();
  }
}

const Certificate& Session::peer_certificate() const {
  const Certificate* certificate = peer_ ? replica_.member(*peer_) : nullptr;
  YZ_CHECK(certificate != nullptr);
  return *certificate;
}

bool Session::serves(const Scope& scope) const {
  return replica_.self().replicates(scope) && peer_certificate().replicates(scope);
}

std::pair<Key32, Key32> Session::curve_keys() const {
  const Key32& own = replica_.self().curve_key;
  return dialed_ ? std::make_pair(own, peer_curve_) : std::make_pair(peer_curve_, own);
}

void Session::start(WallMs wall, Batch& batch) {
  if (!peer_) return close("no certificate has this CURVE key", batch.out());
  if (dialed_) say_hello(wall, false);
}

void Session::say_hello(WallMs wall, bool answer) {
  Hello hello;
  hello.network = replica_.self().network;
  hello.node = replica_.node();
  hello.answer = answer;
  hello.nonce = nonce_;
  hello.peer_nonce = peer_nonce_;
  hello.log_instance = replica_.log_instance;
  hello.arrivals = replica_.arrivals;
  hello.digest = replica_.folded_digest(peer_certificate());
  hello.now = wall;
  if (const StreamRow* auth = replica_.own_stream({replica_.self().home, ScopeClass::Auth})) {
    hello.auth_head = head_tag(auth->head);
  }
  const auto [dialer, binder] = curve_keys();
  hello.signature = replica_.identity.secrets.sign.sign(hello_signed_bytes(hello, dialer, binder));
  hello_sent_ = true;
  send_control(hello);
}

SessionNews Session::on_frame(WallMs wall, MonoMs now, ByteView frame, Batch& batch) {
  SessionNews news;
  if (closed_) return news;
  auto received = receiver_.receive(frame);
  if (!received) {
    close(received.error().code == Errc::Gap ? "the link lost a frame" : "bad frame", batch.out());
    return news;
  }
  heard_at_ = now;
  to_grant_[received->lane] += received->frame_bytes;
  if (!received->object) return news;
  auto message = decode_message(*received->object);
  if (!message) {
    refused(message.error(), batch);
    close("bad message", batch.out());
    return news;
  }
  const bool opening =
      std::holds_alternative<Hello>(*message) || std::holds_alternative<Proof>(*message);
  if (!proven_ && !opening) {
    close("a message before the proof", batch.out());
    return news;
  }
  take(wall, now, std::move(*message), batch, news);
  return news;
}

void Session::take(WallMs wall, MonoMs now, Message message, Batch& batch, SessionNews& news) {
  if (const auto* hello = std::get_if<Hello>(&message))
    return take_hello(wall, *hello, batch, news);
  if (const auto* proof = std::get_if<Proof>(&message)) return take_proof(*proof, batch, news);
  if (const auto* scopes = std::get_if<Scopes>(&message)) return take_scopes(*scopes, wall, batch);
  if (const auto* vector = std::get_if<Vector>(&message)) return take_vector(*vector, batch);
  if (const auto* segment = std::get_if<SegmentMessage>(&message)) {
    return take_segment(wall, segment->container, batch, news);
  }
  if (const auto* cover = std::get_if<CoverMessage>(&message)) {
    return take_cover(cover->header, batch, news);
  }
  if (const auto* rows = std::get_if<KeyRows>(&message)) {
    return take_key_rows(*rows, batch);
  }
  if (const auto* receipt = std::get_if<ReceiptMessage>(&message)) {
    const auto newer = admit_receipt(replica_, batch, receipt->receipt);
    if (!newer) return refused(newer.error(), batch);
    if (*newer) {
      const Scope scope = decode_receipt(receipt->receipt)->scope;
      news.receipts.push_back(scope);
      batch.notice({Notice::Kind::Received, link_, peer_.value_or(NodeId{}), scope, 1, {}});
    }
    return;
  }
  if (const auto* ack = std::get_if<Ack>(&message)) return take_ack(*ack, batch);
  if (const auto* credit = std::get_if<Credit>(&message)) return take_credit(now, *credit);
  if (const auto* done = std::get_if<Done>(&message)) return take_done(*done, wall, batch);
  take_ping(std::get<Ping>(message));
}

void Session::take_hello(WallMs wall, const Hello& hello, Batch& batch, SessionNews& news) {
  const bool expected = dialed_ ? hello.answer && hello_sent_ && hello.peer_nonce == nonce_
                                : !hello.answer && !hello_sent_;
  const auto [dialer, binder] = curve_keys();
  if (!expected || peer_hello_ || hello.node != *peer_ ||
      hello.network != replica_.self().network ||
      !verify(peer_certificate().sign_key, hello_signed_bytes(hello, dialer, binder),
              hello.signature)) {
    return close("HELLO does not verify", batch.out());
  }
  peer_nonce_ = hello.nonce;
  peer_hello_ = hello;
  if (!dialed_) return say_hello(wall, true);
  Proof proof;
  proof.signature = replica_.identity.secrets.sign.sign(
      proof_signed_bytes(replica_.node(), peer_nonce_, dialer, binder));
  send_control(proof);
  become_proven(hello, batch, news);
}

void Session::take_proof(const Proof& proof, Batch& batch, SessionNews& news) {
  const auto [dialer, binder] = curve_keys();
  if (dialed_ || proven_ || !peer_hello_ ||
      !verify(peer_certificate().sign_key, proof_signed_bytes(*peer_, nonce_, dialer, binder),
              proof.signature)) {
    return close("the proof does not verify", batch.out());
  }
  become_proven(*peer_hello_, batch, news);
}

void Session::become_proven(const Hello& hello, Batch& batch, SessionNews& news) {
  proven_ = true;
  news.proven = true;
  batch.notice({Notice::Kind::SessionUp, link_, *peer_, {}, 0, {}});
  const auto held = replica_.cursors.find(*peer_);
  const Cursor cursor = held == replica_.cursors.end() ? Cursor{} : held->second;
  const bool same_log = cursor.log_instance == hello.log_instance;
  const bool behind = !same_log || cursor.arrivals != hello.arrivals;
  // The peer's log has lost what the cursor covers: to the peer it would not count, to us it would.
  const bool ahead = same_log && cursor.arrivals > hello.arrivals;
  const bool stale = held == replica_.cursors.end() || ahead ||
                     (hello.now - cursor.full_at).count() >= kFullVectorMs;
  if (behind || stale || hello.digest != replica_.folded_digest(peer_certificate())) {
    compare_digests(stale);
  }
}

void Session::compare_digests(bool full) {
  if (asked_.size() == kQuestionsMax) return;
  asked_.push_back(full);
  send_scopes(full);
}

void Session::send_scopes(bool full) {
  Scopes scopes;
  scopes.full = full;
  const auto cursor = replica_.cursors.find(*peer_);
  if (cursor != replica_.cursors.end()) {
    scopes.log_instance = cursor->second.log_instance;
    scopes.arrivals = cursor->second.arrivals;
  }
  for (const Scope& scope : replica_.common_scopes(peer_certificate())) {
    scopes.scopes.push_back(
        {scope, replica_.digest(scope).folded(), replica_.receipt_stamp(scope)});
  }
  send_control(scopes);
}

// SCOPES are answered by SCOPES, each by one: those that come while a question of ours is open are
// its answer, also when both ends asked at once. Full for one of the two is full for both, or each
// end would wait for what the other believes to have said.
void Session::take_scopes(const Scopes& scopes, WallMs wall, Batch& batch) {
  bool full = scopes.full;
  if (asked_.empty()) {
    send_scopes(full);
  } else {
    full = full || asked_.front();
    asked_.pop_front();
  }
  owes_done_ = true;
  vectors_due_.clear();
  const bool cursor_valid =
      !full && scopes.log_instance == replica_.log_instance && scopes.arrivals <= replica_.arrivals;
  const auto own_cursor = replica_.cursors.find(*peer_);
  const bool own_cursor_valid = !full && own_cursor != replica_.cursors.end() && peer_hello_ &&
                                own_cursor->second.log_instance == peer_hello_->log_instance;
  std::map<Scope, ScopeState> theirs;
  for (const ScopeState& state : scopes.scopes) {
    if (!serves(state.scope)) return close("a scope that is not common", batch.out());
    theirs[state.scope] = state;
  }
  for (const Scope& scope : replica_.common_scopes(peer_certificate())) theirs[scope].scope = scope;
  for (const auto& [scope, state] : theirs) {
    peer_digests_[scope] = state.digest;
    if (replica_.receipt_stamp(scope) > state.receipt) offer_receipt(replica_.receipts.at(scope));
    if (state.digest == replica_.digest(scope).folded()) continue;
    if (cursor_valid) {
      queue_arrivals(scope, scopes.arrivals);
      queue_own_tails(scope);
    } else {
      vectors_due_.insert(scope);
    }
    if (!own_cursor_valid) send_vector(scope);
  }
  if (cursor_valid) send_covers_after(scopes.arrivals);
  if (full) {
    Cursor cursor = own_cursor == replica_.cursors.end() ? Cursor{} : own_cursor->second;
    cursor.peer = *peer_;
    cursor.full_at = wall;
    batch.put_cursor(cursor);
  }
}

void Session::send_covers_after(std::uint64_t arrival) {
  for (const SegmentRow& cover : replica_.store.covers_after(arrival, kSegmentChangesMax)) {
    const StreamRow* row = replica_.stream(cover.stream);
    const auto header = peek_header(cover.container);
    if (row == nullptr || !header || !serves(row->scope)) continue;
    frames_.push(2, encode(Message{CoverMessage{encode_header(*header)}}), true);
  }
}

void Session::queue_arrivals(const Scope& scope, std::uint64_t after) {
  for (const StoreView::Arrived& arrived : replica_.store.arrived_after(after)) {
    const StreamRow* row = replica_.stream(arrived.stream);
    if (row != nullptr && row->scope == scope) offer(*row, arrived.first);
  }
}

void Session::queue_own_tails(const Scope& scope) {
  const StreamRow* own = replica_.own_stream(scope);
  if (own != nullptr && own->seq > own->sealed) offer(*own, own->sealed + 1);
}

void Session::send_vector(const Scope& scope) {
  Vector vector{scope, replica_.vector(scope)};
  // The head on the wire is the sealed one's for own streams: an unsealed tail has never left.
  for (VectorEntry& entry : vector.entries) {
    const StreamRow& row = replica_.streams.at(entry.stream);
    if (row.seq > row.sealed) {
      entry.seq = row.sealed;
      const auto head = replica_.sealed_heads.find(entry.stream);
      if (head != replica_.sealed_heads.end()) entry.tag = head_tag(head->second);
    }
  }
  std::erase_if(vector.entries, [](const VectorEntry& e) { return e.seq == 0; });
  send_control(vector);
}

void Session::take_vector(const Vector& vector, Batch& batch) {
  if (!serves(vector.scope)) return close("a vector of a scope that is not common", batch.out());
  owes_done_ = true;
  vectors_due_.erase(vector.scope);
  std::map<StreamId, VectorEntry> theirs;
  for (const VectorEntry& entry : vector.entries) theirs[entry.stream] = entry;
  if (claims_more_of_ours(vector)) return leave_old_epoch(vector.scope, batch);
  bool all_equal = true;
  for (const VectorEntry& mine : replica_.vector(vector.scope)) {
    const auto found = theirs.find(mine.stream);
    const std::uint64_t seq = found == theirs.end() ? 0 : found->second.seq;
    if (seq == 0 || seq <= mine.seq) known_[mine.stream] = seq;
    if (seq != mine.seq) all_equal = false;
    if (seq > 0 && seq <= mine.seq) {
      const auto tag = replica_.tag_at(mine.stream, seq);
      if (tag && *tag != found->second.tag) {
        batch.notice({Notice::Kind::ForkSeen, link_, *peer_, vector.scope, seq, {}});
        wanted_.erase(mine.stream);
        continue;
      }
    }
    wanted_.erase(mine.stream);
    if (seq < mine.seq) wanted_[mine.stream] = seq + 1;
    theirs.erase(mine.stream);
  }
  if (!theirs.empty()) all_equal = false;
  const auto digest = peer_digests_.find(vector.scope);
  if (all_equal && digest != peer_digests_.end() &&
      digest->second != replica_.digest(vector.scope).folded()) {
    queue_all_keys(vector.scope);
  }
}

// Of the streams in which this node writes now, nobody can hold more than itself, nor anything
// else: unless its database was put back to an earlier day, or another machine writes as this node.
bool Session::claims_more_of_ours(const Vector& vector) const {
  return std::any_of(vector.entries.begin(), vector.entries.end(), [&](const VectorEntry& theirs) {
    if (!replica_.is_own_current(theirs.stream, vector.scope)) return false;
    const auto tag = replica_.tag_at(theirs.stream, theirs.seq);
    const StreamRow* held = replica_.stream(theirs.stream);
    return held == nullptr || theirs.seq > held->seq || (tag && *tag != theirs.tag);
  });
}

void Session::leave_old_epoch(const Scope& scope, Batch& batch) {
  batch.open_epoch(link_, *peer_, scope);
  close("others hold more of this node's history than itself", batch.out());
}

void Session::queue_all_keys(const Scope& scope) {
  KeyRows rows;
  const auto push = [this, &rows] {
    if (!rows.rows.empty()) frames_.push(2, encode(Message{rows}), true);
    rows.rows.clear();
  };
  for (const auto& [id, row] : replica_.streams) {
    if (row.scope != scope) continue;
    for (KeyRow& key : replica_.store.key_rows(id, 1, row.seq)) {
      rows.rows.push_back(std::move(key));
      if (rows.rows.size() == kKeyRowsPerMessage) push();
    }
  }
  push();
}

void Session::take_key_rows(const KeyRows& rows, Batch& batch) {
  auto early = admit_key_rows(replica_, batch, peer_certificate(), rows);
  if (!early) return refused(early.error(), batch);
  if (early_keys_.size() + early->size() > kEarlyKeysMax) early_keys_.clear();
  early_keys_.insert(early_keys_.end(), early->begin(), early->end());
}

// The rows that came just before the segment of `stream`: they stand or fall with it.
void Session::settle_early_keys(StreamId stream, Batch& batch) {
  for (const KeyRow& row : early_keys_) {
    if (row.key.stream == stream && replica_.admitted(row.scope, row.key.change())) {
      batch.put_key_row(row);
    }
  }
  std::erase_if(early_keys_, [&](const KeyRow& row) { return row.key.stream == stream; });
}

void Session::take_segment(WallMs wall, ByteView container, Batch& batch, SessionNews& news) {
  const auto taken = admit_segment(replica_, batch, wall, container);
  const auto header = peek_header(container);
  if (header) settle_early_keys(header->stream, batch);
  if (taken) return admitted(*taken, batch, news);
  refused(taken.error(), batch);
  switch (taken.error().code) {
    case Errc::Gap:
      skipped_ = true;
      if (const StreamRow* row = header ? replica_.stream(header->stream) : nullptr) {
        send_vector(row->scope);
      } else {
        compare_digests(true);
      }
      return;
    case Errc::UnknownAuthor: skipped_ = true; return;
    case Errc::Conflict:
      if (const StreamRow* row = header ? replica_.stream(header->stream) : nullptr;
          row != nullptr && replica_.is_own_current(*row)) {
        return leave_old_epoch(row->scope, batch);
      }
      batch.notice({Notice::Kind::ForkSeen,
                    link_,
                    *peer_,
                    {},
                    header ? header->last : 0,
                    taken.error().detail});
      skipped_ = true;
      // Once, so that whoever wrote it hears of it now.
      if (header && forks_.insert(header->stream).second) compare_digests(true);
      return;
    case Errc::StorageIo:
    case Errc::StorageFull:
    case Errc::StorageCorrupt: batch.out().storage_error = taken.error(); return;
    default: close("a segment was refused", batch.out());
  }
}

void Session::take_cover(ByteView header, Batch& batch, SessionNews& news) {
  const auto taken = admit_cover(replica_, batch, header);
  if (taken) return admitted(*taken, batch, news);
  // Not held exactly like that: the whole segment comes when it is needed.
  if (taken.error().code != Errc::NotFound && taken.error().code != Errc::UnknownAuthor) {
    refused(taken.error(), batch);
  }
}

void Session::admitted(const Admitted& done, Batch& batch, SessionNews& news) {
  const StreamRow& row = replica_.streams.at(done.stream);
  std::uint64_t& known = known_[done.stream];
  known = std::max(known, done.last);
  if (replica_.identity.parent && *peer_ == *replica_.identity.parent) {
    batch.put_ack(*peer_, done.stream, std::min(done.last, row.seq));
  }
  to_ack_[done.stream] = {done.stream, row.seq, head_tag(row.head)};
  if (done.first_new > 0) {
    batch.notice(
        {Notice::Kind::Admitted, link_, *peer_, done.scope, done.last - done.first_new + 1, {}});
  }
  news.admitted = done;
}

void Session::take_ack(const Ack& ack, Batch& batch) {
  const bool parent = replica_.identity.parent && *peer_ == *replica_.identity.parent;
  for (const VectorEntry& entry : ack.entries) {
    const StreamRow* row = replica_.stream(entry.stream);
    if (row == nullptr || !serves(row->scope) || entry.seq > row->seq) continue;
    const auto tag = replica_.tag_at(entry.stream, entry.seq);
    if (!tag || *tag != entry.tag) continue;  // another branch: not ours that is durable there
    std::uint64_t& known = known_[entry.stream];
    known = std::max(known, entry.seq);
    send_covers(entry.stream);
    if (!parent) continue;
    batch.put_ack(*peer_, entry.stream, entry.seq);
    batch.notice({Notice::Kind::Carried, link_, *peer_, row->scope, entry.seq, {}});
  }
}

void Session::take_credit(MonoMs now, const Credit& credit) {
  std::size_t granted = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    frames_.grant(static_cast<std::uint8_t>(lane), credit.bytes[lane]);
    granted += credit.bytes[lane];
  }
  // A frame should occupy the link for at most half a second, so that lane 0 is never far away.
  const auto elapsed = std::max<std::int64_t>((now - last_grant_).count(), 1);
  if (granted > 0) {
    const std::size_t half_second = granted * 500 / static_cast<std::size_t>(elapsed);
    frame_payload_ = std::clamp(half_second, kFrameBytesMin, kFrameBytesMax - kFrameBytesMin);
    last_grant_ = now;
  }
}

// The peer has said all it had to say, its vectors too. While a question of ours is open it does
// not know yet what it will be asked for: the DONE that follows its answer counts.
void Session::take_done(const Done& done, WallMs wall, Batch& batch) {
  if (!asked_.empty()) return;
  vectors_due_.clear();
  if (skipped_) return;
  const auto held = replica_.cursors.find(*peer_);
  Cursor cursor = held == replica_.cursors.end() ? Cursor{} : held->second;
  if (cursor.log_instance == done.log_instance && cursor.arrivals == done.arrivals) return;
  if (cursor.full_at == WallMs{}) cursor.full_at = wall;
  cursor.peer = *peer_;
  cursor.log_instance = done.log_instance;
  cursor.arrivals = done.arrivals;
  batch.put_cursor(cursor);
}

void Session::take_ping(const Ping& ping) {
  const bool equal = ping.digest == replica_.folded_digest(peer_certificate());
  if (equal) peer_holds_all();
  if (!ping.idle || !idle() || equal) {
    mismatched_pings_ = 0;
    return;
  }
  if (++mismatched_pings_ < kMismatchedPings) return;
  mismatched_pings_ = 0;
  compare_digests(true);
}

void Session::peer_holds_all() {
  vectors_due_.clear();
  for (auto waiting = covers_.begin(); waiting != covers_.end();) {
    const StreamId stream = (waiting++)->first;  // which is erased when nothing more of it waits
    known_[stream] = replica_.streams.at(stream).seq;
    send_covers(stream);
  }
}

void Session::members_changed() {
  if (!proven_ || closed_ || !skipped_) return;
  skipped_ = false;
  compare_digests(true);
}

void Session::offer(const StreamRow& row, std::uint64_t first) {
  if (!proven_ || closed_ || !serves(row.scope)) return;
  const auto known = known_.find(row.id);
  const std::uint64_t next = known == known_.end() ? first : std::max(first, known->second + 1);
  if (next > row.seq) return;
  const auto wanted = wanted_.try_emplace(row.id, next);
  wanted.first->second = std::min(wanted.first->second, next);
  owes_done_ = true;
}

void Session::offer_cover(const StreamRow& row, const SegmentHeader& header, const Bytes& bytes) {
  if (!proven_ || closed_ || !serves(row.scope)) return;
  auto& waiting = covers_[row.id];
  if (waiting.size() == kCoversWaiting) waiting.erase(waiting.begin());
  waiting.push_back({header.last, bytes});
  owes_done_ = true;
  send_covers(row.id);
}

// A cover is no use to a peer before it has the changes: an author makes one in the moment in which
// the last of them leaves, so most of them wait for the acknowledgement.
void Session::send_covers(StreamId stream) {
  const auto known = known_.find(stream);
  const auto waiting = covers_.find(stream);
  if (known == known_.end() || waiting == covers_.end()) return;
  std::erase_if(waiting->second, [&](const WaitingCover& cover) {
    if (cover.last > known->second) return false;
    frames_.push(2, encode(Message{CoverMessage{cover.header}}), true);
    return true;
  });
  if (waiting->second.empty()) covers_.erase(waiting);
}

void Session::offer_receipt(const Receipt& receipt) {
  if (!proven_ || closed_ || !serves(receipt.scope)) return;
  send_control(ReceiptMessage{encode(receipt)});
}

bool Session::wants_tail(const StreamRow& row) const {
  const auto wanted = wanted_.find(row.id);
  return proven_ && !closed_ && wanted != wanted_.end() && wanted->second > row.sealed;
}

// A stream keeps its lane until the peer holds all that went before, or its end would overtake its
// beginning.
std::uint8_t Session::lane_for(const StreamRow& row, std::uint64_t next) {
  if (row.scope.cls == ScopeClass::Auth) return 0;
  const std::uint8_t fitting = row.seq - next < kFreshChanges ? 1 : 2;
  std::uint8_t& lane = lanes_.try_emplace(row.id, fitting).first->second;
  const auto known = known_.find(row.id);
  if (known != known_.end() && known->second + 1 >= next) lane = fitting;
  return lane;
}

bool Session::pump(MonoMs now, Effects& out) {
  if (!proven_ || closed_) return false;
  // auth before ref before biz: an author's certificate travels before its changes.
  for (const ScopeClass cls : {ScopeClass::Auth, ScopeClass::Ref, ScopeClass::Biz}) {
    for (auto wanted = wanted_.begin(); wanted != wanted_.end();) {
      const StreamRow& row = replica_.streams.at(wanted->first);
      const bool more = row.scope.cls != cls || push_segments(wanted->first, wanted->second);
      wanted = more ? std::next(wanted) : wanted_.erase(wanted);
    }
  }
  const bool all_sent = wanted_.empty() && covers_.empty() && vectors_due_.empty() && idle();
  if (owes_done_ && !unreadable_ && all_sent) {
    send_control(Done{replica_.log_instance, replica_.arrivals});
    owes_done_ = false;
  }
  flush(now, out);
  return !wanted_.empty();
}

// True while something of the stream remains to be sent.
bool Session::push_segments(StreamId stream, std::uint64_t& next) {
  const StreamRow& row = replica_.streams.at(stream);
  const std::uint8_t lane = lane_for(row, next);
  while (next <= row.sealed) {
    if (frames_.queued(lane) >= kLaneQueueBytes) return true;
    const auto rows = replica_.store.segments(stream, next, kReadAheadBytes);
    if (!rows || rows->empty() || rows->front().first > next) {
      unreadable_ = true;  // damaged here: healed by journal or peers first
      return false;
    }
    for (const SegmentRow& segment : *rows) {
      if (segment.last < next) continue;
      if (segment.first > next) break;
      std::vector<KeyRow> keys = replica_.store.key_rows(stream, next, segment.last);
      for (std::size_t at = 0; at < keys.size(); at += kKeyRowsPerMessage) {
        const std::size_t end = std::min(at + kKeyRowsPerMessage, keys.size());
        KeyRows part{{keys.begin() + static_cast<std::ptrdiff_t>(at),
                      keys.begin() + static_cast<std::ptrdiff_t>(end)}};
        frames_.push(lane, encode(Message{std::move(part)}), true);
      }
      frames_.push(lane, encode(Message{SegmentMessage{segment.container}}), true);
      next = segment.last + 1;
      if (frames_.queued(lane) >= kLaneQueueBytes) break;
    }
  }
  return next <= row.seq;
}

void Session::flush(MonoMs now, Effects& out) {
  if (closed_) return;
  if (!to_ack_.empty()) {
    Ack ack;
    for (auto& [id, entry] : to_ack_) ack.entries.push_back(entry);
    to_ack_.clear();
    send_control(ack);
  }
  Credit credit;
  bool grant = false;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    credit.bytes[lane] = static_cast<std::uint32_t>(to_grant_[lane]);
    grant = grant || to_grant_[lane] >= kLaneCredit[lane] / 4;
  }
  if (grant) {
    to_grant_.fill(0);
    send_control(credit);
  }
  if (frames_.empty()) return;
  while (auto frame = frames_.next(frame_payload_)) {
    out.sends.push_back({link_, std::move(*frame)});
    ping_at_ = now + std::chrono::milliseconds(kPingMs);
  }
}

// A tail that refers to what a crash took from this node is sealed when that has come again: the
// comparison that brings it must not wait for the tail.
bool Session::idle() const {
  const bool sendable = std::any_of(wanted_.begin(), wanted_.end(), [this](const auto& wanted) {
    return wanted.second <= replica_.streams.at(wanted.first).sealed;
  });
  return !sendable && frames_.empty() && asked_.empty();
}

std::size_t Session::queued_bytes() const {
  std::size_t bytes = 0;
  for (std::uint8_t lane = 0; lane < kLanes; ++lane) bytes += frames_.queued(lane);
  return bytes;
}

void Session::on_timer(MonoMs now, Batch& batch) {
  if (closed_) return;
  if ((now - heard_at_).count() >= (proven_ ? kSilenceMs : kHelloMs)) {
    return close("the peer is silent", batch.out());
  }
  if (proven_ && now >= ping_at_) {
    ping_at_ = now + std::chrono::milliseconds(kPingMs);
    send_control(Ping{idle(), replica_.folded_digest(peer_certificate())});
  }
}

MonoMs Session::deadline() const {
  const MonoMs silent = heard_at_ + std::chrono::milliseconds(proven_ ? kSilenceMs : kHelloMs);
  return proven_ ? std::min(silent, ping_at_) : silent;
}

void Session::refused(const Error& error, Batch& batch) {
  batch.notice({Notice::Kind::Refused,
                link_,
                peer_.value_or(NodeId{}),
                {},
                0,
                std::string(name(error.code)) + ": " + error.detail});
}

void Session::close(const char* reason, Effects& out) {
  if (closed_) return;
  closed_ = true;
  out.closes.push_back(link_);
  out.notices.push_back(
      {Notice::Kind::SessionDown, link_, peer_.value_or(NodeId{}), {}, 0, reason});
}

}  // namespace yizhan::sync
