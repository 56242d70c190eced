#include "node/net/zap_gate.h"

#include <pthread.h>

#include <algorithm>
#include <zmq.hpp>

#include "crdt/base/bytes.h"
#include "node/net/sockets.h"

namespace yizhan::node {
namespace {

constexpr const char* kAddress = "inproc://zeromq.zap.01";  // fixed by RFC 27
constexpr const char* kThreadName = "zap-gate";             // as the system's tools show it

// Frames of a CURVE request, in order.
enum Field { Version, RequestId, Domain, Address, Identity, Mechanism, ClientKey, FieldCount };

std::vector<std::string> receive_all(zmq::socket_t& socket) {
  std::vector<std::string> parts;
  zmq::message_t part;
  do {
    if (!socket.recv(part)) break;
    parts.push_back(part.to_string());
  } while (part.more());
  return parts;
}

void send_all(zmq::socket_t& socket, const std::vector<std::string>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool more = i + 1 < parts.size();
    socket.send(zmq::buffer(parts[i]), more ? zmq::send_flags::sndmore : zmq::send_flags::none);
  }
}

}  // namespace

Result<std::unique_ptr<ZapGate>> ZapGate::start(zmq::context_t& context,
                                                std::function<void()> on_end) {
  try {
    auto handler = std::make_unique<zmq::socket_t>(plain_socket(context, ZMQ_REP));
    handler->bind(kAddress);
    return std::unique_ptr<ZapGate>(new ZapGate(std::move(handler), std::move(on_end)));
  } catch (const zmq::error_t& e) {
    if (e.num() == EADDRINUSE) {
      return fail(Errc::Busy, "this process already has a ZAP handler", "bind");
    }
    return fail(Errc::Unsupported, std::string("no ZAP handler: ") + e.what(), "bind");
  }
}

ZapGate::ZapGate(std::unique_ptr<zmq::socket_t> handler, std::function<void()> on_end)
    : handler_(std::move(handler)), on_end_(std::move(on_end)), thread_([this] { run(); }) {}

ZapGate::~ZapGate() { stop(); }

void ZapGate::stop() {
  stop_.raise();
  if (thread_.joinable()) thread_.join();
}

void ZapGate::set_allowed(const std::vector<CurveKey>& keys, bool others) {
  std::set<CurveKey> usable;
  std::ranges::copy_if(keys, std::inserter(usable, usable.end()), usable_curve_key);
  const std::lock_guard lock(mutex_);
  allowed_ = std::move(usable);
  others_ = others;
}

bool ZapGate::allows(const CurveKey& key) const {
  const std::lock_guard lock(mutex_);
  return allowed_.contains(key) || (others_ && usable_curve_key(key));
}

void ZapGate::run() {
  pthread_setname_np(pthread_self(), kThreadName);
  try {
    zmq::pollitem_t items[] = {{handler_->handle(), 0, ZMQ_POLLIN, 0},
                               {nullptr, stop_.fd(), ZMQ_POLLIN, 0}};
    while (true) {
      zmq::poll(items, 2, std::chrono::milliseconds(-1));
      if (items[1].revents != 0) break;
      answer_one();
    }
    handler_->unbind(kAddress);  // at once, where closing would do it some time later
  } catch (const std::exception&) {
    // Closing the socket below is what makes this safe: without a handler everyone is refused.
  }
  handler_.reset();
  running_ = false;
  if (on_end_) on_end_();
}

void ZapGate::answer_one() {
  const std::vector<std::string> request = receive_all(*handler_);
  const std::string id = request.size() > RequestId ? request[RequestId] : "";
  CurveKey key{};
  if (admits(request, key)) {
    send_all(*handler_, {"1.0", id, "200", "OK", to_hex(key), ""});
  } else {
    send_all(*handler_, {"1.0", id, "400", "unknown key", "", ""});
  }
}

bool ZapGate::admits(const std::vector<std::string>& request, CurveKey& key) const {
  if (request.size() != FieldCount || request[Version] != "1.0" || request[Mechanism] != "CURVE" ||
      request[ClientKey].size() != key.size()) {
    return false;
  }
  std::ranges::copy(view(request[ClientKey]), key.begin());
  return allows(key);
}

}  // namespace yizhan::node
