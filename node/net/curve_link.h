// Curve link: authenticated, encrypted frames between this node and its parent and children.
//
// What        The only door to ZeroMQ. The node dials its parent, or waits for its children, or
//             both; whoever uses it sees links that come up, carry frames and go down.
// Invariants  I1  nothing is opened before the ZAP handler has refused a stranger in a self-test.
//             I2  a LinkUp names a key that CURVE has proven and that is allowed: on the list, or
//                 any while others may, for those who dial us; the configured one, for the node we
//                 dial.
//             I3  every LinkUp is followed by exactly one LinkDown; frames come only in between.
//             I4  a frame is one message of 1 to 65,536 bytes; anything else ends its link.
//             I5  should the ZAP handler ever end, nobody can connect any more; ListeningEnded says
//                 so.
// Units       Milliseconds, bytes.
// Errors      From start(), with nothing left open: BadFormat (address or key, naming the field),
//             Busy (address in use; or this process already has a link that binds), Denied (port),
//             Unsupported (the self-test failed).
// Threads     One thread, except set_allowed and wake.
// Not here    Who a key belongs to, and whether it is alive: sync/session.h.
// Source      design.md section 7 "ZeroMQ rules"; reliability.md D7, F1 to F6, F13.
#pragma once
#include <memory>

#include "node/net/link_types.h"

namespace yizhan::node {

class CurveLink {
 public:
  static Result<std::unique_ptr<CurveLink>> start(const LinkOptions& options);
  ~CurveLink();
  CurveLink(const CurveLink&) = delete;
  CurveLink& operator=(const CurveLink&) = delete;

  // Who may dial us; nobody before the first call. `others`: whoever else proves a key, as well.
  // Links of keys that may no longer go down in the next poll. Any thread.
  void set_allowed(const std::vector<CurveKey>& keys, bool others = false);

  // Waits for something to happen, wake() or the timeout; returns at most one store commit's worth.
  LinkEvents poll(std::chrono::milliseconds timeout);

  // Ends the current or the next wait. Any thread.
  void wake();

  // Queues a frame. False: the link is gone, or its queue is full, in which case it is dropped.
  // REQUIRES: 1 to kLinkFrameBytesMax bytes.
  bool send(LinkId link, ByteView frame);

  // Ends a link; its LinkDown comes with the next poll. A dialed one is dialed again later.
  void drop(LinkId link);
  void drop_all();

  std::string bound_address() const;  // with the real port; empty when nothing is bound
  bool listening() const;             // false also after I5

 private:
  struct Impl;
  explicit CurveLink(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::node
