// Node: one machine of the city: the shipped engine with its store, clock, entropy and driver.
//
// What        Does what node/runtime does: step, apply the writes, hold the frames, commit (which
//             may gather several steps), release. A crash loses what was not committed and every
//             frame held back; a start makes a new engine from what the disk has.
// Invariants  Frames leave only through the outbox's release, or where the outbox lets them.
// Units       Virtual microseconds.
// Errors      none.
// Source      design.md section 3 "Sans-IO"; docs/adr/0005-release-after-commit.md.
#pragma once
#include <memory>

#include "sync/node_clock.h"
#include "sync/outbox.h"
#include "tests/sim/context.h"
#include "tests/sim/mem_store.h"
#include "tests/sim/sim_clock.h"

namespace yizhan::sim {

// What happens around a node that others have to know.
class NodeHost {
 public:
  virtual ~NodeHost() = default;
  virtual void send(std::size_t node, sync::LinkId link, Bytes frame) = 0;
  virtual void close(std::size_t node, sync::LinkId link) = 0;
  virtual void committed(std::size_t node, const std::vector<sync::Write>& writes) = 0;
  virtual void went_up(std::size_t node) = 0;
  virtual void went_down(std::size_t node) = 0;
};

// What enrolment left on the machine.
struct Enrolment {
  Enrolment(sync::NodeSecrets own, sync::Certificate own_certificate)
      : secrets(std::move(own)), certificate(std::move(own_certificate)) {}
  sync::NodeSecrets secrets;
  sync::Certificate certificate;
  sync::Key32 root_public{};
  sync::Epoch epoch;
  WallMs reopened;                         // when it was opened in the place of another; 0: never
  std::optional<std::size_t> parent;       // index in the city
  std::vector<sync::Certificate> trusted;  // the parent's is the last but one
  sync::Identity identity() const;         // a copy
};

class Node {
 public:
  Node(Context& context, NodeHost& host, std::size_t index, Enrolment enrolment);

  void boot();
  void crash();  // the host is told, and may boot it again later
  void back_up() { backup_ = store_.fork(); }
  bool has_backup() const { return backup_.has_value(); }
  void put_back();  // REQUIRES: it is down, and there is a backup
  void wipe();      // REQUIRES: it is down. Who it is stays
  void deliver(const sync::Event& event);
  Result<sync::Written> write(const sync::Draft& draft);
  Result<sync::Written> certify(const sync::Certificate& subject);
  Result<sync::Written> revoke(NodeId node);
  // By its own certificate nobody is entitled to revoke it any more; others hold the true one.
  void forge_own_certificate();
  void vouch(WallMs time);  // a person sets the machine's clock, and says so
  void sync_now();
  void commit_now();

  bool up() const { return engine_ != nullptr; }
  std::size_t index() const { return index_; }
  const Enrolment& enrolment() const { return enrolment_; }
  const sync::Certificate& certificate() const { return enrolment_.certificate; }
  const sync::Engine* engine() const { return engine_.get(); }
  const MemStore& store() const { return store_; }
  std::uint64_t boots() const { return boots_; }  // names one life of the process
  SimClock& clock() { return clock_; }
  WallMs wall();                                                 // what the node takes for the time
  std::int64_t most_ahead_ms() const { return most_ahead_ms_; }  // that this was ever ahead

 private:
  MonoMs mono() const { return clock_.mono(context_.now()); }
  void absorb(sync::Effects& out);
  void enter_epoch();
  void reopen(sync::Epoch epoch);
  sync::Epoch fresh_epoch();
  void wake_by(MonoMs at);
  void commit_later();
  void transmit(std::vector<sync::SendFrame> frames);

  Context& context_;
  NodeHost& host_;
  std::size_t index_;
  Enrolment enrolment_;
  Prng prng_;
  SimEntropy entropy_;
  SimClock clock_;
  std::optional<sync::NodeClock> time_;
  WallMs last_time_ = kCityBegins;  // that the disk remembers
  std::int64_t most_ahead_ms_ = 0;
  MemStore store_;
  sync::Outbox outbox_;
  std::unique_ptr<sync::Engine> engine_;
  std::uint64_t boots_ = 0;
  std::optional<Micros> wake_;
  bool commit_planned_ = false;
  bool epoch_opened_ = false;
  std::optional<Image> backup_;
};

}  // namespace yizhan::sim
