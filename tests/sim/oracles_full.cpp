// The dear half of the oracles: tables recomputed from segments, and the whole city compared.
#include <algorithm>

#include "crdt/codec/state_codec.h"
#include "tests/sim/oracles.h"

namespace yizhan::sim {
namespace {

constexpr std::uint64_t kRungsAtOnce = 8;  // newest changes looked at each time

std::string on(std::size_t node) { return " on node " + std::to_string(node); }

}  // namespace

void Oracles::full(std::size_t node) {
  vector_is_segments(node);
  digests_are_recomputed(node);
  rungs_are_true(node);
}

// Segments without a gap from 1 to `sealed`, then the tail up to `seq`; only the author has one.
void Oracles::vector_is_segments(std::size_t node) {
  const Image& disk = nodes_[node]->store().durable();
  for (const sync::StreamRow& row : disk.streams()) {
    std::uint64_t reached = 0;
    Head head = sync::first_head(row.id);
    for (auto held = disk.all_segments().lower_bound({row.id, 0, 0});
         held != disk.all_segments().end() && held->first.stream == row.id; ++held) {
      if (held->first.first > reached + 1) break;
      if (held->first.last <= reached) continue;
      reached = held->first.last;
      const auto header = sync::peek_header(held->second.container);
      if (header) head = header->head;
    }
    context_.verdict.expect(reached == row.sealed, Invariant::VectorEqualsDurableSegments, [&] {
      return "segments reach " + std::to_string(reached) + ", the table says " +
             std::to_string(row.sealed) + on(node);
    });
    const auto tail = disk.tail(row.id, row.sealed + 1);
    for (const sync::TailRow& change : *tail) {
      if (change.seq == reached + 1) head = sync::next_head(head, ++reached, change.expanded);
    }
    if (counts(row.id, row.author, reached) < reached && row.seq < reached) {  // cut off
      reached = row.seq;
      head = row.seq == 0 ? sync::first_head(row.id) : *history_.head(row.id, row.seq);
    }
    context_.verdict.expect(reached == row.seq && head == row.head,
                            Invariant::VectorEqualsDurableSegments, [&] {
                              return "the log reaches " + std::to_string(reached) +
                                     ", the table says " + std::to_string(row.seq) + on(node);
                            });
  }
}

void Oracles::digests_are_recomputed(std::size_t node) {
  const Image& disk = nodes_[node]->store().durable();
  std::map<sync::Scope, sync::ScopeDigest> digests;
  for (const sync::StreamRow& row : disk.streams()) {
    if (row.seq > 0) digests[row.scope].add(sync::stream_term(row.id, row.seq, row.head));
  }
  for (const sync::KeyRow& row : disk.all_key_rows()) {
    const sync::StreamRow* first_use = disk.stream(row.key.stream);
    if (first_use == nullptr || first_use->seq < row.key.seq) continue;  // cut off
    digests[row.scope].add(sync::key_term(row));
  }
  std::map<sync::Scope, sync::ScopeDigest> held;
  for (const auto& [scope, digest] : disk.digests()) held[scope] = digest;
  for (const auto& [scope, digest] : digests) {
    context_.verdict.expect(
        held[scope] == digest, Invariant::DigestEqualsRecomputed,
        [&, name = sync::text(scope)] { return "digest of " + name + on(node); });
  }
}

// How far a stream has to be everywhere: as far as it counts, and, where its author is revoked or
// was put back, as anybody holds it who is still heard.
std::uint64_t Oracles::wanted_of(StreamId id, const KnownStream& known) const {
  const std::uint64_t wanted = counts(id, known.author, known.changes.size());
  if (!revoked_.contains(known.author) && !put_back_.contains(id)) return wanted;
  std::uint64_t held = 0;
  for (const auto& node : nodes_) {
    const sync::StreamRow* row = node->store().durable().stream(id);
    if (row != nullptr && !is_heard_no_more(*node)) held = std::max(held, row->seq);
  }
  return std::min(wanted, held);
}

void Oracles::acknowledged_are_here(std::size_t node) {
  const Image& disk = nodes_[node]->store().durable();
  for (const auto& [id, known] : history_.streams()) {
    if (!entitled(nodes_[node]->certificate(), known.scope)) continue;
    const sync::StreamRow* row = disk.stream(id);
    const std::uint64_t wanted = wanted_of(id, known);
    context_.verdict.expect((row == nullptr ? 0 : row->seq) == wanted,
                            Invariant::NoAcknowledgedChangeAbsent, [&, stream = id] {
                              return "changes of " + to_hex(view(stream)).substr(0, 8) +
                                     " are absent" + on(node);
                            });
  }
}

// Whether a node has heard of the log that the hub, or its parent, keeps now. What they said of one
// that they have lost stands until then.
bool Oracles::told_by_hub(std::size_t node) const {
  const auto receipts = nodes_[node]->store().durable().receipts();
  const auto newest =
      std::max_element(receipts.begin(), receipts.end(), [](const auto& a, const auto& b) {
        return std::pair(a.issued, a.log_instance) < std::pair(b.issued, b.log_instance);
      });
  return newest == receipts.end() || hub_still_says(*newest);
}

bool Oracles::told_by_parent(std::size_t node) const {
  const auto& parent = nodes_[node]->enrolment().parent;
  if (!parent) return true;
  const Image& above = nodes_[*parent]->store().durable();
  for (const sync::Cursor& cursor : nodes_[node]->store().durable().cursors()) {
    if (cursor.peer != nodes_[*parent]->certificate().node()) continue;
    return cursor.log_instance == above.log_instance();
  }
  return false;
}

void Oracles::rungs_are_true(std::size_t node) {
  const Node& self = *nodes_[node];
  if (!self.up() || is_revoked(node)) return;
  // Of itself: what it knows, for what it says waits for the commit.
  const auto durable_on = [this, node](std::size_t other, const crdt::ChangeId& id) {
    const MemStore& store = nodes_[other]->store();
    const sync::StreamRow* row = (other == node ? store.live() : store.durable()).stream(id.stream);
    return row != nullptr && row->seq >= id.seq;
  };
  for (const auto& [id, known] : history_.streams()) {
    if (known.author != self.certificate().node()) continue;
    const std::uint64_t newest = known.changes.size();
    const sync::Scope& scope = known.scope;  // a lambda captures no binding
    for (std::uint64_t seq = newest; seq > 0 && seq + kRungsAtOnce > newest; --seq) {
      const crdt::ChangeId change{id, seq};
      const sync::Rung shown = self.engine()->rung(change);
      const auto& parent = self.enrolment().parent;
      const bool received = !told_by_hub(node) || durable_on(0, change);
      const bool carried =
          received || !told_by_parent(node) || (parent && durable_on(*parent, change));
      context_.verdict.expect(
          shown == sync::Rung::Saved || (shown == sync::Rung::Carried ? carried : received),
          Invariant::RungTruth, [&] {
            return std::string(shown == sync::Rung::Carried ? "carried" : "received") + " " +
                   sync::text(scope) + " " + std::to_string(seq) + on(node);
          });
    }
  }
}

// A hostile line altered the row that it carried, and the machine that had the true one lost it, or
// is none of the city any more.
bool Oracles::key_is_lost(const crdt::Dot& key) const {
  const KnownStream* known = history_.stream(key.stream);
  const bool author_gone = known != nullptr && revoked_.contains(known->author);
  if (put_back_.count(key.stream) == 0 && !author_gone) return false;
  return std::none_of(nodes_.begin(), nodes_.end(), [&](const auto& node) {
    if (is_revoked(node->index())) return false;
    const auto rows = node->store().durable().rows_of_key(key);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return authored_rows_.count(row) > 0; });
  });
}

