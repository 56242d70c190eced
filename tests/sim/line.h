// Line: two machines and what is on its way between them; nothing arrives before the test says so.
//
// What        A `Machine` is the shipped engine over a disk in memory. It does at once what it can
//             do; what it says waits, readable, until the other end is made to hear it.
// Invariants  Frames of one direction arrive in order; how the two directions interleave is the
//             test's to choose.
// Units       Milliseconds of a clock that the test moves.
// Errors      A session that closes, or an exchange that does not end, fails the test.
#pragma once
#include <algorithm>
#include <deque>
#include <map>
#include <memory>

#include "sync/engine.h"
#include "sync/fragment.h"
#include "tests/sim/mem_store.h"
#include "tests/sync/fixture.h"

namespace yizhan::sim::test {

// A frame that was sent, and the message that is complete with it.
struct Spoken {
  Bytes frame;
  std::optional<sync::Message> message;
};

class Machine {
 public:
  // `now` outlives the machine; `known`: the certificates it has from its enrolment.
  Machine(const sync::test::Member& who, std::vector<sync::Certificate> known, const MonoMs& now);

  void boot(const Image& found);  // a new process, on a disk that has this
  // A new process on an earlier disk, whose guard says so.
  void boot_put_back(const Image& found);
  // A new process on an empty disk: it has its keys, and the certificates `known`.
  void boot_wiped(std::vector<sync::Certificate> known);
  void stands_below(const Machine& parent);
  void take(const sync::Event& event);
  void wake();                                   // does what is due
  void ask();                                    // for a full comparison, on every line
  crdt::ChangeId record(std::size_t bytes = 0);  // a new one, with a value of that size
  crdt::ChangeId edit(const crdt::ChangeId& record);
  void take_back(const sync::JournalChange& lost);
  void certify(const sync::Certificate& subject);
  // The value of a record: written over what stands here, and what is shown.
  crdt::ChangeId set(const crdt::ChangeId& record, std::int64_t value);
  std::int64_t shown(const crdt::ChangeId& record) const;
  Hash32 root(const sync::Scope& scope) const;
  std::uint64_t quarantines() const;  // operations held, of whoever wrote them
  void revoke(NodeId node);
  Errc refused_to_certify(const sync::Certificate& subject);
  Errc refused_to_revoke(NodeId node);
  Errc refused_to_edit(const crdt::ChangeId& record);
  sync::Rung rung(const crdt::ChangeId& change) const { return engine_->rung(change); }
  bool knows(NodeId node) const { return engine_->member(node) != nullptr; }

  sync::Scope scope() const { return {who_.home, sync::ScopeClass::Biz}; }
  NodeId node() const { return who_.node(); }
  const sync::Key32& curve_key() const { return who_.curve_key; }
  bool holds(const crdt::ChangeId& change) const;
  Id16 digest() const { return engine_->digest(scope()).folded(); }
  sync::Cursor cursor_of(const Machine& peer) const;  // what it has received from `peer`
  std::ptrdiff_t count(sync::Notice::Kind kind) const;
  template <class Kind>
  Kind last_written() const;

  Image disk;
  std::vector<sync::Write> written;  // to the disk, ever
  std::chrono::milliseconds clock_ahead{0};
  sync::ClockWorth clock_worth = sync::ClockWorth::Unconfirmed;
  std::map<sync::LinkId, std::deque<Spoken>> on_its_way;
  std::map<sync::LinkId, std::vector<sync::Message>> said;
  std::vector<sync::Notice> notices;
  bool may_close = false;  // a link; else that fails the test

 private:
  WallMs wall() const;
  void start();
  void enter_epoch();
  void next_epoch();
  crdt::ChangeId write(const sync::Scope& scope, std::vector<crdt::Op> ops);
  const crdt::EntityState& state(const crdt::ChangeId& record) const;
  void absorb(sync::Effects out);

  sync::Certificate who_;
  sync::NodeSecrets secrets_;
  std::vector<sync::Certificate> known_;
  const MonoMs& now_;
  sync::Epoch epoch_;
  WallMs reopened_;
  std::optional<NodeId> parent_;
  sync::test::SeededEntropy entropy_;
  std::unique_ptr<sync::Engine> engine_;
  std::optional<MonoMs> wake_at_;
  std::map<sync::LinkId, sync::FrameReceiver> listening_;  // to what it says
};

class Line {
 public:
  Line(Machine& dialer, Machine& binder);  // opens it
  ~Line() { cut(); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void cut();               // what is on its way is lost
  void greet();             // until both ends are proven
  void hear(Machine& end);  // the next frame on its way to `end`
  void hear_all(Machine& end);
  template <class Kind>
  void hear_until(Machine& end);  // the first message of that kind has arrived
  void settle();                  // until nothing is on its way
  void wake();                    // both ends
  template <class Kind>
  std::vector<Kind> said_by(const Machine& end) const;

 private:
  Machine& other(const Machine& end) const { return &end == &dialer_ ? binder_ : dialer_; }

  Machine& dialer_;
  Machine& binder_;
  sync::LinkId link_;
  bool open_ = true;
};

template <class Kind>
Kind Machine::last_written() const {
  const auto last = std::find_if(written.rbegin(), written.rend(), [](const sync::Write& write) {
    return std::holds_alternative<Kind>(write);
  });
  return std::get<Kind>(*last);
}

template <class Kind>
void Line::hear_until(Machine& end) {
  for (bool heard = false; !heard;) {
    const auto& coming = other(end).on_its_way[link_];
    heard = !coming.empty() && coming.front().message &&
            std::holds_alternative<Kind>(*coming.front().message);
    hear(end);
  }
}

template <class Kind>
std::vector<Kind> Line::said_by(const Machine& end) const {
  std::vector<Kind> found;
  const auto said = end.said.find(link_);
  if (said == end.said.end()) return found;
  for (const sync::Message& message : said->second) {
    if (const auto* one = std::get_if<Kind>(&message)) found.push_back(*one);
  }
  return found;
}

}  // namespace yizhan::sim::test
