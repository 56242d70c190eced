#include "tests/cut/over_sockets.h"

#include "tests/cut/in_memory.h"

namespace yizhan::cut {
namespace {

using namespace std::chrono_literals;
using node::test::within_patience;

constexpr auto kPause = 2ms;
constexpr int kUncut = 3;
constexpr auto kQuiet = 30ms;
// Of one booking on the wire: compressed, and its key row.
constexpr std::size_t kBookingBytes = 170;
constexpr std::size_t kBookings = kPayloadBytes / kBookingBytes;

std::uint16_t port_of(const std::string& address) {
  return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

}  // namespace

OverSockets::OverSockets() {
  start();
  for (int i = 0; i < kUncut; ++i) whole_ = std::max(whole_, cut_after(SIZE_MAX).passed);
}

void OverSockets::start() {
  hub_ = nodes_.start_hub(true);
  hub_->certify(nodes_.city.hub.certificate);
  hub_->certify(nodes_.member.certificate);
  proxy_ = std::make_unique<CuttingProxy>(port_of(nodes_.address));
  nodes_.address = "tcp://127.0.0.1:" + std::to_string(proxy_->port());
  nodes_.station_link.redial_min = 5ms;
  nodes_.station_link.redial_max = 20ms;
  station_ = nodes_.start_station(true);
  if (!within_patience([&] { return station_->has_key(nodes_.scope); }, kPause)) {
    throw Broken("the station does not get its key");
  }
}

void OverSockets::book() {
  owed_ =
      station_->ask<std::vector<crdt::ChangeId>>([this](node::Core& core, sync::Effects& effects) {
        std::vector<crdt::ChangeId> written;
        for (std::size_t i = 0; i < kBookings; ++i) {
          const auto one = core.engine.write(core.wall, core.mono,
                                             node::test::booking(nodes_.scope, ++number_), effects);
          if (one) written.push_back(one->id);
        }
        return written;
      });
  if (owed_.size() != kBookings) throw Broken("a booking was refused");
}

void OverSockets::expect_equal() {
  const crdt::ChangeId last = owed_.back();
  if (!within_patience([&] { return station_->rung(last) == sync::Rung::Received; }, kPause)) {
    throw Broken("after " + std::to_string(proxy_->passed()) + " bytes it does not go on");
  }
  for (const crdt::ChangeId& one : owed_) {
    if (!hub_->holds(nodes_.scope, one)) throw Broken("a booking did not arrive");
  }
  if (hub_->state_root(nodes_.scope) != station_->state_root(nodes_.scope)) {
    throw Broken("the states differ");
  }
}

// Until nothing passes any more: both have said that they are done. Gives what has passed.
std::size_t OverSockets::settle() {
  for (std::size_t before = 0;;) {
    const std::size_t passed = proxy_->passed();
    if (passed == before) return passed;
    before = passed;
    std::this_thread::sleep_for(kQuiet);
  }
}

OverSockets::Exchange OverSockets::cut_after(std::size_t bytes) {
  proxy_->refuse();
  book();
  proxy_->pass(bytes);
  expect_equal();
  const Exchange done{settle(), proxy_->was_cut()};
  return done;
}

}  // namespace yizhan::cut
