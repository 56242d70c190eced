// Oracles: the promises of the design, checked from outside against all nodes at once.
//
// What        Sees every commit and every frame of the city, keeps the one history that must come
//             out of it, a reference merge per node, and judges. What is cheap is judged at every
//             event; the rest by full() every 64 events and at quiescence.
// Invariants  The oracles share no state with the nodes; they read durable images only.
// Errors      A broken promise goes to the verdict, with its name.
// Source      design.md section 10; sync-notes.md C15.
#pragma once
#include <memory>

#include "sync/fragment.h"
#include "tests/sim/history.h"
#include "tests/sim/node.h"
#include "tests/sim/reference.h"

namespace yizhan::sim {

// Every synthetic personal field contains it; no frame and no change may.
constexpr std::string_view kCanary = "金丝雀";

class Oracles {
 public:
  Oracles(Context& context, const std::vector<std::unique_ptr<Node>>& nodes)
      : context_(context), nodes_(nodes) {}

  void on_commit(std::size_t node, const std::vector<sync::Write>& writes);
  // `sender_link` names one direction of one connection.
  void on_sent(std::size_t from, std::size_t to, sync::LinkId sender_link, ByteView frame);
  void on_write(std::size_t node, const sync::Draft& draft, const Result<sync::Written>& written);
  void on_in_flight(std::size_t bytes);
  // `node` has the database of an earlier time; what only it had since then is lost.
  void on_put_back(std::size_t node);
  // The lines are mended: what was on its way from such a node, and came nowhere, is lost as well.
  void settle_losses();

  void full(std::size_t node);  // recomputes one node's tables from its segments
  bool converged() const;       // all entitled replicas have the same log, and the rungs show it
  void at_quiescence();         // everything, on all nodes
  void not_converged_in_time();
  std::string describe_lag() const;
  std::string describe_difference() const;

  const History& history() const { return history_; }

 private:
  // Writes of a commit.
  void stream_put(std::size_t node, const sync::StreamRow& row);
  void segment_put(std::size_t node, const sync::SegmentRow& row);
  void journal_put(std::size_t node, const sync::JournalChange& entry);
  void receipt_put(std::size_t node, const sync::Receipt& receipt);
  void key_row_put(std::size_t node, const sync::KeyRow& row);
  // Who is revoked, and how far the others let it count.
  void note_revocation(const crdt::Change& change);
  void recall_revocations();
  bool is_heard_no_more(const Node& node) const;
  std::uint64_t wanted_of(StreamId id, const KnownStream& known) const;
  std::uint64_t counts(StreamId stream, NodeId author, std::uint64_t seq) const;
  bool counts(const crdt::Dot& dot) const;
  bool is_revoked(std::size_t node) const;
  void revoked_stay_cut(std::size_t node);
  void remember_anew(std::size_t node);
  void idempotency_put(const sync::IdempotencyRow& row);
  void entity_stands(std::size_t node, const sync::Scope& scope, const crdt::Dot& dot);
  void container_is_known(const sync::SegmentRow& row, std::size_t node);
  void body_is_history(const sync::SegmentHeader& header, ByteView container);
  // Messages on a line.
  void message_sent(std::size_t from, std::size_t to, const sync::Message& message);
  void segment_sent(std::size_t from, std::size_t to, const sync::SegmentHeader& header);
  void durable_at(std::size_t node, const sync::VectorEntry& entry, const char* what);
  bool awaits_a_key(std::size_t node, const sync::Draft& draft) const;
  bool awaits_the_scope_key(std::size_t node, const sync::Scope& scope) const;
  bool hub_still_says(const sync::Receipt& receipt) const;
  void scope_sent(std::size_t to, const sync::Scope& scope, const char* what);
  // Tables of one node.
  void vector_is_segments(std::size_t node);
  void digests_are_recomputed(std::size_t node);
  void acknowledged_are_here(std::size_t node);
  void rungs_are_true(std::size_t node);
  bool told_by_hub(std::size_t node) const;
  bool told_by_parent(std::size_t node) const;
  void personal_fields(std::size_t node);
  bool key_is_lost(const crdt::Dot& key) const;
  // The whole city.
  void states_are_equal();
  void orders_do_not_matter();
  // Stamps of the future.
  std::vector<sync::QuarantinedRun> quarantined() const;
  void future_is_quarantined();
  void future_never_wins(std::size_t node);
  bool acknowledged_everywhere() const;
  std::vector<sync::Scope> scopes() const;

  bool broken() const { return context_.verdict.broken(); }
  Context& context_;
  const std::vector<std::unique_ptr<Node>>& nodes_;
  History history_;
  std::map<std::size_t, Reference> references_;
  std::map<std::pair<std::size_t, StreamId>, std::uint64_t> admitted_;  // durable, by node
  std::map<StreamId, std::uint64_t> sent_;  // highest seq in any segment on any line
  std::set<StreamId> put_back_;  // whose author's database was, so that its end may be lost
  std::map<NodeId, sync::Revocation> revoked_;
  std::set<sync::KeyRow> authored_rows_;
  std::set<Hash32> authored_;       // containers as their authors sealed them
  std::set<Bytes> covering_;        // headers of covering segments as their authors sealed them
  std::set<Hash32> judged_bodies_;  // containers whose body was compared with the history
  std::map<std::uint64_t, crdt::Dot> entity_of_key_;  // by idempotency key
  std::map<sync::LinkId, sync::FrameReceiver> taps_;
  std::uint64_t permutations_ = 0;
};

// The rule of design.md section 5 and 4, said independently of sync/certificate.cpp.
bool entitled(const sync::Certificate& certificate, const sync::Scope& scope);
bool entitled_to_write(const sync::Certificate& certificate, const sync::Scope& scope);
Hash32 state_root(const Image& image, const sync::Scope& scope);

}  // namespace yizhan::sim
