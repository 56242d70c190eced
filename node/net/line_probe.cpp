#include "node/net/line_probe.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <zmq.hpp>

#include "node/net/monitor.h"
#include "node/net/sockets.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kTcp = "tcp://";

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Addresses addresses_of(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  addrinfo wanted{};
  wanted.ai_family = AF_INET;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (colon != std::string::npos) {
    const std::string host = address.substr(0, colon);
    const std::string port = address.substr(colon + 1);
    if (::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0) found = nullptr;
  }
  return {found, &::freeaddrinfo};
}

LineState state_of(int error) {
  switch (error) {
    case 0: return LineState::Answers;
    case ECONNREFUSED: return LineState::Refused;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EACCES:
    case EPERM: return LineState::NoRoute;
    default: return LineState::NoAnswer;
  }
}

LineState connected(int fd, const addrinfo& to, std::chrono::milliseconds limit) {
  if (::connect(fd, to.ai_addr, to.ai_addrlen) == 0) return LineState::Answers;
  if (errno != EINPROGRESS) return state_of(errno);
  pollfd waiting{fd, POLLOUT, 0};
  if (::poll(&waiting, 1, static_cast<int>(limit.count())) != 1) return LineState::NoAnswer;
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return LineState::NoAnswer;
  return state_of(error);
}

}  // namespace

const char* name(LineState state) {
  switch (state) {
    case LineState::Answers: return "answers";
    case LineState::NoName: return "no_name";
    case LineState::Refused: return "refused";
    case LineState::NoRoute: return "no_route";
    case LineState::NoAnswer: return "no_answer";
    case LineState::NoProof: return "no_proof";
  }
  return "no_answer";
}

LineState probe_tcp(const std::string& address, std::chrono::milliseconds limit) {
  const Addresses found = addresses_of(address);
  if (!found) return LineState::NoName;
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return LineState::NoRoute;
  const LineState state = connected(fd, *found, limit);
  ::close(fd);
  return state;
}

LineState probe_line(const LinkOptions& options, std::chrono::milliseconds limit) {
  const LineState tcp = probe_tcp(options.dial.substr(kTcp.size()), limit);
  if (tcp != LineState::Answers) return tcp;
  const auto own = curve_keypair_from_secret(options.secret);
  if (!own) return LineState::NoProof;
  try {
    zmq::context_t& context = process_context();
    zmq::socket_t caller = client_socket(context, *own, options.dial_key, options);
    Monitor monitor(context, caller);
    caller.connect(options.dial);
    zmq::pollitem_t item{monitor.handle(), 0, ZMQ_POLLIN, 0};
    zmq::poll(&item, 1, limit);
    return monitor.next() == Monitor::Report::Connected ? LineState::Answers : LineState::NoProof;
  } catch (const zmq::error_t&) {
    return LineState::NoAnswer;
  }
}

}  // namespace yizhan::node
