#include "sync/engine.h"

#include <algorithm>
#include <set>

#include "sync/author.h"
#include "sync/judge.h"
#include "sync/session.h"

namespace yizhan::sync {

struct Engine::Impl {
  Impl(Identity identity, const StoreView& store, Entropy& entropy)
      : replica(std::move(identity), store, entropy), judge(replica) {
    if (replica.is_hub()) owe_receipts();
  }

  Replica replica;
  Judge judge;
  std::map<LinkId, std::unique_ptr<Session>> sessions;
  std::map<NodeId, WallMs> contacts;
  std::set<Scope> receipt_scopes;  // hub: changed since their last receipt
  std::optional<MonoMs> receipts_at;
  std::map<StreamId, std::size_t> sealed_since_cover;
  std::set<StreamId> cover_due;
  bool work_waiting = false;  // something can be sent or sealed in the next step

  void open_link(WallMs wall, MonoMs mono, const LinkOpened& opened, Batch& batch);
  void frame(WallMs wall, MonoMs mono, const FrameReceived& received, Batch& batch);
  void timer(WallMs wall, MonoMs mono, Batch& batch);
  void end_step(WallMs wall, MonoMs mono, Batch& batch);
  void spread(const SessionNews& news, LinkId from);
  void close_older(const Session& newest, Effects& out);
  void close_link(LinkId link, Batch& batch);
  void close_strangers(Effects& out);
  bool receipt_is_behind(const Scope& scope) const;
  void owe_receipts();
  std::ptrdiff_t unknown_links() const;
  void take_back_in(Session& session, WallMs wall, const Certificate& certificate, Batch& batch);
  void make_receipts(WallMs wall, Batch& batch);
  void seal_wanted(Batch& batch);
  bool seal_authority(Batch& batch);
  bool seal(Batch& batch, StreamId stream);  // false: it cannot be sealed
  void cover(Batch& batch);
  bool tail_is_wanted(const StreamRow& row) const;
  void offer_own(StreamId stream);
  void set_wake(MonoMs mono, Effects& out) const;
};

void Engine::Impl::open_link(WallMs wall, MonoMs mono, const LinkOpened& opened, Batch& batch) {
  auto session = std::make_unique<Session>(replica, opened, mono);
  session->start(wall, batch);
  if (!session->peer() && unknown_links() >= static_cast<std::ptrdiff_t>(kUnknownLinksMax)) {
    session->close("too many links of unknown keys", batch.out());
  }
  if (!session->closed()) sessions[opened.link] = std::move(session);
}

void Engine::Impl::frame(WallMs wall, MonoMs mono, const FrameReceived& received, Batch& batch) {
  const auto found = sessions.find(received.link);
  if (found == sessions.end()) return;
  Session& session = *found->second;
  const SessionNews news = session.on_frame(wall, mono, received.bytes, batch);
  if (session.proven() && session.peer()) contacts[*session.peer()] = wall;
  if (news.proven) close_older(session, batch.out());
  if (news.admitted && news.admitted->ahead > 0) {
    judge.note(batch, {news.admitted->stream, news.admitted->ahead});
  }
  if (news.introduced) take_back_in(session, wall, *news.introduced, batch);
  spread(news, received.link);
}

std::ptrdiff_t Engine::Impl::unknown_links() const {
  return std::count_if(sessions.begin(), sessions.end(),
                       [](const auto& entry) { return !entry.second->peer(); });
}

// Certified from here, and forgotten: that is taken down once more, in the very same words, and
// holds as far as it ever did, for whoever was revoked meanwhile stays revoked.
void Engine::Impl::take_back_in(Session& session, WallMs wall, const Certificate& certificate,
                                Batch& batch) {
  const Certificate* known = replica.member(certificate.node());
  if (known != nullptr && known->serial > certificate.serial) {
    return session.close("it has a newer certificate", batch.out());
  }
  if (known == nullptr || *known != certificate) {
    Draft draft;
    draft.scope = {replica.self().home, ScopeClass::Auth};
    draft.ops.push_back(
        {own_op(0),
         crdt::Opaque{static_cast<std::uint16_t>(crdt::OpKind::CertIssue), encode(certificate)}});
    const auto written = write_draft(replica, batch, wall, draft);
    if (!written) return session.close(written.error().detail, batch.out());
    offer_own(written->id.stream);
    batch.settle();
  }
  session.introduce(certificate.node(), wall, batch);
}

// The peer came back on a new link: the proof is fresh, so the old one is dead. A second machine of
// its name has a log of its own: each would hang up on the other, and neither be done.
void Engine::Impl::close_older(const Session& newest, Effects& out) {
  for (auto& [link, session] : sessions) {
    const bool same_peer = session.get() != &newest && session->peer() == newest.peer();
    if (same_peer && (!session->proven() || session->peer_log() == newest.peer_log())) {
      session->close("the peer came back on another link", out);
    }
  }
}

// The link is gone: who shows how things stand has to hear of it.
void Engine::Impl::close_link(LinkId link, Batch& batch) {
  const auto found = sessions.find(link);
  if (found == sessions.end()) return;
  if (found->second->proven()) {
    batch.notice({Notice::Kind::SessionDown,
                  link,
                  found->second->peer().value_or(NodeId{}),
                  {},
                  0,
                  "the link is gone"});
  }
  sessions.erase(found);
}

void Engine::Impl::spread(const SessionNews& news, LinkId from) {
  if (replica.is_hub() && !news.receipts.empty()) owe_receipts();
  for (auto& [link, session] : sessions) {
    if (link == from) continue;
    if (news.admitted) {
      const StreamRow& row = replica.streams.at(news.admitted->stream);
      if (news.admitted->first_new > 0) session->offer(row, news.admitted->first_new);
      if (news.admitted->covered) {
        const auto header = decode_header(news.admitted->cover_header);
        if (header) session->offer_cover(row, *header, news.admitted->cover_header);
      }
    }
    if (session->peer() == replica.identity.parent) continue;  // receipts travel down only
    if (replica.is_hub()) continue;                            // of an earlier life of its own
    for (const Scope& scope : news.receipts) session->offer_receipt(replica.receipts.at(scope));
  }
}

bool Engine::Impl::receipt_is_behind(const Scope& scope) const {
  const auto held = replica.receipts.find(scope);
  if (held == replica.receipts.end() || held->second.log_instance != replica.log_instance) {
    return true;
  }
  for (const VectorEntry& entry : replica.vector(scope)) {
    if (held->second.seq(entry.stream) < entry.seq) return true;
  }
  return false;
}

// Also of its own scope, in which it may hold nothing: whoever hears of a new log knows by that
// that the receipts of the former one are void.
void Engine::Impl::owe_receipts() {
  std::vector<Scope> known{{replica.self().home, ScopeClass::Auth}};
  for (const auto& [scope, digest] : replica.digests) known.push_back(scope);
  for (const Scope& scope : known) {
    if (receipt_is_behind(scope)) receipt_scopes.insert(scope);
  }
}

// A receipt states what is durable. It is made in a step of its own after the changes were applied
// and leaves only after the commit that makes both durable.
void Engine::Impl::make_receipts(WallMs wall, Batch& batch) {
  for (const Scope& scope : receipt_scopes) {
    Receipt receipt;
    receipt.hub = replica.node();
    receipt.log_instance = replica.log_instance;
    receipt.scope = scope;
    // Later than all before it, also than those that this hub forgot when it was put back.
    receipt.issued =
        std::max(replica.clock.issue(wall), crdt::Hlc{replica.receipts_until.value + 1});
    receipt.entries = replica.vector(scope);
    if (receipt.entries.size() > kReceiptEntriesMax) receipt.entries.resize(kReceiptEntriesMax);
    sign(receipt, replica.identity.secrets.sign);
    batch.put_receipt(receipt);
    batch.notice({Notice::Kind::Received, 0, replica.node(), scope, receipt.entries.size(), {}});
    for (auto& [link, session] : sessions) session->offer_receipt(receipt);
  }
  receipt_scopes.clear();
  receipts_at.reset();
}

bool Engine::Impl::tail_is_wanted(const StreamRow& row) const {
  return std::any_of(sessions.begin(), sessions.end(),
                     [&row](const auto& entry) { return entry.second->wants_tail(row); });
}

bool Engine::Impl::seal(Batch& batch, StreamId stream) {
  if (!seal_tail(replica, batch, stream)) return false;
  if (++sealed_since_cover[stream] >= kCoverRun) {
    cover_due.insert(stream);
    sealed_since_cover[stream] = 0;
  }
  work_waiting = true;  // the segment can be read, and sent, from the next step on
  return true;
}

void Engine::Impl::seal_wanted(Batch& batch) {
  for (const auto& [stream, head] : replica.sealed_heads) {
    const StreamRow& row = replica.streams.at(stream);
    if (row.seq <= row.sealed) continue;
    if (tail_is_wanted(row) || tail_is_full(replica, stream)) seal(batch, stream);
  }
}

// True: there was something, which others can read from the next step on.
bool Engine::Impl::seal_authority(Batch& batch) {
  bool sealed = false;
  for (const auto& [stream, head] : replica.sealed_heads) {
    const StreamRow& row = replica.streams.at(stream);
    const bool unsealed = row.seq > row.sealed;
    if (!unsealed || row.scope.cls != ScopeClass::Auth || !tail_is_wanted(row)) continue;
    sealed = seal(batch, stream) || sealed;
  }
  return sealed;
}

void Engine::Impl::cover(Batch& batch) {
  for (const StreamId stream : cover_due) {
    const auto header = cover_small(replica, batch, stream);
    if (!header) continue;
    const Bytes bytes = encode_header(*header);
    for (auto& [link, session] : sessions) {
      session->offer_cover(replica.streams.at(stream), *header, bytes);
    }
  }
  cover_due.clear();
}

void Engine::Impl::timer(WallMs wall, MonoMs mono, Batch& batch) {
  work_waiting = false;
  if (receipts_at && mono >= *receipts_at) make_receipts(wall, batch);
  if (const auto stream = judge.speak(batch, wall)) offer_own(*stream);
  // What is said of members and stamps goes before the changes that it speaks of.
  const bool waits = seal_authority(batch);
  // What this step seals can be read from the next step on: sessions send what stands already.
  for (auto& [link, session] : sessions) {
    session->on_timer(mono, batch);
    if (!waits) session->pump(mono, batch.out());
  }
  cover(batch);
  seal_wanted(batch);
}

void Engine::Impl::offer_own(StreamId stream) {
  const StreamRow& row = replica.streams.at(stream);
  for (auto& [link, session] : sessions) session->offer(row, row.sealed + 1);
  work_waiting = true;
}

// Nothing is said to who is revoked, nor to who was certified by one that had no right to it any
// more.
void Engine::Impl::close_strangers(Effects& out) {
  for (auto& [link, session] : sessions) {
    if (!session->peer()) continue;  // it has to introduce itself, or goes by itself
    if (replica.member(*session->peer()) == nullptr) {
      session->close("the peer is no member any more", out);
    } else if (replica.revoked(*session->peer())) {
      session->close("the peer was revoked", out);
    }
  }
}

void Engine::Impl::end_step(WallMs, MonoMs mono, Batch& batch) {
  batch.settle();
  if (replica.is_hub() && !batch.changed_scopes().empty()) {
    receipt_scopes.insert(batch.changed_scopes().begin(), batch.changed_scopes().end());
  }
  // Also those that a crash left behind: no further change may come to make them due.
  if (!receipt_scopes.empty() && !receipts_at) {
    receipts_at = mono + std::chrono::milliseconds(kReceiptDelayMs);
  }
  if (batch.members_changed()) {
    close_strangers(batch.out());
    for (auto& [link, session] : sessions) session->members_changed();
  }
  batch.flush();
  for (auto& [link, session] : sessions) session->flush(mono, batch.out());
  std::erase_if(sessions, [](const auto& entry) { return entry.second->closed(); });
  set_wake(mono, batch.out());
}

void Engine::Impl::set_wake(MonoMs mono, Effects& out) const {
  bool now = work_waiting || !cover_due.empty();
  std::optional<MonoMs> at = receipts_at;
  for (const auto& [link, session] : sessions) {
    const MonoMs due = session->deadline();
    at = at ? std::min(*at, due) : due;
  }
  out.wake_at = now ? mono : at;
}

Engine::Engine(Identity identity, const StoreView& store, Entropy& entropy)
    : impl_(std::make_unique<Impl>(std::move(identity), store, entropy)) {}
Engine::~Engine() = default;

void Engine::step(WallMs now, MonoMs mono, const Event& event, Effects& out) {
  Batch batch(impl_->replica, out);
  if (const auto* opened = std::get_if<LinkOpened>(&event)) {
    impl_->open_link(now, mono, *opened, batch);
  } else if (const auto* closed = std::get_if<LinkClosed>(&event)) {
    impl_->close_link(closed->link, batch);
  } else if (const auto* received = std::get_if<FrameReceived>(&event)) {
    impl_->frame(now, mono, *received, batch);
    impl_->work_waiting = true;
  } else {
    impl_->timer(now, mono, batch);
  }
  impl_->end_step(now, mono, batch);
}

Result<Written> Engine::write(WallMs now, MonoMs mono, const Draft& draft, Effects& out) {
  Batch batch(impl_->replica, out);
  auto written = write_draft(impl_->replica, batch, now, draft);
  if (written) impl_->offer_own(written->id.stream);
  impl_->end_step(now, mono, batch);
  return written;
}

namespace {

crdt::Op control_op(crdt::OpKind kind, Bytes payload, std::uint32_t index) {
  return {own_op(index), crdt::Opaque{static_cast<std::uint16_t>(kind), std::move(payload)}};
}

Bytes boxed(Replica& replica, const Key32& box_key, const Secret32& secret) {
  return seal_box(box_key, secret.view(), replica.entropy);
}

// The first key of a scope, boxed to everyone who reads it.
ScopeKeyOp first_key(Replica& replica, const Scope& scope, const Certificate& subject) {
  ScopeKeyOp op;
  op.scope = scope;
  Key32 fresh;
  replica.entropy.fill(fresh);
  const Secret32 secret(fresh);
  op.public_key = x25519_public(secret);
  std::map<NodeId, Key32> readers;
  for (const auto& [id, member] : replica.standing.members) {
    if (member.may_read(scope) && !replica.revoked(id)) readers[id] = member.box_key;
  }
  if (subject.may_read(scope)) readers[subject.node()] = subject.box_key;
  for (const auto& [id, box_key] : readers) {
    op.boxes.emplace_back(id, boxed(replica, box_key, secret));
  }
  return op;
}

// Every generation of the scope's key that this node can hand on, with a box more for `subject`;
// the first one where there is none yet.
std::vector<ScopeKeyOp> keys_for(Replica& replica, const Scope& scope, const Certificate& subject) {
  if (replica.newest_key(scope) == nullptr) return {first_key(replica, scope, subject)};
  std::vector<ScopeKeyOp> ops;
  if (!subject.may_read(scope)) return ops;
  for (auto at = replica.scope_keys.lower_bound({scope, 0});
       at != replica.scope_keys.end() && at->first.first == scope; ++at) {
    const KnownScopeKey* known = replica.scope_key(scope, at->first.second);
    if (!known->info->secret) continue;
    ScopeKeyOp op = known->op;
    op.boxes = {{subject.node(), boxed(replica, subject.box_key, *known->info->secret)}};
    ops.push_back(std::move(op));
  }
  return ops;
}

// What was put back to an earlier day, or to nothing, rules on a node only when whoever may know
// more of it has been heard: it would make a key a second time, or cut off what counts elsewhere.
Result<void> may_rule_on(const Replica& replica, WallMs now, const Certificate& subject) {
  if (!replica.reopened(now)) return {};
  const auto heard = [&](NodeId node) { return replica.compared.contains(node); };
  bool all = !replica.identity.parent || heard(*replica.identity.parent);
  for (const auto& [id, member] : replica.standing.members) {
    const bool knows = member.role == Role::District && subject.home.within(member.home);
    if (knows && id != replica.node() && !replica.revoked(id)) all = all && heard(id);
  }
  if (all && !replica.scope_keys.empty()) return {};
  return fail(Errc::Busy, "this node was put back, and what others know has not come yet",
              "awaited");
}

}  // namespace

Result<Written> Engine::certify(WallMs now, MonoMs mono, Certificate subject, Effects& out) {
  Replica& replica = impl_->replica;
  if (const auto may = may_rule_on(replica, now, subject); !may) return fail(may);
  if (subject.node() != replica.node()) {
    subject.issuer = replica.node();
    sign(subject, replica.identity.secrets.sign);
    if (const auto within = verify_issued(subject, replica.self()); !within) return fail(within);
  }
  std::set<Scope> scopes;
  for (const auto& [key, known] : replica.scope_keys) scopes.insert(key.first);
  scopes.insert({subject.home, ScopeClass::Biz});
  std::vector<crdt::Op> ops{control_op(crdt::OpKind::CertIssue, encode(subject), 0)};
  for (const Scope& scope : scopes) {
    for (const ScopeKeyOp& key : keys_for(replica, scope, subject)) {
      ops.push_back(control_op(crdt::OpKind::ScopeKey, encode(key), 0));
    }
  }
  return write_control(now, mono, std::move(ops), out);
}

// A city has more scopes than one change has room for: the first operation, and what keys fit,
// stand in the first change; further keys follow in changes of their own.
Result<Written> Engine::write_control(WallMs now, MonoMs mono, std::vector<crdt::Op> ops,
                                      Effects& out) {
  constexpr std::size_t kMost = crdt::kOpsPerChangeMax / 2;
  std::optional<Written> first;
  for (std::size_t at = 0; at < ops.size();) {
    Draft draft;
    draft.scope = {self().home, ScopeClass::Auth};
    std::size_t bytes = 0;
    for (; at < ops.size() && draft.ops.size() < kMost; ++at) {
      bytes += std::get<crdt::Opaque>(ops[at].body).payload.size();
      if (!draft.ops.empty() && bytes > crdt::kChangeBytesMax - crdt::kOpBytesMax / 2) break;
      ops[at].entity = own_op(static_cast<std::uint32_t>(draft.ops.size()));
      draft.ops.push_back(std::move(ops[at]));
    }
    const auto written = write(now, mono, draft, out);
    if (!written) return fail(written);
    if (!first) first = *written;
  }
  return *first;
}

namespace {

// What counts of a node from now on: what is here of it.
Result<Revocation> revocation_of(const Replica& replica, NodeId node) {
  Revocation revocation{node, {}};
  for (const auto& [id, row] : replica.streams) {
    if (row.author == node && row.seq > 0) {
      revocation.cuts.push_back({id, row.seq, head_tag(row.head)});
    }
  }
  if (revocation.cuts.size() > kRevokedStreamsMax) {
    return fail(Errc::LimitExceeded, "the node has more streams than one change can name");
  }
  return revocation;
}

// The next generation of a scope's key, for all who read it but the revoked node. Hub and district
// count by turns, so that two that revoke at once never make the same one.
ScopeKeyOp next_key(Replica& replica, const KnownScopeKey& newest, NodeId but) {
  ScopeKeyOp op;
  op.scope = newest.op.scope;
  const bool even = replica.is_hub();
  op.generation = newest.op.generation + 1;
  if ((op.generation % 2 == 0) != even) ++op.generation;
  Key32 fresh;
  replica.entropy.fill(fresh);
  const Secret32 secret(fresh);
  op.public_key = x25519_public(secret);
  for (const auto& [id, member] : replica.standing.members) {
    if (id == but || replica.revoked(id) || !member.may_read(op.scope)) continue;
    op.boxes.emplace_back(id, seal_box(member.box_key, secret.view(), replica.entropy));
  }
  return op;
}

std::set<Scope> scopes_read(const Replica& replica, const Certificate& subject) {
  std::set<Scope> scopes;
  for (const auto& [id, known] : replica.scope_keys) {
    if (subject.may_read(id.first)) scopes.insert(id.first);
  }
  return scopes;
}

}  // namespace

Result<Written> Engine::revoke(WallMs now, MonoMs mono, NodeId node, Effects& out) {
  Replica& replica = impl_->replica;
  const Certificate* subject = replica.member(node);
  if (subject == nullptr) return fail(Errc::NotFound, "no node of that name is known", "node");
  if (!may_revoke(replica.self(), *subject)) {
    return fail(Errc::OutOfScope, "the node does not stand below this one", "node");
  }
  if (replica.revoked(node)) return fail(Errc::Conflict, "the node is revoked already", "node");
  if (const auto may = may_rule_on(replica, now, *subject); !may) return fail(may);
  const auto revocation = revocation_of(replica, node);
  if (!revocation) return fail(revocation);
  std::vector<crdt::Op> ops{control_op(crdt::OpKind::Revoke, encode(*revocation), 0)};
  for (const Scope& scope : scopes_read(replica, *subject)) {
    const ScopeKeyOp key = next_key(replica, *replica.newest_key(scope), node);
    ops.push_back(control_op(crdt::OpKind::ScopeKey, encode(key), 0));
  }
  return write_control(now, mono, std::move(ops), out);
}

Result<void> Engine::take_back(WallMs now, MonoMs mono, const JournalChange& lost, Effects& out) {
  Batch batch(impl_->replica, out);
  auto taken = sync::take_back(impl_->replica, batch, lost);
  impl_->end_step(now, mono, batch);
  return taken;
}

void Engine::judge_clock(ClockWorth worth) {
  Replica& replica = impl_->replica;
  replica.clock_suspect = worth == ClockWorth::Doubtful;
  replica.clock_attested =
      replica.is_hub() ? !replica.clock_suspect : worth == ClockWorth::Attested;
}

void Engine::sync_now(WallMs, MonoMs mono, Effects& out) {
  for (auto& [link, session] : impl_->sessions) {
    if (!session->proven() || session->closed()) continue;
    session->compare_digests(true);
    session->flush(mono, out);
  }
  impl_->set_wake(mono, out);
}

const Certificate& Engine::self() const { return impl_->replica.self(); }
NodeId Engine::node() const { return impl_->replica.node(); }
const Epoch& Engine::epoch() const { return impl_->replica.identity.epoch; }

std::vector<Certificate> Engine::members() const {
  std::vector<Certificate> all;
  for (const auto& [id, certificate] : impl_->replica.standing.members) all.push_back(certificate);
  return all;
}

const Certificate* Engine::member(NodeId node) const { return impl_->replica.member(node); }

std::optional<Engine::Revoked> Engine::revoked(NodeId node) const {
  const Replica& replica = impl_->replica;
  if (!replica.revoked(node)) return std::nullopt;
  Revoked revoked;
  for (const auto& [id, row] : replica.streams) {
    if (row.author != node) continue;
    revoked.counted += row.seq;
    revoked.held += as_stored(replica.store, row).seq - row.seq;
  }
  return revoked;
}

std::vector<StreamRow> Engine::streams() const {
  std::vector<StreamRow> all;
  for (const auto& [id, row] : impl_->replica.streams) all.push_back(row);
  return all;
}

std::vector<Scope> Engine::scopes() const {
  std::vector<Scope> all;
  for (const auto& [scope, digest] : impl_->replica.digests) all.push_back(scope);
  return all;
}

std::optional<Scope> Engine::scope_of(StreamId stream) const {
  const StreamRow* row = impl_->replica.stream(stream);
  return row == nullptr ? std::nullopt : std::optional(row->scope);
}

ScopeDigest Engine::digest(const Scope& scope) const { return impl_->replica.digest(scope); }

std::vector<PeerStatus> Engine::peers() const {
  std::map<NodeId, PeerStatus> peers;
  for (const auto& [node, at] : impl_->contacts) peers[node] = {node, false, at, {}};
  for (const auto& [link, session] : impl_->sessions) {
    if (session->proven() && session->peer()) {
      peers[*session->peer()].node = *session->peer();
      peers[*session->peer()].connected = true;
      peers[*session->peer()].ahead_ms = session->peer_ahead_ms();
    }
  }
  std::vector<PeerStatus> all;
  all.reserve(peers.size());
  for (const auto& [node, status] : peers) all.push_back(status);
  return all;
}

std::vector<Receipt> Engine::receipts() const {
  std::vector<Receipt> all;
  for (const auto& [scope, receipt] : impl_->replica.receipts) all.push_back(receipt);
  return all;
}

std::vector<ScopeKeyOp> Engine::scope_keys() const {
  std::vector<ScopeKeyOp> all;
  for (const auto& [key, known] : impl_->replica.scope_keys) all.push_back(known.op);
  return all;
}

Rung Engine::rung(const crdt::ChangeId& change) const {
  const StreamRow* row = impl_->replica.stream(change.stream);
  if (row == nullptr || change.seq > row->seq) return Rung::Saved;
  if (impl_->replica.received(*row) >= change.seq) return Rung::Received;
  return impl_->replica.carried(change.stream) >= change.seq ? Rung::Carried : Rung::Saved;
}

Rung Engine::rung(const crdt::EntityState& state) const {
  Rung least = Rung::Received;
  for (const crdt::ChangeId& change : state.live_changes()) least = std::min(least, rung(change));
  return least;
}

Engine::Delivery Engine::delivery() const {
  Delivery delivery;
  for (const auto& [id, row] : impl_->replica.streams) {
    if (row.author != impl_->replica.node() || row.scope.cls != ScopeClass::Biz) continue;
    const std::uint64_t received = std::min(impl_->replica.received(row), row.seq);
    const std::uint64_t carried = std::min(impl_->replica.carried(id), row.seq);
    // EPOCH_OPEN is not a record: it is counted nowhere.
    const auto records = [](std::uint64_t seq) { return seq == 0 ? 0 : seq - 1; };
    delivery.saved += records(row.seq);
    delivery.received += records(received);
    delivery.carried += records(std::max(carried, received));
  }
  return delivery;
}

Result<std::vector<std::string>> Engine::open(const Scope& scope, const crdt::ChangeId& at,
                                              std::uint8_t blob_number,
                                              const crdt::SealedBlob& blob) const {
  if (!self().may_read(scope)) return fail(Errc::Denied, "this node may not read " + text(scope));
  for (const KeyRow& row : impl_->replica.store.rows_of_key(blob.key)) {
    const auto data_key = impl_->replica.data_key(row);
    if (!data_key) continue;
    auto fields = open_personal(*data_key, blob, at, blob_number);
    if (fields) return fields;
  }
  return fail(Errc::NotFound, "no data key of this record opens here");
}

std::vector<Key32> Engine::allowed_curve_keys() const {
  std::vector<Key32> keys;
  for (const auto& [id, member] : impl_->replica.standing.members) {
    const bool below = member.home.within(self().home) && id != node();
    if (below || impl_->replica.identity.parent == id) keys.push_back(member.curve_key);
  }
  return keys;
}

bool Engine::takes_unknown_keys(WallMs now) const { return impl_->replica.reopened(now); }

}  // namespace yizhan::sync
