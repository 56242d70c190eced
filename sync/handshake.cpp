#include "sync/handshake.h"

namespace yizhan::sync {

Handshake::Handshake(const Counterpart& counterpart, const Key32& peer_curve, bool dialed)
    : counterpart_(counterpart), peer_curve_(peer_curve), dialed_(dialed) {
  counterpart_.replica.entropy.fill(nonce_);
}

Handshake::CurveKeys Handshake::curve_keys() const {
  const Key32& own = counterpart_.replica.self().curve_key;
  return dialed_ ? CurveKeys{own, peer_curve_} : CurveKeys{peer_curve_, own};
}

Hello Handshake::hello(WallMs wall) {
  const Replica& replica = counterpart_.replica;
  Hello hello;
  hello.network = replica.self().network;
  hello.node = replica.node();
  hello.answer = !dialed_;
  hello.nonce = nonce_;
  hello.peer_nonce = peer_nonce_;
  hello.log_instance = replica.log_instance;
  hello.arrivals = replica.arrivals;
  hello.digest = replica.folded_digest(counterpart_.certificate());
  if (!replica.clock_suspect) hello.now = wall;
  if (const StreamRow* auth = replica.own_stream({replica.self().home, ScopeClass::Auth})) {
    hello.auth_head = head_tag(auth->head);
  }
  const auto [dialer, binder] = curve_keys();
  hello.signature = replica.identity.secrets.sign.sign(hello_signed_bytes(hello, dialer, binder));
  said_ = true;
  return hello;
}

Proof Handshake::proof() const {
  const Replica& replica = counterpart_.replica;
  const auto [dialer, binder] = curve_keys();
  Proof proof;
  proof.signature = replica.identity.secrets.sign.sign(
      proof_signed_bytes(replica.node(), peer_nonce_, dialer, binder));
  return proof;
}

bool Handshake::in_turn(const Hello& hello) const {
  if (peer_hello_) return false;
  return dialed_ ? hello.answer && said_ && hello.peer_nonce == nonce_ : !hello.answer && !said_;
}

bool Handshake::take(const Hello& hello) {
  const auto [dialer, binder] = curve_keys();
  if (!in_turn(hello) || hello.node != *counterpart_.node ||
      hello.network != counterpart_.replica.self().network ||
      !verify(counterpart_.certificate().sign_key, hello_signed_bytes(hello, dialer, binder),
              hello.signature)) {
    return false;
  }
  peer_nonce_ = hello.nonce;
  peer_hello_ = hello;
  proven_ = dialed_;
  return true;
}

bool Handshake::take(const Proof& proof) {
  const auto [dialer, binder] = curve_keys();
  if (dialed_ || proven_ || !peer_hello_ ||
      !verify(counterpart_.certificate().sign_key,
              proof_signed_bytes(*counterpart_.node, nonce_, dialer, binder), proof.signature)) {
    return false;
  }
  proven_ = true;
  return true;
}

}  // namespace yizhan::sync
