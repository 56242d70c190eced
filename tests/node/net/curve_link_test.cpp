#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "tests/node/net/two_ends.h"

namespace yizhan::node::test {
namespace {

struct Pair {
  Pair() : parent(parent_options(1)), child(child_options(2, 1, parent.link().bound_address())) {
    parent.link().set_allowed({key_pair(2).public_key});
    BOOST_REQUIRE(meet(1));
  }
  // Both have seen `times` links. Who dials speaks first: the other end learns of it by a frame.
  bool meet(std::size_t times) {
    return until({&parent, &child}, [&] {
      while (greeted < child.ups.size()) child.link().send(child.ups[greeted++].link, Bytes{0});
      std::erase_if(parent.frames, [](const LinkFrame& frame) { return frame.bytes == Bytes{0}; });
      return parent.ups.size() >= times && child.ups.size() >= times;
    });
  }

  End parent;
  End child;
  std::size_t greeted = 0;
};

std::size_t open_files() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    ++count;
  }
  return count;
}

BOOST_AUTO_TEST_SUITE(curve_link_test)

BOOST_AUTO_TEST_CASE(a_link_names_the_proven_key_and_carries_frames_in_order) {
  Pair pair;
  BOOST_TEST((pair.parent.ups.front().peer == key_pair(2).public_key));
  BOOST_TEST(!pair.parent.ups.front().dialed);
  BOOST_TEST((pair.child.ups.front().peer == key_pair(1).public_key));
  BOOST_TEST(pair.child.ups.front().dialed);
  for (std::uint8_t i = 0; i < 200; ++i) {
    BOOST_REQUIRE(pair.child.link().send(pair.child.ups.front().link, Bytes{i, 1}));
    BOOST_REQUIRE(pair.parent.link().send(pair.parent.ups.front().link, Bytes{i, 2}));
  }
  BOOST_REQUIRE(until({&pair.parent, &pair.child}, [&] {
    return pair.parent.frames.size() == 200 && pair.child.frames.size() == 200;
  }));
  for (std::uint8_t i = 0; i < 200; ++i) {
    BOOST_TEST((pair.parent.frames[i].bytes == Bytes{i, 1}));
    BOOST_TEST((pair.child.frames[i].bytes == Bytes{i, 2}));
  }
}

BOOST_AUTO_TEST_CASE(the_largest_frame_passes_whole) {
  Pair pair;
  for (const std::size_t size : {kLinkFrameBytesMax - 1, kLinkFrameBytesMax}) {
    BOOST_REQUIRE(pair.child.link().send(pair.child.ups.front().link, Bytes(size, 7)));
    BOOST_REQUIRE(until({&pair.parent, &pair.child}, [&] { return !pair.parent.frames.empty(); }));
    BOOST_TEST((pair.parent.frames.front().bytes == Bytes(size, 7)));
    pair.parent.frames.clear();
  }
}

BOOST_AUTO_TEST_CASE(a_dropped_link_goes_down_once_on_both_sides_and_is_dialed_again) {
  Pair pair;
  const LinkId first = pair.child.ups.front().link;
  pair.child.link().drop(first);
  BOOST_REQUIRE(pair.meet(2));
  BOOST_TEST(std::count(pair.child.downs.begin(), pair.child.downs.end(), first) == 1);
  BOOST_TEST(!pair.child.link().send(first, Bytes{1}));
  BOOST_TEST(pair.child.ups[1].link != first);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_no_longer_allowed_loses_its_link) {
  Pair pair;
  const LinkId link = pair.parent.ups.front().link;
  pair.parent.link().set_allowed({});
  BOOST_REQUIRE(until({&pair.parent, &pair.child}, [&] { return !pair.parent.up(link); }));
  const std::size_t before = pair.parent.ups.size();
  until(
      {&pair.parent, &pair.child}, [] { return false; }, std::chrono::milliseconds(500));
  BOOST_TEST(pair.parent.ups.size() == before);
  pair.parent.link().set_allowed({key_pair(2).public_key});
  BOOST_TEST(pair.meet(before + 1));
}

BOOST_AUTO_TEST_CASE(a_child_finds_its_parent_again_at_the_same_address) {
  auto parent = std::make_unique<End>(parent_options(1));
  const std::string address = parent->link().bound_address();
  parent->link().set_allowed({key_pair(2).public_key});
  End child(child_options(2, 1, address));
  BOOST_REQUIRE(until({parent.get(), &child}, [&] { return child.ups.size() == 1; }));
  parent.reset();
  BOOST_REQUIRE(until({&child}, [&] { return child.downs.size() == 1; }));
  parent = std::make_unique<End>(parent_options(1, address));
  parent->link().set_allowed({key_pair(2).public_key});
  BOOST_TEST(until({parent.get(), &child}, [&] { return child.ups.size() == 2; }));
}

BOOST_AUTO_TEST_CASE(an_address_in_use_is_said_so) {
  const End first(parent_options(1));
  const auto second = CurveLink::start(parent_options(3, "tcp://127.0.0.1:1"));
  BOOST_REQUIRE(!second.has_value());  // one binding link a process
  BOOST_TEST((second.error().code == Errc::Busy));
}

BOOST_AUTO_TEST_CASE(settings_that_cannot_work_are_named) {
  const auto refused = [](const LinkOptions& options) {
    const auto started = CurveLink::start(options);
    return started ? "accepted" : started.error().field;
  };
  LinkOptions options = child_options(2, 1, "tcp://127.0.0.1:7403");
  options.dial_key = {};
  BOOST_TEST(refused(options) == "dial_key");
  options.dial_key = from_z85(kPublishedPairs[1].public_key);
  BOOST_TEST(refused(options) == "dial_key");
  BOOST_TEST(refused(child_options(2, 1, "127.0.0.1")) == "dial");
  BOOST_TEST(refused(parent_options(1, "ipc:///tmp/x")) == "bind");
}

BOOST_AUTO_TEST_CASE(a_key_published_for_tests_is_no_key) {
  for (const PublishedPair& published : kPublishedPairs) {
    BOOST_TEST(!usable_curve_key(from_z85(published.public_key)));
    const auto pair = curve_keypair_from_secret(from_z85(published.secret));
    BOOST_REQUIRE(!pair.has_value());
    BOOST_TEST(pair.error().field == "secret");
  }
}

BOOST_AUTO_TEST_CASE(links_leave_no_file_behind) {
  End parent(parent_options(1));
  parent.link().set_allowed({key_pair(2).public_key});
  std::size_t before = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    if (i == 5) before = open_files();
    End child(child_options(2, 1, parent.link().bound_address()));
    BOOST_REQUIRE(until({&parent, &child}, [&] { return !child.ups.empty(); }));
  }
  BOOST_TEST(until({&parent}, [&] { return open_files() <= before + 4; }));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
