// Handshake: HELLO and proof, by which each end shows that it holds its key now.
//
// What        The dialer says HELLO, the binder answers with its own over the dialer's nonce, the
//             dialer proves over the binder's. Signatures cover both CURVE keys of the link.
// Invariants  I1  proven only by a signature over this session's own nonce.
//             I2  each message is taken once, in its turn.
// Units       WallMs, what this node takes for the time, in HELLO; 0: it cannot tell.
// Errors      False: out of turn, another network or node, or it does not verify; nothing changed.
// Source      design.md section 7; docs/protocol.md "Messages".
#pragma once
#include "sync/counterpart.h"
#include "sync/message.h"

namespace yizhan::sync {

class Handshake {
 public:
  // REQUIRES: `counterpart` outlives this.
  Handshake(const Counterpart& counterpart, const Key32& peer_curve, bool dialed);

  bool dialed() const { return dialed_; }
  bool proven() const { return proven_; }
  const Hello& peer_hello() const { return *peer_hello_; }  // REQUIRES: proven

  Hello hello(WallMs wall);       // the dialer's first, or the binder's answer
  Proof proof() const;            // REQUIRES: the dialer took the binder's HELLO
  bool take(const Hello& hello);  // the binder's HELLO proves it to the dialer
  bool take(const Proof& proof);

 private:
  struct CurveKeys {
    Key32 dialer;
    Key32 binder;
  };
  CurveKeys curve_keys() const;
  bool in_turn(const Hello& hello) const;

  const Counterpart& counterpart_;
  Key32 peer_curve_;
  bool dialed_;
  bool said_ = false;
  bool proven_ = false;
  Nonce8 nonce_{};
  Nonce8 peer_nonce_{};
  std::optional<Hello> peer_hello_;
};

}  // namespace yizhan::sync
