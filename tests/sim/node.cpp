#include "tests/sim/node.h"

#include "crdt/base/check.h"

namespace yizhan::sim {
namespace {

std::int64_t draw_drift(Context& context, std::size_t index) {
  Prng prng(context.seed, "drift", index);
  if (!prng.per_mille(300)) return 0;
  context.faults.count(Fault::ClockDrift);
  return prng.between(-500, 500);
}

std::string_view label(const sync::Event& event) {
  if (std::holds_alternative<sync::LinkOpened>(event)) return "link opened";
  if (std::holds_alternative<sync::LinkClosed>(event)) return "link closed";
  if (std::holds_alternative<sync::FrameReceived>(event)) return "frame";
  return "timer";
}

std::string_view label(sync::Notice::Kind kind) {
  switch (kind) {
    case sync::Notice::Kind::SessionUp: return "session up";
    case sync::Notice::Kind::SessionDown: return "session down";
    case sync::Notice::Kind::Refused: return "refused";
    case sync::Notice::Kind::Admitted: return "admitted";
    case sync::Notice::Kind::Held: return "held";
    case sync::Notice::Kind::Carried: return "carried";
    case sync::Notice::Kind::Received: return "received";
    case sync::Notice::Kind::AllowListChanged: return "allow list";
    case sync::Notice::Kind::ForkSeen: return "fork seen";
    case sync::Notice::Kind::EpochOpened: return "epoch opened";
  }
  return "";
}

}  // namespace

sync::Identity Enrolment::identity() const {
  sync::Identity identity;
  identity.root_public = root_public;
  identity.certificate = certificate;
  identity.secrets = {sync::SignKey(secrets.sign.seed().clone()), secrets.curve.clone(),
                      secrets.box.clone()};
  identity.epoch = epoch;
  identity.reopened = reopened;
  if (parent) identity.parent = trusted[trusted.size() - 2].node();
  identity.trusted = trusted;
  return identity;
}

Node::Node(Context& context, NodeHost& host, std::size_t index, Enrolment enrolment)
    : context_(context),
      host_(host),
      index_(index),
      enrolment_(std::move(enrolment)),
      prng_(context.seed, "node", index),
      entropy_(Prng(context.seed, "entropy", index)),
      clock_(draw_drift(context, index)),
      store_(prng_.next()) {}

void Node::boot() {
  YZ_CHECK(!up());
  ++boots_;
  clock_.boot(context_.now());
  if (enrolment_.reopened.value > 0) enrolment_.reopened = last_time_;  // whatever its clock did
  engine_ = std::make_unique<sync::Engine>(enrolment_.identity(), store_.live(), entropy_);
  time_.emplace(last_time_, sync::ClockPair{clock_.wall(context_.now()), mono()});
  context_.trace.note(context_.now(), index_, "boot");
  host_.went_up(index_);
}

void Node::crash() {
  if (!up()) return;
  context_.trace.note(context_.now(), index_, "crash");
  engine_.reset();
  store_.crash();
  outbox_.drop();
  wake_.reset();
  commit_planned_ = false;
  epoch_opened_ = false;
  host_.went_down(index_);
}

// The guard, or who restores, says that the database is an earlier one: a new epoch begins.
void Node::put_back() {
  YZ_CHECK(!up());
  context_.trace.note(context_.now(), index_, "put back");
  store_.put_back(*backup_);
  backup_.reset();
  reopen(fresh_epoch());
  store_.renew(prng_.next());
}

// Its machine is gone; another one has the keys.
void Node::wipe() {
  YZ_CHECK(!up());
  context_.trace.note(context_.now(), index_, "wiped");
  store_ = MemStore(prng_.next());
  backup_.reset();
  last_time_ = kCityBegins;
  reopen(fresh_epoch());
}

sync::Epoch Node::fresh_epoch() {
  sync::Epoch epoch{enrolment_.epoch.counter + 1, {}};
  entropy_.fill(epoch.nonce);
  return epoch;
}

void Node::reopen(sync::Epoch epoch) {
  enrolment_.epoch = epoch;
  enrolment_.reopened = last_time_;
}

WallMs Node::wall() {
  const WallMs now = time_->read({clock_.wall(context_.now()), mono()});
  last_time_ = now;
  const WallMs true_time{kCityBegins.value + context_.now() / kMs};
  most_ahead_ms_ = std::max(most_ahead_ms_, (now - true_time).count());
  engine_->judge_clock(time_->worth());
  return now;
}

void Node::deliver(const sync::Event& event) {
  if (!up()) return;
  const auto* frame = std::get_if<sync::FrameReceived>(&event);
  context_.trace.note(context_.now(), index_, label(event), frame ? frame->bytes : Bytes{});
  sync::Effects out;
  engine_->step(wall(), mono(), event, out);
  absorb(out);
}

Result<sync::Written> Node::write(const sync::Draft& draft) {
  YZ_CHECK(up());
  sync::Effects out;
  auto written = engine_->write(wall(), mono(), draft, out);
  context_.trace.note(context_.now(), index_, written ? "wrote" : "write refused");
  absorb(out);
  return written;
}

Result<sync::Written> Node::certify(const sync::Certificate& subject) {
  sync::Effects out;
  auto written = engine_->certify(wall(), mono(), subject, out);
  absorb(out);
  return written;
}

Result<sync::Written> Node::revoke(NodeId node) {
  sync::Effects out;
  auto written = engine_->revoke(wall(), mono(), node, out);
  context_.trace.note(context_.now(), index_, written ? "revoked" : "revocation refused");
  absorb(out);
  return written;
}

void Node::forge_own_certificate() {
  const auto elsewhere = sync::Division::parse("99");
  enrolment_.certificate.write.push_back({*elsewhere, false, sync::kAllClasses});
  enrolment_.certificate.serial = UINT32_MAX;
  context_.trace.note(context_.now(), index_, "stolen");
  crash();
}

void Node::vouch(WallMs time) {
  clock_.set(time, context_.now());
  last_time_ = time;
  if (!up()) return;
  YZ_CHECK(time_->person_says(time, {time, mono()}).has_value());
  context_.trace.note(context_.now(), index_, "clock set");
}

void Node::sync_now() {
  sync::Effects out;
  engine_->sync_now(wall(), mono(), out);
  absorb(out);
}

void Node::absorb(sync::Effects& out) {
  for (const sync::Notice& notice : out.notices) {
    if (!context_.trace.shown()) break;
    const std::string text = std::string(label(notice.kind)) + " " + sync::text(notice.scope) +
                             " " + std::to_string(notice.count) + " " + notice.detail;
    context_.trace.show(context_.now(), index_, text);
  }
  if (out.epoch) {
    reopen(*out.epoch);
    epoch_opened_ = true;
  }
  if (out.attested) time_->parent_says(*out.attested, {clock_.wall(context_.now()), mono()});
  store_.apply(std::move(out.writes));
  transmit(outbox_.hold(std::move(out.sends)));
  for (const sync::LinkId link : out.closes) host_.close(index_, link);
  if (out.wake_at) wake_by(*out.wake_at);
  const bool waits = store_.dirty() || epoch_opened_;
  if (!waits) return transmit(outbox_.release());
  commit_later();
}

void Node::wake_by(MonoMs at) {
  const Micros when = clock_.when(at, context_.now());
  if (wake_ && *wake_ <= when) return;
  wake_ = when;
  context_.agenda.at(when, [this, when, life = boots_] {
    if (boots_ != life || wake_ != when) return;
    wake_.reset();
    deliver(sync::TimerFired{});
  });
}

void Node::commit_later() {
  if (commit_planned_) return;
  commit_planned_ = true;
  const Micros now = context_.now();
  Micros delay = prng_.between(300, 4000);
  if (context_.faults.strikes(Fault::SlowDisk, now, prng_)) {
    delay += prng_.between(30 * kMs, 3 * kSecond);
  }
  context_.agenda.after(delay, [this, life = boots_] {
    if (boots_ == life && commit_planned_) commit_now();
  });
  if (context_.faults.strikes(Fault::CrashBeforeCommit, now, prng_)) {
    context_.agenda.after(prng_.between(0, delay - 1), [this, life = boots_] {
      if (boots_ == life) crash();
    });
  }
}

void Node::commit_now() {
  commit_planned_ = false;
  const std::vector<sync::Write> writes = store_.commit();
  context_.trace.note(context_.now(), index_, "commit");
  host_.committed(index_, writes);
  if (context_.faults.strikes(Fault::CrashAfterCommit, context_.now(), prng_)) return crash();
  if (epoch_opened_) return enter_epoch();
  transmit(outbox_.release());
}

// The log is another one from now on: on new links, with a new engine.
void Node::enter_epoch() {
  crash();
  store_.renew(prng_.next());
  boot();
}

void Node::transmit(std::vector<sync::SendFrame> frames) {
  for (sync::SendFrame& frame : frames) {
    context_.trace.note(context_.now(), index_, "send", frame.bytes);
    host_.send(index_, frame.link, std::move(frame.bytes));
  }
}

}  // namespace yizhan::sim
