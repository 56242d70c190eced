#include "sync/replica.h"

#include <algorithm>

#include "crdt/base/check.h"
#include "crdt/base/hash.h"
#include "crdt/base/planted.h"
#include "crdt/codec/change_codec.h"
#include "sync/authority_log.h"
#include "sync/epoch.h"

namespace yizhan::sync {

Replica::Replica(Identity who, const StoreView& view, Entropy& random)
    : identity(std::move(who)),
      self_node(identity.certificate.node()),
      store(view),
      entropy(random),
      clock(view.hlc_floor()),
      log_instance(view.log_instance()),
      arrivals(view.arrivals()),
      membership(identity.root_public) {
  for (StreamRow& row : store.streams()) streams[row.id] = std::move(row);
  for (auto& [scope, digest] : store.digests()) digests[scope] = digest;
  for (Receipt& receipt : store.receipts()) keep(std::move(receipt));
  for (const Cursor& cursor : store.cursors()) cursors[cursor.peer] = cursor;
  for (const PeerAck& ack : store.acks()) acks[{ack.peer, ack.stream}] = ack.seq;
  load_members();
  load_sealed_heads();
}

// From the operations themselves; where one cannot be read, what they last gave has to do.
void Replica::load_members() {
  for (const Certificate& c : identity.trusted) membership.trust(c);
  membership.trust(identity.certificate);
  bool whole = true;
  for (const auto& [id, row] : streams) {
    if (row.scope.cls != ScopeClass::Auth) continue;
    whole = read_authority(store, row, membership) && whole;
  }
  if (!whole) {
    Standing known;
    for (const Certificate& c : store.certificates()) known.members[c.node()] = c;
    for (const Revocation& r : store.revocations()) known.revoked[r.node] = r;
    for (const ScopeKeyOp& op : store.scope_keys())
      known.scope_keys[{op.scope, op.generation}] = op;
    membership.trust(known);
  }
  adopt(membership.standing());
}

void Replica::adopt(Standing now) {
  standing = std::move(now);
  std::erase_if(scope_keys,
                [this](const auto& known) { return !standing.scope_keys.contains(known.first); });
  for (const auto& [id, op] : standing.scope_keys) {
    KnownScopeKey& known = scope_keys[id];
    if (known.op == op) continue;
    known.op = op;
    known.info.reset();
  }
}

void Replica::keep(Receipt receipt) {
  // A hub that forgot its stamps may give one a second time: the rest decides, everywhere alike.
  if (std::pair(receipt.issued, receipt.log_instance) > std::pair(receipts_until, hub_log)) {
    receipts_until = receipt.issued;
    hub_log = receipt.log_instance;
  }
  receipts[receipt.scope] = std::move(receipt);
}

bool Replica::reopened(WallMs now) const {
  return identity.reopened.value > 0 && (now - identity.reopened).count() < kReopenedMs;
}

void Replica::load_sealed_heads() {
  for (auto& [id, row] : streams) {
    if (row.author != self_node || cut(row)) continue;  // cut off: nothing of it is sealed any more
    Head head = row.head;
    if (row.seq > row.sealed) {
      const auto last = store.segments(id, row.sealed, 0);
      const auto header = last && !last->empty() ? peek_header(last->front().container)
                                                 : Result<SegmentHeader>(fail(Errc::NotFound, ""));
      head = row.sealed > 0 && header ? header->head : first_head(id);
    }
    sealed_heads[id] = head;
    if (planted(Bug::DotReusedAfterCrash)) {
      row.seq = row.sealed;
      row.head = head;
    }
  }
}

std::vector<ChainedChange>& Replica::tail(StreamId id) const {
  const auto known = tails_.find(id);
  if (known != tails_.end()) return known->second;
  const StreamRow* row = stream(id);
  return tails_.emplace(id, row ? read_tail(*row) : std::vector<ChainedChange>{}).first->second;
}

std::vector<ChainedChange> Replica::read_tail(const StreamRow& row) const {
  std::vector<ChainedChange> out;
  const auto sealed = sealed_heads.find(row.id);
  if (sealed == sealed_heads.end() || row.seq <= row.sealed) return out;
  const auto rows = store.tail(row.id, row.sealed + 1);
  if (!rows) return out;  // a damaged tail: verify names it, journal and peers heal it
  Head head = sealed->second;
  for (const TailRow& one : *rows) {
    auto change = crdt::decode_expanded(one.expanded, {row.id, one.seq});
    if (!change) break;
    head = next_head(head, one.seq, one.expanded);
    out.push_back({std::move(*change), one.expanded, head});
  }
  return out;
}

const KnownScopeKey* Replica::opened(const KnownScopeKey& known) const {
  if (known.info) return &known;
  ScopeKeyInfo& info = known.info.emplace();
  info.scope = known.op.scope;
  info.generation = known.op.generation;
  info.public_key = known.op.public_key;
  for (const auto& [reader, box] : known.op.boxes) {
    if (reader != self_node) continue;
    const auto plain = open_box(identity.secrets.box, box);
    if (!plain || plain->size() != 32) continue;
    Key32 bytes;
    std::copy(plain->begin(), plain->end(), bytes.begin());
    Secret32 secret(bytes);
    if (x25519_public(secret) == known.op.public_key) info.secret = std::move(secret);
  }
  return &known;
}

bool Replica::is_own_current(const StreamRow& row) const {
  return row.author == self_node && row.epoch == identity.epoch;
}

bool Replica::is_own_current(StreamId id, const Scope& scope) const {
  return id == stream_id({self().network, self_node, identity.epoch, scope});
}

// What a wrong clock had given goes, once the parent has said the time: nobody else can tell.
crdt::Hlc Replica::issue_stamp(WallMs now) {
  if (clock_attested && identity.parent) clock.return_to(now);
  return clock.issue(now);
}

void Replica::sealed_elsewhere(const SegmentHeader& header) {
  sealed_heads[header.stream] = header.head;
  std::erase_if(tail(header.stream),
                [&](const ChainedChange& c) { return c.change.id.seq <= header.last; });
}

const Certificate* Replica::member(NodeId id) const {
  const auto found = standing.members.find(id);
  return found == standing.members.end() ? nullptr : &found->second;
}

std::optional<Cut> Replica::cut(const StreamRow& row) const {
  if (!standing.members.contains(row.author)) return Cut{};
  const auto revocation = standing.revoked.find(row.author);
  if (revocation == standing.revoked.end()) return std::nullopt;
  return cut_of(revocation->second, row.id);
}

const Certificate* Replica::member_by_curve(const Key32& curve) const {
  for (const auto& [id, certificate] : standing.members) {
    if (certificate.curve_key == curve) return &certificate;
  }
  return nullptr;
}

const StreamRow* Replica::stream(StreamId id) const {
  const auto found = streams.find(id);
  return found == streams.end() ? nullptr : &found->second;
}

const StreamRow* Replica::own_stream(const Scope& scope) const {
  return stream(stream_id({self().network, self_node, identity.epoch, scope}));
}

const KnownScopeKey* Replica::newest_key(const Scope& scope) const {
  auto after = scope_keys.upper_bound({scope, UINT32_MAX});
  if (after == scope_keys.begin()) return nullptr;
  --after;
  return after->first.first == scope ? opened(after->second) : nullptr;
}

const KnownScopeKey* Replica::scope_key(const Scope& scope, std::uint32_t generation) const {
  const auto found = scope_keys.find({scope, generation});
  return found == scope_keys.end() ? nullptr : opened(found->second);
}

Result<Secret32> Replica::data_key(const KeyRow& row) const {
  const KnownScopeKey* known = scope_key(row.scope, row.generation);
  if (known == nullptr || !known->info->secret) {
    return fail(Errc::Denied, "this node does not hold the scope key");
  }
  return unwrap_data_key(row, *known->info);
}

ScopeDigest Replica::digest(const Scope& scope) const {
  const auto found = digests.find(scope);
  return found == digests.end() ? ScopeDigest{} : found->second;
}

crdt::Hlc Replica::receipt_stamp(const Scope& scope) const {
  const auto found = receipts.find(scope);
  return found == receipts.end() ? crdt::Hlc{} : found->second.issued;
}

std::vector<Scope> Replica::common_scopes(const Certificate& peer) const {
  std::vector<Scope> common;
  for (const auto& [scope, digest] : digests) {
    if (self().replicates(scope) && peer.replicates(scope)) common.push_back(scope);
  }
  return common;
}

Id16 Replica::folded_digest(const Certificate& peer) const {
  Hasher hasher("yz.fold", 16);
  for (const Scope& scope : common_scopes(peer)) {
    const std::string name = text(scope);
    hasher.add_u64(name.size()).add(view(name));
    hasher.add(digest(scope).folded()).add_u64(receipt_stamp(scope).value);
  }
  return hasher.finish16();
}

std::vector<VectorEntry> Replica::vector(const Scope& scope) const {
  std::vector<VectorEntry> entries;
  for (const auto& [id, row] : streams) {
    if (row.scope == scope && row.seq > 0) entries.push_back({id, row.seq, head_tag(row.head)});
  }
  return entries;
}

std::uint64_t Replica::carried(StreamId id) const {
  if (!identity.parent) return 0;
  const auto found = acks.find({*identity.parent, id});
  return found == acks.end() ? 0 : found->second;
}

std::uint64_t Replica::received(const StreamRow& row) const {
  const auto found = receipts.find(row.scope);
  const bool counts = found != receipts.end() && found->second.log_instance == hub_log;
  return counts ? found->second.seq(row.id) : 0;
}

bool Replica::admitted(const Scope& scope, const crdt::ChangeId& id) const {
  const StreamRow* row = stream(id.stream);
  return row != nullptr && row->scope == scope && id.seq <= row->seq;
}

std::optional<HeadTag> Replica::tag_at(StreamId id, std::uint64_t seq) const {
  const StreamRow* row = stream(id);
  if (row == nullptr || seq == 0 || seq > std::max(row->seq, row->sealed)) return std::nullopt;
  if (row->seq == seq) return head_tag(row->head);
  if (seq > row->sealed) {
    for (const ChainedChange& c : tail(id)) {
      if (c.change.id.seq == seq) return head_tag(c.head);
    }
  }
  const auto rows = store.segments(id, seq, 0);
  if (!rows || rows->empty()) return std::nullopt;
  const auto header = peek_header(rows->front().container);
  if (!header || header->first > seq) return std::nullopt;
  if (header->last == seq) return head_tag(header->head);
  const auto body = open_body(*header, rows->front().container);
  if (!body) return std::nullopt;
  Head head = header->previous;
  for (std::uint64_t at = header->first; at <= seq; ++at) {
    head = next_head(head, at, body->expanded[static_cast<std::size_t>(at - header->first)]);
  }
  return head_tag(head);
}

Batch::Batch(Replica& replica, Effects& out)
    : replica_(replica), out_(out), floor_before_(replica.clock.last()) {}

void Batch::open_stream(const StreamRow& row) {
  YZ_CHECK(row.seq == 0 && replica_.streams.emplace(row.id, row).second);
  put(PutStream{row});  // stores name streams by number: the row comes before what refers to it
}

void Batch::advance(StreamId stream, std::uint64_t seq, const Head& head) {
  StreamRow& row = replica_.streams.at(stream);
  ScopeDigest& digest = replica_.digests[row.scope];
  if (row.seq > 0) digest.remove(stream_term(stream, row.seq, row.head));
  digest.add(stream_term(stream, seq, head));
  row.seq = seq;
  row.head = head;
  written_.insert(stream);
  changed_streams_.insert(stream);
  changed_scopes_.insert(row.scope);
}

void Batch::set_sealed(StreamId stream, std::uint64_t sealed) {
  replica_.streams.at(stream).sealed = sealed;
  changed_streams_.insert(stream);
}

Result<crdt::EntityState*> Batch::touch(const Scope& scope, const crdt::Dot& dot) {
  Touched& touched = touched_[{scope, dot}];
  if (!touched.loaded) {
    auto held = replica_.store.entity(scope, dot);
    if (!held) return fail(held);
    touched.loaded = true;
    touched.before = *held;
    if (touched.before) touched.after = std::make_shared<crdt::EntityState>(*touched.before);
  }
  if (!touched.after) touched.after = std::make_shared<crdt::EntityState>();
  return touched.after.get();
}

Result<void> Batch::apply(const StreamRow& row, const crdt::Change& change) {
  const auto judged = replica_.standing.quarantines.instead_of(row.author, change);
  if (judged) return apply(row, *judged);
  const Scope& scope = row.scope;
  const auto admitted = [this, &scope](const crdt::ChangeId& id) {
    return replica_.admitted(scope, id);
  };
  for (std::size_t i = 0; i < change.ops.size(); ++i) {
    const crdt::Op& op = change.ops[i];
    if (const auto* opaque = std::get_if<crdt::Opaque>(&op.body)) {
      apply_control(row, change, i, *opaque);
      continue;
    }
    if (std::holds_alternative<crdt::EntNew>(op.body) && op.entity != change.dot(i)) {
      dead_letter(scope, change.dot(i), "creates an entity under another operation's name");
      continue;
    }
    auto state = touch(scope, op.entity);
    if (!state) return fail(state);
    crdt::ApplyNotes notes;
    crdt::apply(**state, change, i, admitted, &notes);
    for (const crdt::Dot& unseen : notes.unseen_by_delete) {
      put(PutTask{scope, op.entity, unseen, "written-beside-delete"});
    }
    if (created_past_a_cut(op.entity)) {
      put(PutTask{scope, op.entity, change.dot(i), "written-beside-revoked"});
    }
  }
  return {};
}

void Batch::apply_control(const StreamRow& row, const crdt::Change& change, std::size_t index,
                          const crdt::Opaque& op) {
  const crdt::Dot dot = change.dot(index);
  switch (static_cast<crdt::OpKind>(op.kind)) {
    case crdt::OpKind::EpochOpen: return;  // checked when the stream was opened
    case crdt::OpKind::CertIssue:
    case crdt::OpKind::ScopeKey:
    case crdt::OpKind::Revoke:
    case crdt::OpKind::Quarantine: return admit_authority(row, dot, op);
    default: put(PutDeferred{row.scope, dot, op.kind});
  }
}

void Batch::admit_authority(const StreamRow& row, const crdt::Dot& dot, const crdt::Opaque& op) {
  auto decoded = decode_authority_op(row.scope, row.author, dot, op);
  if (!decoded) return dead_letter(row.scope, dot, decoded.error().detail);
  const auto stands = replica_.membership.check(*decoded, replica_.standing);
  if (!stands) dead_letter(row.scope, dot, stands.error().detail);
  if (const auto* subject = std::get_if<Certificate>(&decoded->body)) {
    certified_.insert(subject->node());
  }
  if (const auto* quarantine = std::get_if<Quarantine>(&decoded->body)) {
    Membership::add(*decoded, *quarantine, replica_.standing);
    restamp(ranges_of(*quarantine));
  } else {
    authority_changed_ = true;
  }
  replica_.membership.put(std::move(*decoded));
}

// A record that a revoked node made after it stopped counting: what others write on it is a
// person's to decide.
bool Batch::created_past_a_cut(const crdt::Dot& entity) const {
  const StreamRow* row = replica_.stream(entity.stream);
  const auto cut = row == nullptr ? std::nullopt : replica_.cut(*row);
  return cut && entity.seq > cut->seq;
}

void Batch::dead_letter(const Scope& scope, const crdt::Dot& dot, std::string reason) {
  put(PutDeadLetter{scope, dot, std::move(reason)});
}

void Batch::put_segment(SegmentRow row) {
  row.arrival = ++replica_.arrivals;
  if (row.content == 0) row.content = row.arrival;
  put(PutSegment{std::move(row)});
}

bool Batch::put_key_row(const KeyRow& row) {
  constexpr std::size_t kRowsPerKeyMax = 4;  // a relay may add rows that do not open; not many
  const auto held = replica_.store.rows_of_key(row.key);
  if (std::find(held.begin(), held.end(), row) != held.end()) return false;
  if (held.size() >= kRowsPerKeyMax || !new_keys_.insert({row.key, row.wrapped}).second) {
    return false;
  }
  replica_.digests[row.scope].add(key_term(row));
  changed_scopes_.insert(row.scope);
  put(PutKeyRow{row});
  return true;
}

void Batch::put_receipt(const Receipt& receipt) {
  replica_.keep(receipt);
  put(PutReceipt{receipt});
}

void Batch::put_cursor(const Cursor& cursor) {
  replica_.cursors[cursor.peer] = cursor;
  put(PutCursor{cursor});
}

void Batch::put_ack(NodeId peer, StreamId stream, std::uint64_t seq) {
  const auto held = replica_.acks.find({peer, stream});
  if (held == replica_.acks.end() || held->second < seq) set_ack(peer, stream, seq);
}

void Batch::set_ack(NodeId peer, StreamId stream, std::uint64_t seq) {
  std::uint64_t& held = replica_.acks[{peer, stream}];
  if (std::exchange(held, seq) != seq) put(PutAck{{peer, stream, seq}});
}

void Batch::void_acks(NodeId peer) {
  for (const auto& [key, seq] : replica_.acks) {
    if (key.first == peer) set_ack(peer, key.second, 0);
  }
}

void Batch::open_epoch(LinkId link, NodeId peer, const Scope& scope) {
  std::vector<Epoch> known{replica_.identity.epoch};
  for (const auto& [id, row] : replica_.streams) {
    if (row.author == replica_.node()) known.push_back(row.epoch);
  }
  const Epoch epoch = next_epoch(known, replica_.entropy);
  replica_.identity.epoch = epoch;
  out_.epoch = epoch;
  notice({Notice::Kind::EpochOpened, link, peer, scope, epoch.counter, {}});
}

void Batch::flush() {
  settle();
  for (const StreamId id : changed_streams_) put(PutStream{replica_.streams.at(id)});
  for (auto& [key, touched] : touched_) {
    if (!touched.before && !touched.after) continue;
    put(PutEntity{key.first, key.second, touched.before, std::move(touched.after)});
  }
  for (const Scope& scope : changed_scopes_) put(PutDigest{scope, replica_.digests[scope]});
  if (replica_.clock.last() != floor_before_) put(PutHlcFloor{replica_.clock.last()});
  if (members_changed_) {
    notice({Notice::Kind::AllowListChanged, 0, {}, {}, replica_.standing.members.size(), {}});
  }
}

}  // namespace yizhan::sync
