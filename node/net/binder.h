// Binder: the side of the links that waits to be dialed.
//
// What        One ROUTER. A link is one connection of one authenticated key; it comes up with its
//             first frame, since a ROUTER does not report connections.
// Invariants  I1  a link's peer is the User-Id that the ZAP gate gave to each of its messages,
//                 never the routing id, which a client may choose.
//             I2  a message that is empty, in several parts or too large ends its link.
//             I3  when the gate has ended, so have the socket and all links; ListeningEnded tells.
// Units       Milliseconds.
// Errors      Busy (address in use), BadFormat (not an address of this machine), Unsupported.
// Not here    How a client is told that its link ended: an empty message, node/net/dialer.h.
// Source      reliability.md D7, F6.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "node/net/intake.h"
#include "node/net/zap_gate.h"
#include "node/net/zmq_fwd.h"

namespace yizhan::node {

using SteadyTime = std::chrono::steady_clock::time_point;

class Binder {
 public:
  // `gate` outlives the binder.
  static Result<std::unique_ptr<Binder>> open(zmq::context_t& context, const CurveKeyPair& own,
                                              const LinkOptions& options, const ZapGate& gate);
  ~Binder();
  Binder(const Binder&) = delete;
  Binder& operator=(const Binder&) = delete;

  void receive(SteadyTime now, Intake& in);
  // False: the link is gone, or its queue is full; then it is dropped.
  bool send(LinkId link, ByteView frame, SteadyTime now, Intake& in);
  void drop(LinkId link, SteadyTime now, Intake& in);
  void drop_all(SteadyTime now, Intake& in);
  void drop_refused(SteadyTime now, Intake& in);  // links whose key the gate no longer allows
  void end_idle(SteadyTime now, Intake& in);

  const std::string& address() const { return address_; }
  void* handle() const;  // for zmq_poll; null when closed (I3)

 private:
  // A dropped peer is remembered until it has been silent, so that what it still sends does not
  // look like a new link.
  struct Peer {
    std::string route;
    CurveKey key{};
    SteadyTime heard;
    bool dropped = false;
  };
  struct Message {
    std::string route;
    std::optional<CurveKey> key;
    Bytes frame;
    std::size_t parts = 0;
  };
  enum class Sent { Yes, Full, Gone };

  Binder(zmq::socket_t socket, std::chrono::milliseconds idle, const ZapGate& gate);
  std::optional<Message> read();
  void take(Message message, SteadyTime now, Intake& in);
  LinkId admit(const Message& message, SteadyTime now, Intake& in);
  void make_room(const CurveKey& key, Intake& in);
  Sent try_send(const std::string& route, ByteView frame);
  void say_goodbye(const std::string& route);
  void forget(LinkId link, Intake& in);
  void close();

  std::unique_ptr<zmq::socket_t> socket_;
  std::string address_;
  std::chrono::milliseconds idle_;
  const ZapGate& gate_;
  std::map<LinkId, Peer> peers_;
  std::unordered_map<std::string, LinkId> by_route_;
};

}  // namespace yizhan::node
