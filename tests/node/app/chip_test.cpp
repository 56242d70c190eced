#include "node/app/chip.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kAgreedMs = 3 * kDayMs;

// A station that saved so many, of which the district and the city hold so many.
NodeStatus station(std::int64_t saved, std::int64_t carried, std::int64_t received) {
  NodeStatus status;
  status.counts = RungCounts{saved, carried, received, saved - carried};
  status.connected = true;
  status.now = {1'772'446'920'000};
  status.last_contact = status.now;
  status.agreed_interval_s = kAgreedMs / 1000;
  return status;
}

NodeStatus silent_for(NodeStatus status, std::int64_t ms) {
  status.connected = false;
  status.last_contact = WallMs{status.now.value - ms};
  return status;
}

ChipState state(const NodeStatus& status) { return chip_of(status).state; }

BOOST_AUTO_TEST_SUITE(chip_test)

BOOST_AUTO_TEST_CASE(received_only_when_the_city_has_everything) {
  BOOST_TEST((state(station(0, 0, 0)) == ChipState::Received));
  BOOST_TEST((state(station(128, 128, 128)) == ChipState::Received));
  BOOST_TEST((state(station(128, 128, 127)) == ChipState::DistrictOnly));
  BOOST_TEST((state(station(128, 127, 127)) == ChipState::Sending));
  BOOST_TEST((state(station(128, 127, 90)) == ChipState::Sending));
  const Chip chip = chip_of(station(128, 120, 91));
  BOOST_TEST(*chip.pending == 8);
  BOOST_TEST(*chip.to_city == 37);
  BOOST_TEST(chip.agreed_days == 3);
}

BOOST_AUTO_TEST_CASE(offline_becomes_overdue_beyond_the_agreed_time_and_not_at_it) {
  const NodeStatus status = station(128, 91, 91);
  BOOST_TEST((state(silent_for(status, 0)) == ChipState::Offline));
  BOOST_TEST((state(silent_for(status, kAgreedMs - 1)) == ChipState::Offline));
  BOOST_TEST((state(silent_for(status, kAgreedMs)) == ChipState::Offline));
  BOOST_TEST((state(silent_for(status, kAgreedMs + 1)) == ChipState::Overdue));
  BOOST_TEST((state(silent_for(station(5, 5, 5), 60'000)) == ChipState::Offline));  // nothing due
  BOOST_TEST(chip_of(silent_for(status, 4 * kDayMs - 1)).days == 3);
  BOOST_TEST(chip_of(silent_for(status, 4 * kDayMs)).days == 4);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_makes_no_negative_silence) {
  const Chip chip = chip_of(silent_for(station(1, 0, 0), -5 * kDayMs));
  BOOST_TEST((chip.state == ChipState::Offline));
  BOOST_TEST(chip.days == 0);
}

BOOST_AUTO_TEST_CASE(never_in_contact_is_offline_without_a_time) {
  NodeStatus status = silent_for(station(1, 0, 0), 0);
  status.last_contact.reset();
  const Chip chip = chip_of(status);
  BOOST_TEST((chip.state == ChipState::Offline));
  BOOST_TEST(!chip.since.has_value());
}

BOOST_AUTO_TEST_CASE(what_was_not_counted_is_unknown_and_no_number) {
  for (const bool connected : {true, false}) {
    NodeStatus status = station(1, 0, 0);
    status.connected = connected;
    status.counts.reset();
    const Chip chip = chip_of(status);
    BOOST_TEST((chip.state == ChipState::Unknown));
    BOOST_TEST(!chip.pending.has_value());
    BOOST_TEST(!chip.to_city.has_value());
  }
}

BOOST_AUTO_TEST_CASE(cannot_save_stands_above_all_others) {
  for (NodeStatus status :
       {station(1, 1, 1), station(1, 0, 0), silent_for(station(1, 0, 0), 9 * kDayMs)}) {
    status.can_save = false;
    BOOST_TEST((state(status) == ChipState::CannotSave));
    status.counts.reset();
    BOOST_TEST((state(status) == ChipState::CannotSave));
  }
}

BOOST_AUTO_TEST_CASE(a_hub_has_nobody_above_to_be_out_of_contact_with) {
  NodeStatus status = station(3, 3, 3);
  status.role = NodeRole::Hub;
  status.connected = false;
  status.last_contact.reset();
  status.agreed_interval_s.reset();
  BOOST_TEST((state(status) == ChipState::Received));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
