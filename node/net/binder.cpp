#include "node/net/binder.h"

#include <algorithm>
#include <vector>
#include <zmq.hpp>

#include "node/net/sockets.h"

namespace yizhan::node {
namespace {

// A node has one connection; after an outage its dead ones may linger for a heartbeat. More than
// this from one key only costs memory.
constexpr std::ptrdiff_t kLinksPerKeyMax = 4;

std::optional<CurveKey> peer_key(zmq::message_t& message) {
  const char* user_id = zmq_msg_gets(message.handle(), "User-Id");
  if (user_id == nullptr) return std::nullopt;
  const auto bytes = from_hex(user_id);
  CurveKey key;
  if (!bytes || bytes->size() != key.size()) return std::nullopt;
  std::ranges::copy(*bytes, key.begin());
  return key;
}

tl::unexpected<Error> bind_error(const zmq::error_t& e, const std::string& address) {
  switch (e.num()) {
    case EADDRINUSE: return fail(Errc::Busy, address + " is in use", "bind");
    case EADDRNOTAVAIL:
    case ENODEV:
    case EINVAL: return fail(Errc::BadFormat, address + " is not of this machine", "bind");
    case EACCES: return fail(Errc::Denied, address + ": ports below 1024 need a privilege", "bind");
    default: return fail(Errc::Unsupported, address + ": " + e.what(), "bind");
  }
}

}  // namespace

Result<std::unique_ptr<Binder>> Binder::open(zmq::context_t& context, const CurveKeyPair& own,
                                             const LinkOptions& options, const ZapGate& gate) {
  try {
    zmq::socket_t socket = server_socket(context, own, options);
    socket.bind(options.bind);
    return std::unique_ptr<Binder>(new Binder(std::move(socket), options.idle, gate));
  } catch (const zmq::error_t& e) {
    return bind_error(e, options.bind);
  }
}

Binder::Binder(zmq::socket_t socket, std::chrono::milliseconds idle, const ZapGate& gate)
    : socket_(std::make_unique<zmq::socket_t>(std::move(socket))),
      address_(socket_->get(zmq::sockopt::last_endpoint)),
      idle_(idle),
      gate_(gate) {}

Binder::~Binder() { close(); }

// Unbinding frees the port now; closing would do it when ZeroMQ gets round to it.
void Binder::close() {
  if (!socket_) return;
  zmq_unbind(socket_->handle(), address_.c_str());
  socket_.reset();
}

void* Binder::handle() const { return socket_ ? socket_->handle() : nullptr; }

void Binder::receive(SteadyTime now, Intake& in) {
  if (socket_ && !gate_.running()) {
    drop_all(now, in);
    close();
    in.events.push_back(ListeningEnded{});
  }
  while (socket_ && !in.full()) {
    auto message = read();
    if (!message) return;
    in.count(message->frame.size());
    take(std::move(*message), now, in);
  }
}

// One whole message; ZeroMQ hands out a message only when all its parts have come.
std::optional<Binder::Message> Binder::read() {
  zmq::message_t part;
  if (!socket_->recv(part, zmq::recv_flags::dontwait)) return std::nullopt;
  Message message;
  message.route = part.to_string();
  while (part.more()) {
    if (!socket_->recv(part)) break;
    if (++message.parts > 1) continue;
    message.key = peer_key(part);
    message.frame = bytes_of(part);
  }
  return message;
}

void Binder::take(Message message, SteadyTime now, Intake& in) {
  if (!message.key) return;  // nobody vouches for the sender
  auto known = by_route_.find(message.route);
  if (known == by_route_.end()) {
    if (!gate_.allows(*message.key)) return say_goodbye(message.route);
    admit(message, now, in);
    known = by_route_.find(message.route);
  }
  const LinkId link = known->second;
  Peer& peer = peers_.at(link);
  if (peer.key != *message.key) return;
  peer.heard = now;
  if (peer.dropped) return say_goodbye(peer.route);
  if (message.parts != 1 || message.frame.empty() || message.frame.size() > kLinkFrameBytesMax) {
    return drop(link, now, in);
  }
  in.events.push_back(LinkFrame{link, std::move(message.frame)});
}

LinkId Binder::admit(const Message& message, SteadyTime now, Intake& in) {
  make_room(*message.key, in);
  const LinkId link = next_link_id();
  peers_[link] = Peer{message.route, *message.key, now};
  by_route_[message.route] = link;
  in.events.push_back(LinkUp{link, *message.key, false});
  return link;
}

void Binder::make_room(const CurveKey& key, Intake& in) {
  const auto same = [&](const auto& entry) { return entry.second.key == key; };
  if (std::ranges::count_if(peers_, same) < kLinksPerKeyMax) return;
  auto oldest = peers_.end();
  for (auto it = peers_.begin(); it != peers_.end(); ++it) {
    if (!same(*it)) continue;
    if (oldest == peers_.end() || it->second.heard < oldest->second.heard) oldest = it;
  }
  say_goodbye(oldest->second.route);
  forget(oldest->first, in);
}

bool Binder::send(LinkId link, ByteView frame, SteadyTime now, Intake& in) {
  const auto found = peers_.find(link);
  if (!socket_ || found == peers_.end() || found->second.dropped) return false;
  switch (try_send(found->second.route, frame)) {
    case Sent::Yes: return true;
    case Sent::Full: drop(link, now, in); return false;
    case Sent::Gone: forget(link, in); return false;
  }
  return false;
}

Binder::Sent Binder::try_send(const std::string& route, ByteView frame) {
  try {
    const auto flags = zmq::send_flags::sndmore | zmq::send_flags::dontwait;
    if (!socket_->send(zmq::buffer(route), flags)) return Sent::Full;
    // The route is chosen and has room, so the frame follows without waiting.
    socket_->send(zmq::buffer(frame.data(), frame.size()), zmq::send_flags::dontwait);
    return Sent::Yes;
  } catch (const zmq::error_t&) {
    return Sent::Gone;  // EHOSTUNREACH, by ROUTER_MANDATORY
  }
}

void Binder::say_goodbye(const std::string& route) {
  if (socket_) static_cast<void>(try_send(route, {}));
}

void Binder::drop(LinkId link, SteadyTime now, Intake& in) {
  const auto found = peers_.find(link);
  if (found == peers_.end() || found->second.dropped) return;
  found->second.dropped = true;
  found->second.heard = now;
  in.events.push_back(LinkDown{link});
  say_goodbye(found->second.route);
}

void Binder::drop_all(SteadyTime now, Intake& in) {
  for (const auto& [link, peer] : peers_) drop(link, now, in);
}

void Binder::drop_refused(SteadyTime now, Intake& in) {
  for (const auto& [link, peer] : peers_) {
    if (!gate_.allows(peer.key)) drop(link, now, in);
  }
}

void Binder::end_idle(SteadyTime now, Intake& in) {
  std::vector<LinkId> gone;
  for (const auto& [link, peer] : peers_) {
    if (now - peer.heard < idle_) continue;
    if (peer.dropped) {
      gone.push_back(link);
    } else {
      drop(link, now, in);
    }
  }
  for (const LinkId link : gone) forget(link, in);
}

void Binder::forget(LinkId link, Intake& in) {
  const auto found = peers_.find(link);
  if (!found->second.dropped) in.events.push_back(LinkDown{link});
  by_route_.erase(found->second.route);
  peers_.erase(found);
}

}  // namespace yizhan::node
