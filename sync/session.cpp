#include "sync/session.h"

#include <algorithm>

namespace yizhan::sync {
namespace {

std::optional<NodeId> owner_of(const Replica& replica, const Key32& curve) {
  const Certificate* certificate = replica.member_by_curve(curve);
  return certificate == nullptr ? std::nullopt : std::optional(certificate->node());
}

}  // namespace

Session::Session(Replica& replica, const LinkOpened& link, MonoMs now)
    : counterpart_{replica, link.link, owner_of(replica, link.peer_curve)},
      opened_at_(now),
      heard_at_(now),
      ping_at_(now + std::chrono::milliseconds(kPingMs)),
      peer_curve_(link.peer_curve),
      lanes_(now),
      handshake_(counterpart_, link.peer_curve, link.dialed),
      sending_(counterpart_, lanes_),
      comparison_(counterpart_, lanes_, sending_),
      receiving_(counterpart_, sending_, comparison_) {}

void Session::start(WallMs wall, Batch& batch) {
  if (!peer()) {
    const bool may_ask = !handshake_.dialed() && counterpart_.replica.reopened(wall);
    if (!may_ask) close("no certificate has this CURVE key", batch.out());
    return;
  }
  parting_ = counterpart_.replica.revoked(*peer());
  if (parting_ && handshake_.dialed()) return close("the peer was revoked", batch.out());
  if (handshake_.dialed()) lanes_.say(handshake_.hello(wall));
}

SessionNews Session::on_frame(WallMs wall, MonoMs now, ByteView frame, Batch& batch) {
  SessionNews news;
  if (closed_) return news;
  auto received = lanes_.receive(frame);
  if (!received) {
    close(received.error().code == Errc::Gap ? "the link lost a frame" : "bad frame", batch.out());
    return news;
  }
  heard_at_ = now;
  if (!received->object) return news;
  auto message = decode_message(*received->object);
  if (!message) {
    batch.notice(counterpart_.refusal(message.error()));
    close("bad message", batch.out());
    return news;
  }
  if (!handshake_.proven() && !may_be_heard(*message)) {
    close("a message before the proof", batch.out());
    return news;
  }
  const bool opening =
      std::holds_alternative<Hello>(*message) || std::holds_alternative<Proof>(*message);
  const bool heard = opening || !parting_ || std::holds_alternative<Credit>(*message);
  if (!heard) return news;
  Step step{wall, now, batch, news};
  std::visit([&](const auto& kind) { take(kind, step); }, *message);
  return news;
}

// Before the proof.
bool Session::may_be_heard(const Message& message) const {
  const bool hello = std::holds_alternative<Hello>(message);
  if (!peer()) return hello || std::holds_alternative<Introduction>(message);
  return hello || std::holds_alternative<Proof>(message) || std::holds_alternative<Who>(message);
}

template <class T>
bool Session::stands(const Result<T>& taken, Step& step) {
  if (!taken) close(taken.error().detail, step.batch.out());
  return taken.has_value();
}

void Session::take(const Hello& hello, Step& step) {
  if (!peer()) {
    if (unheard_) return close("HELLO does not verify", step.batch.out());
    unheard_ = hello;
    return lanes_.say(Who{});
  }
  if (!handshake_.take(hello)) return close("HELLO does not verify", step.batch.out());
  if (hello.now.value > 0) peer_ahead_ms_ = hello.now.value - step.wall.value;
  if (!handshake_.dialed()) return lanes_.say(handshake_.hello(step.wall));
  lanes_.say(handshake_.proof());
  become_proven(step);
}

void Session::take(const Proof& proof, Step& step) {
  if (!handshake_.take(proof)) return close("the proof does not verify", step.batch.out());
  become_proven(step);
}

// Once, and to who was dialed: what a certificate says is no secret.
void Session::take(const Who&, Step& step) {
  if (!handshake_.dialed() || proven() || std::exchange(introduced_, true)) {
    return close("asked who this is, out of turn", step.batch.out());
  }
  lanes_.say(Introduction{encode(counterpart_.replica.self())});
}

void Session::take(const Introduction& introduction, Step& step) {
  if (!unheard_) return close("an introduction that nobody asked for", step.batch.out());
  const auto certificate = decode_certificate(introduction.certificate);
  const Replica& replica = counterpart_.replica;
  const bool from_here = certificate && certificate->issuer == replica.node() &&
                         certificate->curve_key == peer_curve_ &&
                         verify_issued(*certificate, replica.self());
  if (!from_here) return close("it was not certified from here", step.batch.out());
  step.news.introduced = *certificate;
}

void Session::introduce(NodeId node, WallMs wall, Batch& batch) {
  counterpart_.node = node;
  parting_ = counterpart_.replica.revoked(node);
  SessionNews none;
  Step step{wall, opened_at_, batch, none};
  take(*std::exchange(unheard_, std::nullopt), step);
}

void Session::become_proven(Step& step) {
  if (parting_) return part();
  step.news.proven = true;
  step.batch.notice(counterpart_.notice(Notice::Kind::SessionUp));
  take_time(step);
  comparison_.begin(handshake_.peer_hello(), step.batch);
}

// From the beginning: what it has already changes nothing there.
void Session::part() {
  for (const auto& [id, row] : counterpart_.replica.streams) {
    const bool told = row.scope.cls == ScopeClass::Auth && counterpart_.serves(row.scope);
    if (told) sending_.offer(row, 1);
  }
}

// Last, for the peer hangs up when it hears it: what is said overtakes what is sent.
void Session::say_farewell() {
  sending_.pump();
  if (!sending_.done() || !lanes_.empty() || farewell_said_) return;
  lanes_.say(Farewell{Farewell::Reason::Revoked});
  farewell_said_ = true;
}

void Session::take(const Farewell&, Step& step) {
  step.batch.notice(counterpart_.refusal({Errc::Denied, "this node was revoked", "revoked"}));
  close("the peer says that this node was revoked", step.batch.out());
}

// The parent answers over a nonce of this link: its time is at most as old as the link. On a link
// too slow to tell, the next one may do better.
void Session::take_time(Step& step) {
  const WallMs told = handshake_.peer_hello().now;
  const auto round_trip = step.now - opened_at_;
  const bool from_parent =
      handshake_.dialed() && peer() == counterpart_.replica.identity.parent && told.value > 0;
  if (!from_parent || round_trip.count() > kHelloMs) return;
  step.batch.out().attested = told + round_trip / 2;
}

void Session::take(const Scopes& scopes, Step& step) {
  stands(comparison_.take(scopes, step.wall, step.batch), step);
}

void Session::take(const Vector& vector, Step& step) {
  stands(comparison_.take(vector, step.batch), step);
}

void Session::take(const SegmentMessage& segment, Step& step) {
  const auto taken = receiving_.take(segment, step.wall, step.batch);
  if (stands(taken, step)) step.news.admitted = *taken;
}

void Session::take(const CoverMessage& cover, Step& step) {
  step.news.admitted = receiving_.take(cover, step.batch);
}

void Session::take(const KeyRows& rows, Step& step) { receiving_.take(rows, step.batch); }

void Session::take(const ReceiptMessage& receipt, Step& step) {
  const auto taken = receiving_.take(receipt, step.batch);
  if (stands(taken, step) && *taken) step.news.receipts.push_back(**taken);
}

void Session::take(const Ack& ack, Step& step) { sending_.take(ack, step.batch); }
void Session::take(const Credit& credit, Step& step) { lanes_.take(step.now, credit); }
void Session::take(const Done& done, Step& step) { comparison_.take(done, step.wall, step.batch); }
void Session::take(const Ping& ping, Step&) { comparison_.take(ping); }

void Session::members_changed() {
  if (open()) comparison_.retry();
}

void Session::offer(const StreamRow& row, std::uint64_t first) {
  if (!open() || !counterpart_.serves(row.scope)) return;
  if (sending_.offer(row, first)) comparison_.owe_done();
}

void Session::offer_cover(const StreamRow& row, const SegmentHeader& header, const Bytes& bytes) {
  if (!open() || !counterpart_.serves(row.scope)) return;
  sending_.offer_cover(row, header, bytes);
  comparison_.owe_done();
}

void Session::offer_receipt(const Receipt& receipt) {
  if (!open() || !counterpart_.serves(receipt.scope)) return;
  lanes_.say(ReceiptMessage{encode(receipt)});
}

bool Session::wants_tail(const StreamRow& row) const {
  return handshake_.proven() && !closed_ && sending_.wants_tail(row);
}

void Session::pump(MonoMs now, Effects& out) {
  if (parting_ && handshake_.proven() && !closed_) {
    say_farewell();
    return flush(now, out);
  }
  if (!open()) return;
  sending_.pump();
  if (const auto error = sending_.unread()) out.notices.push_back(counterpart_.refusal(*error));
  comparison_.say_done();
  flush(now, out);
}

void Session::flush(MonoMs now, Effects& out) {
  if (closed_) return;
  if (const auto ack = receiving_.acks()) lanes_.say(*ack);
  lanes_.grant_back();
  if (lanes_.flush(link(), out)) ping_at_ = now + std::chrono::milliseconds(kPingMs);
}

void Session::on_timer(MonoMs now, Batch& batch) {
  if (closed_) return;
  if ((now - heard_at_).count() >= (proven() ? kSilenceMs : kHelloMs)) {
    return close("the peer is silent", batch.out());
  }
  if (parting_ && (now - opened_at_).count() >= kSilenceMs) {
    return close("the peer was revoked", batch.out());
  }
  if (proven() && now >= ping_at_) {
    ping_at_ = now + std::chrono::milliseconds(kPingMs);
    lanes_.say(comparison_.ping());
  }
}

MonoMs Session::deadline() const {
  const MonoMs silent = heard_at_ + std::chrono::milliseconds(proven() ? kSilenceMs : kHelloMs);
  return proven() ? std::min(silent, ping_at_) : silent;
}

void Session::close(std::string reason, Effects& out) {
  if (closed_) return;
  closed_ = true;
  out.closes.push_back(link());
  Notice down = counterpart_.notice(Notice::Kind::SessionDown);
  down.detail = std::move(reason);
  out.notices.push_back(std::move(down));
}

}  // namespace yizhan::sync
