#include "node/net/dialer.h"

#include <sodium.h>

#include <algorithm>
#include <zmq.hpp>

#include "node/net/monitor.h"
#include "node/net/sockets.h"

namespace yizhan::node {
namespace {

// A link that held this long was no quick refusal: the next wait is the shortest again.
constexpr std::chrono::seconds kSteady{10};

// Half of the delay, and a random part of the other half: stations that lost their district
// together do not come back together.
std::chrono::milliseconds jittered(std::chrono::milliseconds delay) {
  const auto half = delay / 2;
  return half + std::chrono::milliseconds(
                    randombytes_uniform(static_cast<std::uint32_t>(half.count()) + 1));
}

}  // namespace

struct Dialer::Call {
  Call(zmq::context_t& context, const CurveKeyPair& own, const LinkOptions& options, SteadyTime now)
      : link(next_link_id()),
        since(now),
        socket(client_socket(context, own, options.dial_key, options)),
        monitor(context, socket) {
    socket.connect(options.dial);
  }

  LinkId link;
  SteadyTime since;
  bool up = false;
  zmq::socket_t socket;
  Monitor monitor;
};

Dialer::Dialer(zmq::context_t& context, const CurveKeyPair& own, const LinkOptions& options)
    : context_(context), own_(own), options_(options) {}

Dialer::~Dialer() = default;

std::vector<void*> Dialer::handles() const {
  if (!call_) return {};
  return {call_->socket.handle(), call_->monitor.handle()};
}

bool Dialer::up(LinkId link) const { return call_ && call_->up && call_->link == link; }

// A call has one handshake interval to reach the peer and one for the handshake itself.
SteadyTime Dialer::due() const {
  if (!call_) return next_call_;
  return call_->up ? SteadyTime::max() : call_->since + 2 * options_.handshake;
}

void Dialer::act(SteadyTime now, Intake& in) {
  if (now < due()) return;
  if (call_) return end(now, in);
  dial(now);
}

void Dialer::dial(SteadyTime now) {
  try {
    call_ = std::make_unique<Call>(context_, own_, options_, now);
  } catch (const zmq::error_t&) {
    wait_before_next(now, false);  // out of sockets: as good as unreachable
  }
}

void Dialer::receive(SteadyTime now, Intake& in) {
  if (!call_) return;
  const bool connected = take_reports(in);
  const bool orderly = take_frames(in);
  if (!connected || !orderly) end(now, in);
}

bool Dialer::take_reports(Intake& in) {
  while (const auto report = call_->monitor.next()) {
    if (*report != Monitor::Report::Connected) return false;
    call_->up = true;
    in.events.push_back(LinkUp{call_->link, options_.dial_key, true});
  }
  return true;
}

bool Dialer::take_frames(Intake& in) {
  zmq::message_t message;
  while (call_->up && !in.full() && call_->socket.recv(message, zmq::recv_flags::dontwait)) {
    in.count(message.size());
    if (message.more() || message.size() == 0 || message.size() > kLinkFrameBytesMax) return false;
    in.events.push_back(LinkFrame{call_->link, bytes_of(message)});
  }
  return true;
}

bool Dialer::send(LinkId link, ByteView frame, SteadyTime now, Intake& in) {
  if (!up(link)) return false;
  const auto buffer = zmq::buffer(frame.data(), frame.size());
  if (call_->socket.send(buffer, zmq::send_flags::dontwait)) return true;
  end(now, in);
  return false;
}

void Dialer::drop(LinkId link, SteadyTime now, Intake& in) {
  if (up(link)) end(now, in);
}

void Dialer::drop_all(SteadyTime now, Intake& in) {
  if (call_) drop(call_->link, now, in);
}

void Dialer::end(SteadyTime now, Intake& in) {
  const bool was_steady = call_->up && now - call_->since >= kSteady;
  if (call_->up) in.events.push_back(LinkDown{call_->link});
  call_.reset();
  wait_before_next(now, was_steady);
}

void Dialer::wait_before_next(SteadyTime now, bool was_steady) {
  delay_ = was_steady ? options_.redial_min
                      : std::clamp(2 * delay_, options_.redial_min, options_.redial_max);
  next_call_ = now + jittered(delay_);
}

}  // namespace yizhan::node
