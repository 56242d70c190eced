// Who must not get in, and what they must not be able to do to those who are in.
#include <boost/test/unit_test.hpp>
#include <zmq.hpp>

#include "node/net/self_test.h"
#include "tests/node/net/two_ends.h"

namespace yizhan::node::test {
namespace {

// A parent with one child that is in; at the end that child must still be served.
struct Door {
  Door() : parent(parent_options(1)), child(child_options(2, 1, address())) {
    parent.link().set_allowed({key_pair(2).public_key});
    BOOST_REQUIRE(until({&parent, &child}, [&] { return child.ups.size() == 1; }));
    BOOST_REQUIRE(child_is_served());  // who dials speaks first
    parent.frames.clear();
  }
  std::string address() { return parent.link().bound_address(); }
  void wait(std::chrono::milliseconds time = std::chrono::milliseconds(700)) {
    until(
        {&parent, &child}, [] { return false; }, time);
  }
  bool child_is_served() {
    if (child.ups.empty()) return false;
    const std::size_t before = parent.frames.size();
    child.link().send(child.ups.back().link, Bytes{42});
    return until({&parent, &child}, [&] {
      return parent.frames.size() > before && parent.frames.back().bytes == Bytes{42};
    });
  }

  End parent;
  End child;
};

zmq::socket_t raw_client(zmq::context_t& context, const CurveKeyPair& own, std::uint8_t server) {
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  const CurveKey theirs = key_pair(server).public_key;
  socket.set(zmq::sockopt::linger, 0);
  socket.set(zmq::sockopt::curve_publickey, zmq::const_buffer(own.public_key.data(), 32));
  socket.set(zmq::sockopt::curve_secretkey, zmq::const_buffer(own.secret.data(), 32));
  socket.set(zmq::sockopt::curve_serverkey, zmq::const_buffer(theirs.data(), 32));
  return socket;
}

void send(zmq::socket_t& socket, std::size_t size, bool more = false) {
  const Bytes bytes(size, 9);
  socket.send(
      zmq::const_buffer(bytes.data(), bytes.size()),
      more ? zmq::send_flags::sndmore | zmq::send_flags::dontwait : zmq::send_flags::dontwait);
}

BOOST_FIXTURE_TEST_SUITE(strangers_test, Door)

BOOST_AUTO_TEST_CASE(a_key_that_nobody_certified_gets_no_link) {
  End stranger(child_options(3, 1, address()));
  until(
      {&parent, &child, &stranger}, [] { return false; }, std::chrono::milliseconds(700));
  BOOST_TEST(parent.ups.size() == 1U);
  BOOST_TEST(stranger.ups.empty());
  BOOST_TEST(child_is_served());
}

BOOST_AUTO_TEST_CASE(who_expects_another_server_key_gets_no_link) {
  End confused(child_options(2, 9, address()));
  until(
      {&parent, &child, &confused}, [] { return false; }, std::chrono::milliseconds(700));
  BOOST_TEST(confused.ups.empty());
  BOOST_TEST(child_is_served());
}

BOOST_AUTO_TEST_CASE(clients_without_curve_get_no_link) {
  zmq::context_t context;
  zmq::socket_t null_client(context, zmq::socket_type::dealer);
  zmq::socket_t plain_client(context, zmq::socket_type::dealer);
  plain_client.set(zmq::sockopt::plain_username, "admin");
  plain_client.set(zmq::sockopt::plain_password, "admin");
  for (zmq::socket_t* client : {&null_client, &plain_client}) {
    client->set(zmq::sockopt::linger, 0);
    client->connect(address());
    send(*client, 10);
  }
  wait();
  BOOST_TEST(parent.ups.size() == 1U);
  BOOST_TEST(parent.frames.empty());
  BOOST_TEST(child_is_served());
}

BOOST_AUTO_TEST_CASE(an_all_zero_key_authenticates_nobody) {
  BOOST_TEST(!usable_curve_key({}));
  BOOST_TEST(!curve_keypair_from_secret({}).has_value());
  parent.link().set_allowed({key_pair(2).public_key, CurveKey{}});
  zmq::context_t context;
  zmq::socket_t zero = raw_client(context, CurveKeyPair{}, 1);
  zero.connect(address());
  send(zero, 10);
  wait();
  BOOST_TEST(parent.frames.empty());
  BOOST_TEST(child_is_served());
}

// On the list by mistake, it is left out of it: anybody could come with it.
BOOST_AUTO_TEST_CASE(a_key_published_for_tests_gets_no_link_although_it_is_listed) {
  zmq::context_t context;
  for (const PublishedPair& published : kPublishedPairs) {
    CurveKeyPair own;
    own.public_key = from_z85(published.public_key);
    own.secret = from_z85(published.secret);
    parent.link().set_allowed({key_pair(2).public_key, own.public_key});
    zmq::socket_t client = raw_client(context, own, 1);
    client.connect(address());
    send(client, 10);
    wait();
  }
  BOOST_TEST(parent.ups.size() == 1U);
  BOOST_TEST(parent.frames.empty());
  BOOST_TEST(child_is_served());
}

BOOST_AUTO_TEST_CASE(a_frame_beyond_the_limit_ends_its_link_and_no_other) {
  parent.link().set_allowed({key_pair(2).public_key, key_pair(4).public_key});
  zmq::context_t context;
  zmq::socket_t client = raw_client(context, key_pair(4), 1);
  client.connect(address());
  send(client, kLinkFrameBytesMax + 1);
  wait();
  for (const LinkFrame& frame : parent.frames) {
    BOOST_TEST(frame.bytes.size() <= kLinkFrameBytesMax);
  }
  for (std::size_t i = 1; i < parent.ups.size(); ++i) BOOST_TEST(!parent.up(parent.ups[i].link));
  BOOST_TEST(child_is_served());
}

BOOST_AUTO_TEST_CASE(a_message_of_several_parts_ends_its_link_and_no_other) {
  parent.link().set_allowed({key_pair(2).public_key, key_pair(4).public_key});
  zmq::context_t context;
  zmq::socket_t client = raw_client(context, key_pair(4), 1);
  client.connect(address());
  send(client, 10, true);
  send(client, 10);
  BOOST_TEST(until({&parent, &child}, [&] { return parent.downs.size() == 1; }));
  BOOST_TEST(parent.frames.empty());
  BOOST_TEST(child_is_served());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(self_test_test)

BOOST_AUTO_TEST_CASE(without_a_zap_handler_nothing_is_opened) {
  zmq::context_t without_handler;
  const auto proven = prove_strangers_are_refused(without_handler, parent_options(1));
  BOOST_REQUIRE(!proven.has_value());
  BOOST_TEST((proven.error().code == Errc::Unsupported));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
