#include "tests/sim/line.h"

#include <boost/test/unit_test.hpp>

#include "sync/read_chain.h"
#include "tests/sim/oracles.h"

namespace yizhan::sim::test {
namespace {

constexpr crdt::FieldId kValue = 2;
constexpr int kFramesMax = 2000;  // of one exchange; those that end take far fewer

sync::NodeSecrets copy(const sync::NodeSecrets& of) {
  return {sync::SignKey(of.sign.seed().clone()), of.curve.clone(), of.box.clone()};
}

sync::LinkId next_link() {
  static sync::LinkId opened = 0;
  return ++opened;
}

}  // namespace

Machine::Machine(const sync::test::Member& who, std::vector<sync::Certificate> known,
                 const MonoMs& now)
    : disk(1 + who.certificate.sign_key[0]),
      who_(who.certificate),
      secrets_(copy(who.secrets)),
      known_(std::move(known)),
      now_(now),
      entropy_(who.certificate.sign_key[0]) {
  start();
}

void Machine::boot(const Image& found) {
  disk = found;
  start();
}

void Machine::boot_put_back(const Image& found) {
  disk = found;
  next_epoch();
  enter_epoch();
}

void Machine::boot_wiped(std::vector<sync::Certificate> known) {
  disk = Image(disk.log_instance());
  known_ = std::move(known);
  next_epoch();
  enter_epoch();
}

void Machine::stands_below(const Machine& parent) {
  parent_ = parent.node();
  start();
}

void Machine::next_epoch() {
  ++epoch_.counter;
  entropy_.fill(epoch_.nonce);
  reopened_ = wall();
}

// The log is another one from now on; the engine is built anew.
void Machine::enter_epoch() {
  std::array<std::uint8_t, 1> fresh;
  entropy_.fill(fresh);
  disk.renew(disk.log_instance() + 1 + fresh[0]);
  start();
}

void Machine::start() {
  sync::Identity identity;
  identity.epoch = epoch_;
  identity.reopened = reopened_;
  identity.parent = parent_;
  identity.certificate = who_;
  identity.secrets = copy(secrets_);
  identity.trusted = known_;
  engine_ = std::make_unique<sync::Engine>(std::move(identity), disk, entropy_);
  wake_at_.reset();
}

WallMs Machine::wall() const {
  engine_->judge_clock(clock_worth);
  return WallMs{1'795'000'000'000 + now_.value} + clock_ahead;
}

void Machine::take(const sync::Event& event) {
  sync::Effects out;
  engine_->step(wall(), now_, event, out);
  absorb(std::move(out));
}

void Machine::wake() {
  while (wake_at_ && *wake_at_ <= now_) {
    sync::Effects out;
    engine_->step(wall(), now_, sync::TimerFired{}, out);
    absorb(std::move(out));
  }
}

void Machine::ask() {
  sync::Effects out;
  engine_->sync_now(wall(), now_, out);
  absorb(std::move(out));
}

crdt::ChangeId Machine::write(const sync::Scope& scope, std::vector<crdt::Op> ops) {
  sync::Draft draft;
  draft.scope = scope;
  draft.ops = std::move(ops);
  sync::Effects out;
  const auto written_at = engine_->write(wall(), now_, draft, out);
  BOOST_REQUIRE(written_at.has_value());
  absorb(std::move(out));
  return written_at->id;
}

crdt::ChangeId Machine::record(std::size_t bytes) {
  std::vector<crdt::Op> ops{{sync::own_op(0), crdt::EntNew{1}}};
  if (bytes > 0) {
    Bytes value(bytes);
    entropy_.fill(value);
    ops.push_back({sync::own_op(0), crdt::RegSet{{{1, std::move(value), {}}}}});
  }
  return write(scope(), std::move(ops));
}

crdt::ChangeId Machine::edit(const crdt::ChangeId& record) {
  return write(scope(), {{{record.stream, record.seq, 0}, crdt::LifeTo{1, {}}}});
}

const crdt::EntityState& Machine::state(const crdt::ChangeId& record) const {
  const sync::Scope scope = disk.stream(record.stream)->scope;
  const auto held = disk.entity(scope, {record.stream, record.seq, 0});
  BOOST_REQUIRE((held && *held != nullptr));
  return **held;
}

crdt::ChangeId Machine::set(const crdt::ChangeId& record, std::int64_t value) {
  const crdt::Dot entity{record.stream, record.seq, 0};
  return write(disk.stream(record.stream)->scope,
               {{entity, crdt::RegSet{{{kValue, value, state(record).dots_of(kValue)}}}}});
}

std::int64_t Machine::shown(const crdt::ChangeId& record) const {
  return std::get<std::int64_t>(state(record).shown(kValue)->value);
}

Hash32 Machine::root(const sync::Scope& scope) const { return state_root(disk, scope); }

std::uint64_t Machine::quarantines() const {
  std::uint64_t count = 0;
  for (const sync::StreamRow& row : disk.streams()) {
    const auto read = sync::read_chain(disk, row, 1, [&count](const sync::ChainedChange& one) {
      for (const crdt::Op& op : one.change.ops) {
        const auto* control = std::get_if<crdt::Opaque>(&op.body);
        const auto kind = static_cast<std::uint16_t>(crdt::OpKind::Quarantine);
        if (control != nullptr && control->kind == kind) ++count;
      }
      return true;
    });
    BOOST_REQUIRE(read.has_value());
  }
  return count;
}

void Machine::take_back(const sync::JournalChange& lost) {
  sync::Effects out;
  BOOST_REQUIRE(engine_->take_back(wall(), now_, lost, out).has_value());
  absorb(std::move(out));
}

void Machine::certify(const sync::Certificate& subject) {
  sync::Effects out;
  BOOST_REQUIRE(engine_->certify(wall(), now_, subject, out).has_value());
  absorb(std::move(out));
}

void Machine::revoke(NodeId node) {
  sync::Effects out;
  BOOST_REQUIRE(engine_->revoke(wall(), now_, node, out).has_value());
  absorb(std::move(out));
}

Errc Machine::refused_to_certify(const sync::Certificate& subject) {
  sync::Effects out;
  const auto refused = engine_->certify(wall(), now_, subject, out);
  BOOST_REQUIRE(!refused.has_value());
  return refused.error().code;
}

Errc Machine::refused_to_edit(const crdt::ChangeId& record) {
  sync::Draft draft;
  draft.scope = scope();
  draft.ops = {{{record.stream, record.seq, 0}, crdt::LifeTo{1, {}}}};
  sync::Effects out;
  const auto refused = engine_->write(wall(), now_, draft, out);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST(out.writes.empty());
  return refused.error().code;
}

Errc Machine::refused_to_revoke(NodeId node) {
  sync::Effects out;
  const auto refused = engine_->revoke(wall(), now_, node, out);
  BOOST_REQUIRE(!refused.has_value());
  return refused.error().code;
}

bool Machine::holds(const crdt::ChangeId& change) const {
  const sync::StreamRow* row = disk.stream(change.stream);
  return row != nullptr && row->seq >= change.seq;
}

std::ptrdiff_t Machine::count(sync::Notice::Kind kind) const {
  return std::count_if(notices.begin(), notices.end(),
                       [kind](const sync::Notice& notice) { return notice.kind == kind; });
}

sync::Cursor Machine::cursor_of(const Machine& peer) const {
  for (const sync::Cursor& cursor : disk.cursors()) {
    if (cursor.peer == peer.node()) return cursor;
  }
  return {};
}

void Machine::absorb(sync::Effects out) {
  for (const sync::Write& write : out.writes) {
    disk.apply(write);
    written.push_back(write);
  }
  notices.insert(notices.end(), out.notices.begin(), out.notices.end());
  for (sync::SendFrame& frame : out.sends) {
    Spoken spoken{std::move(frame.bytes), std::nullopt};
    const auto received = listening_[frame.link].receive(spoken.frame);
    if (received->object) {
      spoken.message = *sync::decode_message(*received->object);
      said[frame.link].push_back(*spoken.message);
    }
    on_its_way[frame.link].push_back(std::move(spoken));
  }
  if (out.epoch) {
    epoch_ = *out.epoch;
    reopened_ = wall();
    return enter_epoch();  // its lines are gone with the engine
  }
  BOOST_REQUIRE(may_close || out.closes.empty());
  wake_at_ = out.wake_at;
  wake();
}

Line::Line(Machine& dialer, Machine& binder)
    : dialer_(dialer), binder_(binder), link_(next_link()) {
  binder_.take(sync::LinkOpened{link_, dialer_.curve_key(), false});
  dialer_.take(sync::LinkOpened{link_, binder_.curve_key(), true});
}

void Line::cut() {
  if (!open_) return;
  open_ = false;
  for (Machine* end : {&dialer_, &binder_}) {
    end->take(sync::LinkClosed{link_});
    end->on_its_way.erase(link_);
  }
}

void Line::greet() {
  hear_until<sync::Hello>(binder_);
  hear_until<sync::Hello>(dialer_);
  hear_until<sync::Proof>(binder_);
}

void Line::hear(Machine& end) {
  auto& coming = other(end).on_its_way[link_];
  BOOST_REQUIRE(!coming.empty());
  const Spoken next = std::move(coming.front());
  coming.pop_front();
  end.take(sync::FrameReceived{link_, next.frame});
}

void Line::hear_all(Machine& end) {
  while (!other(end).on_its_way[link_].empty()) hear(end);
}

void Line::wake() {
  dialer_.wake();
  binder_.wake();
}

void Line::settle() {
  for (int frames = 0;;) {
    const int before = frames;
    for (Machine* end : {&dialer_, &binder_}) {
      for (; !other(*end).on_its_way[link_].empty(); ++frames) hear(*end);
    }
    if (frames == before) return;
    BOOST_REQUIRE_MESSAGE(frames < kFramesMax, "the exchange does not end");
  }
}

}  // namespace yizhan::sim::test
