// What becomes of the door when its guard is gone.
#include "node/net/zap_gate.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <zmq.hpp>

#include "node/net/binder.h"
#include "node/net/sockets.h"
#include "tests/node/net/two_ends.h"

namespace yizhan::node::test {
namespace {

SteadyTime now() { return std::chrono::steady_clock::now(); }

// The parts of a parent, each at hand, and a child that may come in.
struct Gate {
  Gate() {
    auto started = ZapGate::start(process_context(), [this] { told = true; });
    BOOST_REQUIRE(started.has_value());
    gate = std::move(*started);
    gate->set_allowed({key_pair(2).public_key});
    auto opened = Binder::open(process_context(), key_pair(1), parent_options(1), *gate);
    BOOST_REQUIRE(opened.has_value());
    binder = std::move(*opened);
  }
  LinkEvents received() {
    Intake in;
    binder->receive(now(), in);
    return std::move(in.events);
  }
  template <class Event>
  static std::size_t count(const LinkEvents& events) {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(),
                      [](const LinkEvent& one) { return std::holds_alternative<Event>(one); }));
  }

  std::atomic<bool> told{false};
  std::unique_ptr<ZapGate> gate;
  std::unique_ptr<Binder> binder;
};

BOOST_FIXTURE_TEST_SUITE(zap_gate_test, Gate)

BOOST_AUTO_TEST_CASE(when_the_gate_ends_so_do_all_links_and_the_address_I3) {
  const std::string address = binder->address();
  End child(child_options(2, 1, address));
  LinkEvents events;
  BOOST_REQUIRE(until({&child}, [&] {
    if (!child.ups.empty() && events.empty()) child.link().send(child.ups.front().link, Bytes{1});
    for (LinkEvent& event : received()) events.push_back(std::move(event));
    return count<LinkFrame>(events) > 0;
  }));
  const LinkId link = std::get<LinkUp>(events.front()).link;

  BOOST_TEST(gate->running());
  BOOST_TEST(!told);
  gate->stop();
  BOOST_TEST(!gate->running());
  BOOST_TEST(told);

  const LinkEvents ends = received();
  BOOST_REQUIRE(count<LinkDown>(ends) == 1U);
  BOOST_REQUIRE(count<ListeningEnded>(ends) == 1U);
  BOOST_TEST(std::holds_alternative<ListeningEnded>(ends.back()));
  BOOST_TEST(binder->handle() == nullptr);
  Intake in;
  BOOST_TEST(!binder->send(link, Bytes{1}, now(), in));
  BOOST_TEST(received().empty());  // told once

  BOOST_TEST(until({&child}, [&] { return child.downs.size() == 1; }));
  until(
      {&child}, [] { return false; }, std::chrono::milliseconds(700));
  BOOST_TEST(child.ups.size() == 1U);
  zmq::socket_t other(process_context(), zmq::socket_type::pull);
  BOOST_CHECK_NO_THROW(other.bind(address));
}

BOOST_AUTO_TEST_CASE(while_others_may_a_key_that_nobody_knows_gets_a_link) {
  gate->set_allowed({key_pair(2).public_key}, true);
  BOOST_TEST(gate->allows(key_pair(3).public_key));
  BOOST_TEST(!gate->allows(CurveKey{}));  // no key at all
  End child(child_options(3, 1, binder->address()));
  LinkEvents events;
  BOOST_REQUIRE(until({&child}, [&] {
    if (!child.ups.empty() && events.empty()) child.link().send(child.ups.front().link, Bytes{1});
    for (LinkEvent& event : received()) events.push_back(std::move(event));
    return count<LinkFrame>(events) > 0;
  }));
  BOOST_TEST((std::get<LinkUp>(events.front()).peer == key_pair(3).public_key));

  gate->set_allowed({key_pair(2).public_key});
  BOOST_TEST(!gate->allows(key_pair(3).public_key));
  Intake in;
  binder->drop_refused(now(), in);
  BOOST_TEST(count<LinkDown>(in.events) == 1U);
}

// Between the end of the gate and the next poll the address still stands.
BOOST_AUTO_TEST_CASE(who_dials_just_after_the_gate_has_ended_gets_no_link) {
  gate->stop();
  End child(child_options(2, 1, binder->address()));
  until(
      {&child}, [] { return false; }, std::chrono::milliseconds(700));
  BOOST_TEST(child.ups.empty());
  const LinkEvents ends = received();
  BOOST_TEST(ends.size() == 1U);
  BOOST_TEST(count<ListeningEnded>(ends) == 1U);
}

BOOST_AUTO_TEST_CASE(a_process_has_one_gate_and_another_when_that_has_ended) {
  const auto second = ZapGate::start(process_context(), nullptr);
  BOOST_REQUIRE(!second.has_value());
  BOOST_TEST((second.error().code == Errc::Busy));
  gate->stop();
  BOOST_TEST(ZapGate::start(process_context(), nullptr).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
