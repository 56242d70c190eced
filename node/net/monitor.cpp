#include "node/net/monitor.h"

#include <atomic>
#include <cstring>
#include <string>
#include <zmq.hpp>

#include "node/net/sockets.h"

namespace yizhan::node {
namespace {

constexpr int kEvents = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
                        ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                        ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED;

std::string fresh_address() {
  static std::atomic<std::uint64_t> count{0};
  return "inproc://yizhan.monitor." + std::to_string(++count);
}

}  // namespace

Monitor::Monitor(zmq::context_t& context, zmq::socket_t& watched)
    : watched_(watched), reports_(std::make_unique<zmq::socket_t>(context, ZMQ_PAIR)) {
  const std::string address = fresh_address();
  if (zmq_socket_monitor(watched_.handle(), address.c_str(), kEvents) != 0) throw zmq::error_t();
  reports_->set(zmq::sockopt::linger, 0);
  reports_->connect(address);
}

Monitor::~Monitor() { zmq_socket_monitor(watched_.handle(), nullptr, 0); }

std::optional<Monitor::Report> Monitor::next() {
  // Two parts: event number and value, then the address.
  zmq::message_t event, address;
  if (!reports_->recv(event, zmq::recv_flags::dontwait)) return std::nullopt;
  if (event.more()) static_cast<void>(reports_->recv(address));
  std::uint16_t number = 0;
  std::memcpy(&number, event.data(), sizeof number);
  if (number == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) return Report::Connected;
  if (number == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) return Report::Refused;
  return Report::Ended;
}

void* Monitor::handle() const { return reports_->handle(); }

}  // namespace yizhan::node
