#include "node/net/self_test.h"

#include <zmq.hpp>

#include "node/net/monitor.h"
#include "node/net/sockets.h"

namespace yizhan::node {
namespace {

constexpr std::chrono::milliseconds kAnswerTime{5'000};  // one handshake on loopback: 2 ms

CurveKeyPair random_pair() {
  CurveKeyPair pair;
  std::array<char, 41> printable_public{}, printable_secret{};
  if (zmq_curve_keypair(printable_public.data(), printable_secret.data()) != 0) {
    throw zmq::error_t();
  }
  zmq_z85_decode(pair.public_key.data(), printable_public.data());
  zmq_z85_decode(pair.secret.data(), printable_secret.data());
  return pair;
}

Result<void> judge(std::optional<Monitor::Report> report) {
  if (report == Monitor::Report::Refused) return {};
  if (report == Monitor::Report::Connected) {
    return fail(Errc::Unsupported, "self-test: an unknown key was let in; nothing was opened",
                "bind");
  }
  return fail(Errc::Unsupported, "self-test: the ZAP handler does not answer; nothing was opened",
              "bind");
}

}  // namespace

Result<void> prove_strangers_are_refused(zmq::context_t& context, const LinkOptions& options) {
  try {
    const CurveKeyPair door = random_pair();
    zmq::socket_t server = server_socket(context, door, options);
    server.bind("tcp://127.0.0.1:0");
    zmq::socket_t stranger = client_socket(context, random_pair(), door.public_key, options);
    Monitor monitor(context, stranger);
    stranger.connect(server.get(zmq::sockopt::last_endpoint));
    zmq::pollitem_t item{monitor.handle(), 0, ZMQ_POLLIN, 0};
    zmq::poll(&item, 1, kAnswerTime);
    return judge(monitor.next());
  } catch (const zmq::error_t& e) {
    return fail(Errc::Unsupported, std::string("self-test: ") + e.what(), "bind");
  }
}

}  // namespace yizhan::node
