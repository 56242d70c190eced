#include "tests/sim/oracles.h"

#include <algorithm>

#include "crdt/base/hash.h"
#include "crdt/codec/state_codec.h"

namespace yizhan::sim {
namespace {

std::string hex(StreamId id) { return to_hex(view(id)).substr(0, 8); }
std::string at(StreamId id, std::uint64_t seq) { return hex(id) + ":" + std::to_string(seq); }
std::string on(std::size_t node) { return " on node " + std::to_string(node); }

bool covers(const std::vector<sync::Grant>& grants, const sync::Scope& scope) {
  const auto bit = 1U << static_cast<unsigned>(scope.cls);
  return std::any_of(grants.begin(), grants.end(), [&](const sync::Grant& grant) {
    const std::string below = grant.division.text() + "/";
    const bool inside = scope.division.text().compare(0, below.size(), below) == 0;
    return (grant.classes & bit) != 0 &&
           (scope.division.text() == grant.division.text() || (grant.subtree && inside));
  });
}

Hash32 container_hash(ByteView container) { return hash32("yz.sim.container", container); }

// For the trace: what a message says, in a few words.
std::string label(const sync::Message& message) {
  constexpr const char* kNames[] = {"HELLO", "PROOF",   "SCOPES",   "VECTOR", "SEGMENT",
                                    "COVER", "KEYROWS", "RECEIPT",  "ACK",    "CREDIT",
                                    "DONE",  "PING",    "FAREWELL", "WHO",    "INTRODUCTION"};
  std::string text = kNames[message.index()];
  if (const auto* segment = std::get_if<sync::SegmentMessage>(&message)) {
    const auto header = sync::peek_header(segment->container);
    if (header)
      text += " " + at(header->stream, header->first) + ".." + std::to_string(header->last);
  } else if (const auto* vector = std::get_if<sync::Vector>(&message)) {
    text += " " + sync::text(vector->scope);
    for (const auto& entry : vector->entries) text += " " + at(entry.stream, entry.seq);
  } else if (const auto* ack = std::get_if<sync::Ack>(&message)) {
    for (const auto& entry : ack->entries) text += " " + at(entry.stream, entry.seq);
  } else if (const auto* scopes = std::get_if<sync::Scopes>(&message)) {
    text += (scopes->full ? " full, cursor " : " cursor ") + std::to_string(scopes->arrivals);
    for (const auto& state : scopes->scopes) {
      text += " " + sync::text(state.scope) + "=" + to_hex(state.digest).substr(0, 6);
    }
  } else if (const auto* rows = std::get_if<sync::KeyRows>(&message)) {
    text += " " + std::to_string(rows->rows.size());
  } else if (const auto* done = std::get_if<sync::Done>(&message)) {
    text += " " + std::to_string(done->arrivals);
  } else if (const auto* ping = std::get_if<sync::Ping>(&message)) {
    text += (ping->idle ? " idle " : " busy ") + to_hex(ping->digest).substr(0, 6);
  }
  return text;
}

bool has_canary(ByteView bytes) { return text(bytes).find(kCanary) != std::string_view::npos; }

}  // namespace

bool entitled(const sync::Certificate& certificate, const sync::Scope& scope) {
  if (covers(certificate.read, scope) || covers(certificate.carry, scope)) return true;
  if (scope.cls == sync::ScopeClass::Biz) return false;
  const std::string below = scope.division.text() + "/";
  return certificate.home.text() == scope.division.text() ||
         certificate.home.text().compare(0, below.size(), below) == 0;
}

bool entitled_to_write(const sync::Certificate& certificate, const sync::Scope& scope) {
  return covers(certificate.write, scope);
}

Hash32 state_root(const Image& image, const sync::Scope& scope) {
  crdt::StateRoot root;
  for (auto found = image.all_entities().lower_bound({scope, {}});
       found != image.all_entities().end() && found->first.first == scope; ++found) {
    root.add(found->first.second, *found->second);
  }
  return root.finish();
}

// ---- commits

void Oracles::on_commit(std::size_t node, const std::vector<sync::Write>& writes) {
  std::set<std::pair<sync::Scope, crdt::Dot>> touched;
  for (const sync::Write& write : writes) {
    if (const auto* stream = std::get_if<sync::PutStream>(&write)) {
      stream_put(node, stream->row);
    } else if (const auto* segment = std::get_if<sync::PutSegment>(&write)) {
      segment_put(node, segment->row);
    } else if (const auto* entry = std::get_if<sync::JournalChange>(&write)) {
      journal_put(node, *entry);
    } else if (const auto* receipt = std::get_if<sync::PutReceipt>(&write)) {
      receipt_put(node, receipt->receipt);
    } else if (const auto* key = std::get_if<sync::PutKeyRow>(&write)) {
      key_row_put(node, key->row);
    } else if (const auto* row = std::get_if<sync::PutIdempotency>(&write)) {
      idempotency_put(row->row);
    } else if (const auto* entity = std::get_if<sync::PutEntity>(&write)) {
      touched.insert({entity->scope, entity->dot});
    }
    if (broken()) return;
  }
  revoked_stay_cut(node);
  for (const auto& [scope, dot] : touched) entity_stands(node, scope, dot);
}

void Oracles::note_revocation(const crdt::Change& change) {
  for (const crdt::Op& op : change.ops) {
    const auto* control = std::get_if<crdt::Opaque>(&op.body);
    if (control == nullptr || control->kind != static_cast<std::uint16_t>(crdt::OpKind::Revoke)) {
      continue;
    }
    const auto revocation = sync::decode_revocation(control->payload);
    const auto known = revoked_.try_emplace(revocation->node, *revocation);
    if (!known.second) known.first->second = sync::narrower(known.first->second, *revocation);
  }
}

// Some were lost with the machine that had written them.
void Oracles::recall_revocations() {
  revoked_.clear();
  for (const auto& [id, known] : history_.streams()) {
    for (const KnownChange& one : known.changes) note_revocation(one.change);
  }
}

std::uint64_t Oracles::counts(StreamId stream, NodeId author, std::uint64_t seq) const {
  const auto revoked = revoked_.find(author);
  if (revoked == revoked_.end()) return seq;
  return std::min(seq, sync::cut_of(revoked->second, stream).seq);
}

bool Oracles::counts(const crdt::Dot& dot) const {
  const KnownStream* known = history_.stream(dot.stream);
  return known == nullptr || counts(dot.stream, known->author, dot.seq) == dot.seq;
}

bool Oracles::is_revoked(std::size_t node) const {
  return revoked_.contains(nodes_[node]->certificate().node());
}

// Each node by what it knows: it has the revocation, so nothing past a cut counts there.
void Oracles::revoked_stay_cut(std::size_t node) {
  if (revoked_.empty()) return;
  const Image& disk = nodes_[node]->store().durable();
  for (const sync::Revocation& known : disk.revocations()) {
    for (const sync::StreamRow& row : disk.streams()) {
      if (row.author != known.node) continue;
      const std::uint64_t cut = sync::cut_of(known, row.id).seq;
      context_.verdict.expect(row.seq <= cut, Invariant::RevokedNeverEffective, [&, id = row.id] {
        return at(id, row.seq) + " counts, it was cut at " + std::to_string(cut) + on(node);
      });
    }
  }
}

// The reference of a node, from what counts there now.
void Oracles::remember_anew(std::size_t node) {
  references_.erase(node);
  for (const auto& [id, seq] : admitted_) {
    if (id.first != node) continue;
    const KnownStream* known = history_.stream(id.second);
    for (std::uint64_t at = 1; at <= seq; ++at) {
      references_[node].admit(known->scope, history_.change({id.second, at})->change);
    }
  }
}

void Oracles::stream_put(std::size_t node, const sync::StreamRow& row) {
  Verdict& verdict = context_.verdict;
  const bool own = row.author == nodes_[node]->certificate().node();
  const KnownStream* known = history_.stream(row.id);
  if (known == nullptr && own) {
    history_.open(row);
    known = history_.stream(row.id);
  }
  const bool authored =
      known != nullptr && known->author == row.author && known->scope == row.scope;
  verdict.expect(authored, Invariant::OutOfScopeNeverStored,
                 [&] { return "stream " + hex(row.id) + " was opened by nobody" + on(node); });
  if (broken()) return;
  const auto author = std::find_if(nodes_.begin(), nodes_.end(), [&](const auto& one) {
    return one->certificate().node() == row.author;
  });
  verdict.expect(entitled_to_write((*author)->certificate(), row.scope) &&
                     entitled(nodes_[node]->certificate(), row.scope),
                 Invariant::OutOfScopeNeverStored, [&] {
                   return "stream " + hex(row.id) + " of " + sync::text(row.scope) + on(node);
                 });
  std::uint64_t& held = admitted_[{node, row.id}];
  verdict.expect(row.seq >= counts(row.id, row.author, held), Invariant::NoAcknowledgedChangeAbsent,
                 [&] { return at(row.id, held) + " was taken back" + on(node); });
  if (row.seq < held) {
    held = row.seq;
    remember_anew(node);
  }
  if (row.seq == 0 || broken()) return;
  const Head* head = history_.head(row.id, row.seq);
  verdict.expect(head != nullptr && *head == row.head, Invariant::LinearHistory,
                 [&] { return "another head at " + at(row.id, row.seq) + on(node); });
  if (broken()) return;
  for (; held < row.seq; ++held) {
    references_[node].admit(row.scope, history_.change({row.id, held + 1})->change);
  }
}

void Oracles::journal_put(std::size_t node, const sync::JournalChange& entry) {
  const History::Entry entered = history_.enter(entry.stream, entry.seq, entry.expanded);
  context_.verdict.expect(
      entered != History::Entry::OtherPayload, Invariant::OnePayloadPerDot, [&] {
        return "node " + std::to_string(node) + " wrote " + at(entry.stream, entry.seq) + " again";
      });
  context_.verdict.expect(entered != History::Entry::Gap && entered != History::Entry::Unreadable,
                          Invariant::LinearHistory, [&] {
                            return "node " + std::to_string(node) + " left a gap before " +
                                   at(entry.stream, entry.seq);
                          });
  if (entered == History::Entry::New) {
    note_revocation(history_.change({entry.stream, entry.seq})->change);
  }
  authored_rows_.insert(entry.keys.begin(), entry.keys.end());
  context_.verdict.expect(!has_canary(entry.expanded), Invariant::ScopeConfidentiality,
                          [&] { return "clear text in " + at(entry.stream, entry.seq); });
}

void Oracles::segment_put(std::size_t node, const sync::SegmentRow& row) {
  const KnownStream* known = history_.stream(row.stream);
  context_.verdict.expect(known != nullptr, Invariant::OutOfScopeNeverStored,
                          [&] { return "a segment of " + hex(row.stream) + on(node); });
  if (broken()) return;
  const auto header = sync::peek_header(row.container);
  context_.verdict.expect(header.has_value(), Invariant::RelayTransparency,
                          [&] { return "an unreadable container" + on(node); });
  if (broken()) return;
  if (known->author == nodes_[node]->certificate().node()) {
    authored_.insert(container_hash(row.container));
    if (row.covering) covering_.insert(sync::encode_header(*header));
  } else {
    container_is_known(row, node);
  }
  if (!broken()) body_is_history(*header, row.container);
}

// A rebuilt covering segment may be compressed otherwise; its header is then the author's.
void Oracles::container_is_known(const sync::SegmentRow& row, std::size_t node) {
  const auto header = sync::peek_header(row.container);
  const bool as_sealed = authored_.count(container_hash(row.container)) > 0;
  const bool rebuilt = !as_sealed && header && covering_.count(sync::encode_header(*header)) > 0;
  context_.verdict.expect(as_sealed || rebuilt, Invariant::RelayTransparency, [&] {
    return "segment " + at(row.stream, row.first) + ".." + std::to_string(row.last) +
           " is not what its author sealed" + on(node);
  });
}

void Oracles::body_is_history(const sync::SegmentHeader& header, ByteView container) {
  if (!judged_bodies_.insert(container_hash(container)).second) return;
  const auto body = sync::open_body(header, container);
  context_.verdict.expect(body.has_value(), Invariant::LinearHistory, [&] {
    return "a stored body does not open at " + at(header.stream, header.first);
  });
  if (broken()) return;
  for (std::size_t i = 0; i < body->expanded.size(); ++i) {
    const KnownChange* known = history_.change({header.stream, header.first + i});
    context_.verdict.expect(known != nullptr && known->payload == payload_hash(body->expanded[i]),
                            Invariant::OnePayloadPerDot, [&] {
                              return "another payload at " + at(header.stream, header.first + i);
                            });
  }
  const Head* last = history_.head(header.stream, header.last);
  context_.verdict.expect(last != nullptr && *last == header.head, Invariant::LinearHistory,
                          [&] { return "another head at " + at(header.stream, header.last); });
}

void Oracles::receipt_put(std::size_t node, const sync::Receipt& receipt) {
  if (hub_still_says(receipt)) {
    for (const sync::VectorEntry& entry : receipt.entries) durable_at(0, entry, "a receipt names");
  }
  context_.verdict.expect(entitled(nodes_[node]->certificate(), receipt.scope),
                          Invariant::ScopeConfidentiality,
                          [&] { return "a receipt of " + sync::text(receipt.scope) + on(node); });
}

// Not so of a log that it has lost.
bool Oracles::hub_still_says(const sync::Receipt& receipt) const {
  return receipt.log_instance == nodes_[0]->store().durable().log_instance();
}

void Oracles::key_row_put(std::size_t node, const sync::KeyRow& row) {
  context_.verdict.expect(entitled(nodes_[node]->certificate(), row.scope),
                          Invariant::ScopeConfidentiality,
                          [&] { return "a keyring row of " + sync::text(row.scope) + on(node); });
}

void Oracles::idempotency_put(const sync::IdempotencyRow& row) {
  const auto entered = entity_of_key_.try_emplace(row.key, row.entity);
  context_.verdict.expect(entered.first->second == row.entity, Invariant::IdempotencyOnce,
                          [&] { return "a second record for key " + std::to_string(row.key); });
}

void Oracles::entity_stands(std::size_t node, const sync::Scope& scope, const crdt::Dot& dot) {
  const auto held = nodes_[node]->store().durable().entity(scope, dot);
  const crdt::EntityState* state = held ? held->get() : nullptr;
  const bool gone = references_[node].deleted(scope, dot);
  context_.verdict.expect(
      !gone || (state != nullptr && state->deleted), Invariant::DeletedStaysDeleted,
      [&] { return "record " + at(dot.stream, dot.seq) + " returned" + on(node); });
  const std::string difference = references_[node].differs(scope, dot, state);
  context_.verdict.expect(difference.empty(), Invariant::Causality, [&] {
    return difference + " of record " + at(dot.stream, dot.seq) + on(node);
  });
}

// ---- frames

void Oracles::on_sent(std::size_t from, std::size_t to, sync::LinkId sender_link, ByteView frame) {
  context_.verdict.expect(!has_canary(frame), Invariant::ScopeConfidentiality, [&] {
    return "clear text in a frame from node " + std::to_string(from);
  });
  auto received = taps_[sender_link].receive(frame);
  if (!received || !received->object) return;
  const auto message = sync::decode_message(*received->object);
  if (!message) return;
  if (context_.trace.shown()) {
    context_.trace.show(context_.now(), from, "-> n" + std::to_string(to) + " " + label(*message));
  }
  message_sent(from, to, *message);
}

void Oracles::message_sent(std::size_t from, std::size_t to, const sync::Message& message) {
  if (const auto* segment = std::get_if<sync::SegmentMessage>(&message)) {
    const auto header = sync::peek_header(segment->container);
    if (header) segment_sent(from, to, *header);
  } else if (const auto* cover = std::get_if<sync::CoverMessage>(&message)) {
    const auto header = sync::decode_header(cover->header);
    if (header) segment_sent(from, to, *header);
  } else if (const auto* rows = std::get_if<sync::KeyRows>(&message)) {
    for (const sync::KeyRow& row : rows->rows) {
      scope_sent(to, row.scope, "a keyring row");
      context_.verdict.expect(nodes_[from]->store().durable().all_key_rows().count(row) > 0,
                              Invariant::ReleasedImpliesDurable, [&] {
                                return "a keyring row was sent before it was durable" + on(from);
                              });
    }
  } else if (const auto* ack = std::get_if<sync::Ack>(&message)) {
    for (const sync::VectorEntry& entry : ack->entries) durable_at(from, entry, "acknowledged");
  } else if (const auto* receipt = std::get_if<sync::ReceiptMessage>(&message)) {
    const auto decoded = sync::decode_receipt(receipt->receipt);
    if (!decoded) return;
    scope_sent(to, decoded->scope, "a receipt");
    if (!hub_still_says(*decoded)) return;
    for (const sync::VectorEntry& entry : decoded->entries) durable_at(0, entry, "receipted");
  } else if (const auto* vector = std::get_if<sync::Vector>(&message)) {
    scope_sent(to, vector->scope, "a vector");
    for (const sync::VectorEntry& entry : vector->entries) durable_at(from, entry, "in a vector");
  }
}

void Oracles::segment_sent(std::size_t from, std::size_t to, const sync::SegmentHeader& header) {
  durable_at(from, {header.stream, header.last, sync::head_tag(header.head)}, "sent");
  std::uint64_t& sent = sent_[header.stream];
  sent = std::max(sent, header.last);
  const KnownStream* known = history_.stream(header.stream);
  if (known != nullptr) scope_sent(to, known->scope, "a segment");
}

void Oracles::durable_at(std::size_t node, const sync::VectorEntry& entry, const char* what) {
  const sync::StreamRow* row = nodes_[node]->store().durable().stream(entry.stream);
  const Head* head = history_.head(entry.stream, entry.seq);
  context_.verdict.expect(
      row != nullptr && std::max(row->seq, row->sealed) >= entry.seq && head != nullptr &&
          sync::head_tag(*head) == entry.tag,
      Invariant::ReleasedImpliesDurable,
      [&] { return at(entry.stream, entry.seq) + " " + what + " but not durable" + on(node); });
}

void Oracles::scope_sent(std::size_t to, const sync::Scope& scope, const char* what) {
  context_.verdict.expect(entitled(nodes_[to]->certificate(), scope),
                          Invariant::ScopeConfidentiality, [&] {
                            return std::string(what) + " of " + sync::text(scope) +
                                   " was sent to node " + std::to_string(to);
                          });
}

// Does `draft` use a data key whose true row was lost or damaged on the way here? Reconciling the
// digests brings it; until then the writer is told so.
bool Oracles::awaits_a_key(std::size_t node, const sync::Draft& draft) const {
  return std::any_of(draft.personal.begin(), draft.personal.end(), [&](const auto& person) {
    if (!person.key) return false;
    const auto held = nodes_[node]->store().live().rows_of_key(*person.key);
    const auto missing = [&](const sync::KeyRow& row) {
      return !std::count(held.begin(), held.end(), row);
    };
    return std::any_of(nodes_.begin(), nodes_.end(), [&](const auto& other) {
      const auto rows = other->store().durable().rows_of_key(*person.key);
      return std::any_of(rows.begin(), rows.end(), missing);
    });
  });
}

// A hub that was rebuilt has the keys of its city when they have come back.
bool Oracles::awaits_the_scope_key(std::size_t node, const sync::Scope& scope) const {
  const auto keys = nodes_[node]->store().live().scope_keys();
  return std::none_of(keys.begin(), keys.end(),
                      [&](const sync::ScopeKeyOp& key) { return key.scope == scope; });
}

// Whoever may write a scope can always do so; trespassers are judged where they try.
void Oracles::on_write(std::size_t node, const sync::Draft& draft,
                       const Result<sync::Written>& written) {
  if (!entitled_to_write(nodes_[node]->certificate(), draft.scope)) return;
  if (!written && written.error().code == Errc::NotFound &&
      (awaits_a_key(node, draft) || awaits_the_scope_key(node, draft.scope))) {
    return;
  }
  // Who was revoked and has heard of it may not; a stolen machine lacks the keys made since.
  const bool refused =
      !written && (written.error().code == Errc::Denied || written.error().code == Errc::NotFound);
  if (refused && is_revoked(node)) return;
  context_.verdict.expect(written.has_value(), Invariant::WriteAccepted, [&] {
    return std::string(name(written.error().code)) + ": " + written.error().detail + on(node);
  });
}

void Oracles::on_put_back(std::size_t node) {
  const Image& disk = nodes_[node]->store().durable();
  const auto held = [&disk](StreamId id) {
    const sync::StreamRow* row = disk.stream(id);
    return row == nullptr ? 0 : row->seq;
  };
  std::set<StreamId> own;
  for (const auto& [id, known] : history_.streams()) {
    if (known.author == nodes_[node]->certificate().node()) own.insert(id);
  }
  std::erase_if(entity_of_key_, [&](const auto& entry) {
    const crdt::Dot& entity = entry.second;
    return own.count(entity.stream) > 0 && entity.seq > held(entity.stream);
  });
  references_.erase(node);
  std::erase_if(admitted_, [node](const auto& entry) { return entry.first.first == node; });
  put_back_.insert(own.begin(), own.end());
  for (const StreamId id : own) {
    const auto sent = sent_.find(id);
    history_.lose_after(id, std::max(held(id), sent == sent_.end() ? 0 : sent->second));
  }
  recall_revocations();
  for (const sync::StreamRow& row : disk.streams()) {
    if (row.seq > 0) stream_put(node, row);
  }
}

bool Oracles::is_heard_no_more(const Node& node) const {
  const auto& parent = node.enrolment().parent;
  const sync::Engine* above = parent ? nodes_[*parent]->engine() : nullptr;
  return above != nullptr && above->revoked(node.certificate().node()).has_value();
}

void Oracles::settle_losses() {
  for (const StreamId id : put_back_) {
    std::uint64_t reached = 0;
    for (const auto& node : nodes_) {
      const sync::StreamRow* row = node->store().durable().stream(id);
      if (row != nullptr) reached = std::max(reached, row->seq);
    }
    history_.lose_after(id, reached);
  }
  recall_revocations();
}

void Oracles::on_in_flight(std::size_t bytes) {
  // Both windows of every lane, each frame at most doubled by the line.
  constexpr std::size_t kMost = 2 * (64 + 256 + 512 + 128) * 1024 + 2 * sync::kObjectBytesMax;
  context_.verdict.expect(bytes <= kMost, Invariant::BoundedMemory,
                          [&] { return std::to_string(bytes) + " bytes in flight on one link"; });
}

}  // namespace yizhan::sim