// Who may read opens every field; who only carries opens none.
void Oracles::personal_fields(std::size_t node) {
  const Node& self = *nodes_[node];
  for (const auto& [key, state] : self.store().durable().all_entities()) {
    for (const crdt::LiveBlobs& live : state->blobs) {
      for (std::size_t i = 0; i < live.blobs.size(); ++i) {
        if (!counts(live.blobs[i].key)) continue;  // its key fell with the record
        const auto fields = self.engine()->open(key.first, live.change,
                                                static_cast<std::uint8_t>(i), live.blobs[i]);
        const bool reader =
            self.certificate().may_read(key.first) && !key_is_lost(live.blobs[i].key);
        const bool clear =
            fields && !fields->empty() && fields->front().find(kCanary) != std::string::npos;
        context_.verdict.expect(
            clear == reader && fields.has_value() == reader, Invariant::ScopeConfidentiality,
            [&, scope = sync::text(key.first)] {
              return std::string(reader ? "a reader cannot open " : "a carrier opens ") +
                     "a person of " + scope + on(node);
            });
        if (broken()) return;
      }
    }
  }
}

std::vector<sync::Scope> Oracles::scopes() const {
  std::set<sync::Scope> all;
  for (const auto& [id, known] : history_.streams()) all.insert(known.scope);
  return {all.begin(), all.end()};
}

bool Oracles::acknowledged_everywhere() const {
  for (const auto& [id, known] : history_.streams()) {
    const std::uint64_t wanted = wanted_of(id, known);
    for (const auto& node : nodes_) {
      if (!entitled(node->certificate(), known.scope) || is_revoked(node->index())) continue;
      const sync::StreamRow* row = node->store().durable().stream(id);
      if ((row == nullptr ? 0 : row->seq) != wanted) return false;
    }
  }
  return true;
}

bool Oracles::converged() const {
  for (const auto& node : nodes_) {
    if (!node->up() || node->store().dirty()) return false;
  }
  if (!acknowledged_everywhere()) return false;
  for (const auto& node : nodes_) {
    if (is_revoked(node->index())) continue;
    const Image& disk = node->store().durable();
    for (const auto& [scope, digest] : disk.digests()) {
      for (const auto& [other_scope, other] : nodes_[0]->store().durable().digests()) {
        if (other_scope == scope && other != digest) return false;
      }
    }
    for (const sync::StreamRow& row : disk.streams()) {
      if (row.author == node->certificate().node() &&
          node->engine()->rung(crdt::ChangeId{row.id, row.seq}) != sync::Rung::Received) {
        return false;
      }
    }
  }
  return true;
}

