#include "node/net/sockets.h"

#include <sodium.h>

#include <zmq.hpp>

#include "crdt/base/check.h"

namespace yizhan::node {
namespace {

// Also what a stranger can make us hold per connection before its handshake (reliability.md F3).
// The 64 bytes hold the 33 that CURVE adds to a frame.
constexpr std::int64_t kMessageBytesMax = 64 * 1024 + 64;
// Frames of a peer that wait for the engine: 1 MiB, then TCP pushes back.
constexpr int kReceiveQueueMax = 16;
// ZeroMQ counts messages, the engine's credit counts bytes, and may put its 1 MiB into frames of
// half a kilobyte. So this is a backstop against a peer that grants credit and does not read.
constexpr int kSendQueueMax = 2'048;
constexpr int kBacklog = 64;
constexpr int kKeepaliveIdleSeconds = 30;
constexpr int kZapEnforceDomain = 93;  // ZMQ_ZAP_ENFORCE_DOMAIN; Debian's header hides drafts

int to_int(std::chrono::milliseconds value) { return static_cast<int>(value.count()); }

zmq::const_buffer buffer(const CurveKey& key) { return zmq::buffer(key); }

void set_common(zmq::socket_t& socket, const CurveKeyPair& own, const LinkOptions& options) {
  socket.set(zmq::sockopt::ipv6, 0);
  socket.set(zmq::sockopt::curve_publickey, buffer(own.public_key));
  socket.set(zmq::sockopt::curve_secretkey, buffer(own.secret));
  socket.set(zmq::sockopt::handshake_ivl, to_int(options.handshake));
  socket.set(zmq::sockopt::heartbeat_ivl, to_int(options.heartbeat_every));
  socket.set(zmq::sockopt::heartbeat_timeout, to_int(options.heartbeat_timeout));
  socket.set(zmq::sockopt::heartbeat_ttl, to_int(options.heartbeat_ttl));
  socket.set(zmq::sockopt::tcp_keepalive, 1);
  socket.set(zmq::sockopt::tcp_keepalive_idle, kKeepaliveIdleSeconds);
  socket.set(zmq::sockopt::immediate, 1);
}

void require_curve(const zmq::socket_t& socket) {
  YZ_CHECK(socket.get(zmq::sockopt::mechanism) == ZMQ_CURVE);
}

}  // namespace

zmq::context_t& process_context() {
  static zmq::context_t* const the_context = [] {
    YZ_CHECK(sodium_init() >= 0);  // before ZeroMQ draws from it
    return new zmq::context_t(1);  // never freed: I1
  }();
  return *the_context;
}

zmq::socket_t plain_socket(zmq::context_t& context, int type) {
  zmq::socket_t socket(context, type);
  socket.set(zmq::sockopt::maxmsgsize, kMessageBytesMax);
  socket.set(zmq::sockopt::rcvhwm, kReceiveQueueMax);
  socket.set(zmq::sockopt::sndhwm, kSendQueueMax);
  socket.set(zmq::sockopt::linger, 0);
  return socket;
}

zmq::socket_t server_socket(zmq::context_t& context, const CurveKeyPair& own,
                            const LinkOptions& options) {
  zmq::socket_t socket = plain_socket(context, ZMQ_ROUTER);
  set_common(socket, own, options);
  socket.set(zmq::sockopt::curve_server, true);
  socket.set(zmq::sockopt::zap_domain, "sync");
  const int enforce = 1;
  if (zmq_setsockopt(socket.handle(), kZapEnforceDomain, &enforce, sizeof enforce) != 0) {
    throw zmq::error_t();
  }
  socket.set(zmq::sockopt::router_mandatory, true);
  socket.set(zmq::sockopt::router_handover, false);
  socket.set(zmq::sockopt::backlog, kBacklog);
  require_curve(socket);
  return socket;
}

zmq::socket_t client_socket(zmq::context_t& context, const CurveKeyPair& own,
                            const CurveKey& server, const LinkOptions& options) {
  zmq::socket_t socket = plain_socket(context, ZMQ_DEALER);
  set_common(socket, own, options);
  socket.set(zmq::sockopt::curve_serverkey, buffer(server));
  socket.set(zmq::sockopt::reconnect_ivl, -1);  // node/net/dialer.h dials again itself
  require_curve(socket);
  return socket;
}

Bytes bytes_of(const zmq::message_t& message) {
  const auto* data = message.data<std::uint8_t>();
  return Bytes(data, data + message.size());
}

}  // namespace yizhan::node
