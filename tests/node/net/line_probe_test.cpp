// Line probe: each way in which nobody, or somebody else, answers has its name.
#include "node/net/line_probe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/node/net/two_ends.h"

namespace yizhan::node::test {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLimit{20'000};
constexpr milliseconds kShort{300};

// A port of loopback that is taken; heard or not.
class Port {
 public:
  explicit Port(bool heard) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(::bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
    if (heard) BOOST_REQUIRE(::listen(fd_, 4) == 0);
    socklen_t size = sizeof at;
    BOOST_REQUIRE(::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    address = "127.0.0.1:" + std::to_string(ntohs(at.sin_port));
  }
  ~Port() { ::close(fd_); }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;
  std::string address;

 private:
  int fd_;
};

BOOST_AUTO_TEST_SUITE(line_probe)

BOOST_AUTO_TEST_CASE(tcp_tells_who_is_not_there) {
  const std::string closed = Port(true).address;
  BOOST_TEST((probe_tcp(closed, kShort) == LineState::Refused));
  const Port heard(true);
  BOOST_TEST((probe_tcp(heard.address, kShort) == LineState::Answers));
  const Port unheard(false);
  BOOST_TEST((probe_tcp(unheard.address, kShort) == LineState::Refused));
  BOOST_TEST((probe_tcp("nowhere.invalid:7403", kShort) == LineState::NoName));
  BOOST_TEST((probe_tcp("no port", kShort) == LineState::NoName));
  const LineState far = probe_tcp("192.0.2.1:7403", kShort);  // of documentation: nobody has it
  BOOST_TEST(
      (far == LineState::NoAnswer || far == LineState::NoRoute || far == LineState::Refused));
}

BOOST_AUTO_TEST_CASE(only_the_expected_key_that_knows_ours_answers) {
  End parent(parent_options(1));
  parent.link().set_allowed({key_pair(2).public_key});
  const std::string address = parent.link().bound_address();
  BOOST_TEST((probe_line(child_options(2, 1, address), kLimit) == LineState::Answers));
  BOOST_TEST(
      (probe_line(child_options(3, 1, address), kLimit) == LineState::NoProof));  // a stranger
  LinkOptions other = child_options(2, 7, address);  // another parent than it is
  other.handshake = milliseconds(500);
  BOOST_TEST((probe_line(other, milliseconds(1'500)) == LineState::NoProof));
}

BOOST_AUTO_TEST_CASE(another_program_at_the_address_proves_nothing) {
  const Port heard(true);
  LinkOptions options = child_options(2, 1, "tcp://" + heard.address);
  BOOST_TEST((probe_line(options, kShort) == LineState::NoProof));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
