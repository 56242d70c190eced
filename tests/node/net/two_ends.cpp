#include "tests/node/net/two_ends.h"

#include <zmq.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace yizhan::node::test {

CurveKeyPair key_pair(std::uint8_t seed) {
  CurveKey secret;
  secret.fill(seed);
  const auto made = curve_keypair_from_secret(secret);
  BOOST_REQUIRE(made.has_value());
  return *made;
}

CurveKey from_z85(const char* printable) {
  CurveKey key;
  BOOST_REQUIRE(zmq_z85_decode(key.data(), printable) != nullptr);
  return key;
}

End::End(const LinkOptions& options) {
  auto started = CurveLink::start(options);
  BOOST_REQUIRE_MESSAGE(started.has_value(), (started ? "" : started.error().detail));
  link_ = std::move(*started);
}

void End::poll(std::chrono::milliseconds wait) {
  for (LinkEvent& event : link_->poll(wait)) {
    if (auto* up = std::get_if<LinkUp>(&event)) ups.push_back(*up);
    if (auto* down = std::get_if<LinkDown>(&event)) downs.push_back(down->link);
    if (auto* frame = std::get_if<LinkFrame>(&event)) frames.push_back(std::move(*frame));
  }
}

bool End::up(LinkId id) const {
  const bool came =
      std::any_of(ups.begin(), ups.end(), [&](const LinkUp& up) { return up.link == id; });
  return came && std::find(downs.begin(), downs.end(), id) == downs.end();
}

LinkOptions parent_options(std::uint8_t seed, const std::string& bind) {
  LinkOptions options;
  options.secret = key_pair(seed).secret;
  options.bind = bind;
  return options;
}

LinkOptions child_options(std::uint8_t seed, std::uint8_t parent, const std::string& address) {
  LinkOptions options;
  options.secret = key_pair(seed).secret;
  options.dial = address;
  options.dial_key = key_pair(parent).public_key;
  options.handshake = std::chrono::milliseconds(5000);
  options.redial_min = std::chrono::milliseconds(50);
  options.redial_max = std::chrono::milliseconds(200);
  return options;
}

bool until(const std::vector<End*>& ends, const std::function<bool()>& holds,
           std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    for (End* one : ends) one->poll();
  }
  return true;
}

}  // namespace yizhan::node::test