std::string Oracles::describe_lag() const {
  std::string text;
  for (const auto& [id, known] : history_.streams()) {
    for (const auto& node : nodes_) {
      if (!entitled(node->certificate(), known.scope) || is_revoked(node->index())) continue;
      const sync::StreamRow* row = node->store().durable().stream(id);
      const std::uint64_t seq = row == nullptr ? 0 : row->seq;
      if (seq == wanted_of(id, known)) continue;
      text += " " + to_hex(view(id)).substr(0, 8) + " of " + sync::text(known.scope) + " " +
              std::to_string(seq) + "/" + std::to_string(known.changes.size()) + on(node->index());
    }
  }
  return text.empty() ? describe_difference() : text;
}

// Every change is everywhere: what else is not equal yet?
std::string Oracles::describe_difference() const {
  std::string text;
  for (const auto& node : nodes_) {
    if (!node->up()) text += " down:" + on(node->index());
    if (is_revoked(node->index())) continue;
    const Image& disk = node->store().durable();
    for (const auto& [scope, digest] : disk.digests()) {
      for (const auto& [other_scope, other] : nodes_[0]->store().durable().digests()) {
        if (other_scope != scope || other == digest) continue;
        text += " digest of " + sync::text(scope) + " " + std::to_string(digest.terms) + " and " +
                std::to_string(other.terms) + " terms" + on(node->index());
      }
    }
    if (!node->up()) continue;
    for (const sync::StreamRow& row : disk.streams()) {
      if (row.author != node->certificate().node()) continue;
      if (node->engine()->rung(crdt::ChangeId{row.id, row.seq}) == sync::Rung::Received) continue;
      text +=
          " rung of " + sync::text(row.scope) + " " + std::to_string(row.seq) + on(node->index());
    }
  }
  return text;
}

void Oracles::not_converged_in_time() {
  context_.verdict.expect(false, Invariant::Liveness,
                          [&] { return "two hours after the faults:" + describe_lag(); });
}

void Oracles::states_are_equal() {
  for (const sync::Scope& scope : scopes()) {
    const Hash32 hub = state_root(nodes_[0]->store().durable(), scope);
    for (const auto& node : nodes_) {
      if (!entitled(node->certificate(), scope) || is_revoked(node->index())) continue;
      context_.verdict.expect(
          state_root(node->store().durable(), scope) == hub, Invariant::Convergence,
          [&] { return "state root of " + sync::text(scope) + on(node->index()); });
    }
  }
}

// Replays each scope in a random order that keeps every stream's own.
void Oracles::orders_do_not_matter() {
  Prng prng(context_.seed, "permutation", ++permutations_);
  const auto runs = quarantined();
  for (const sync::Scope& scope : scopes()) {
    std::vector<const KnownStream*> streams;
    std::vector<StreamId> ids;
    std::map<StreamId, std::uint64_t> last;
    for (const auto& [id, known] : history_.streams()) {
      last[id] = wanted_of(id, known);
      if (known.scope != scope || last[id] == 0) continue;
      streams.push_back(&known);
      ids.push_back(id);
    }
    std::map<StreamId, std::uint64_t> applied;
    const crdt::Admitted admitted = [&](const crdt::ChangeId& id) {
      const auto held = applied.find(id.stream);
      return held != applied.end() && id.seq <= held->second;
    };
    std::map<crdt::Dot, crdt::EntityState> entities;
    while (!streams.empty()) {
      const auto pick = static_cast<std::size_t>(prng.below(streams.size()));
      const auto offset = static_cast<std::ptrdiff_t>(pick);
      std::uint64_t& seq = applied[ids[pick]];
      crdt::Change change = streams[pick]->changes[static_cast<std::size_t>(seq)].change;
      change.hlc = counts_by(runs, change.id, change.hlc);
      for (std::size_t i = 0; i < change.ops.size(); ++i) {
        if (std::holds_alternative<crdt::Opaque>(change.ops[i].body)) continue;
        crdt::apply(entities[change.ops[i].entity], change, i, admitted);
      }
      if (++seq < last[ids[pick]]) continue;
      streams.erase(streams.begin() + offset);
      ids.erase(ids.begin() + offset);
    }
    crdt::StateRoot root;
    for (const auto& [dot, state] : entities) root.add(dot, state);
    context_.verdict.expect(root.finish() == state_root(nodes_[0]->store().durable(), scope),
                            Invariant::Permutation,
                            [&] { return "another order, another root of " + sync::text(scope); });
  }
}

void Oracles::at_quiescence() {
  context_.verdict.expect(true, Invariant::Liveness, [] { return std::string(); });
  for (std::size_t node = 0; node < nodes_.size() && !broken(); ++node) {
    full(node);
    if (is_revoked(node)) continue;
    acknowledged_are_here(node);
    personal_fields(node);
    future_never_wins(node);
  }
  if (!broken()) future_is_quarantined();
  if (!broken()) states_are_equal();
  if (!broken()) orders_do_not_matter();
}

}  // namespace yizhan::sim
