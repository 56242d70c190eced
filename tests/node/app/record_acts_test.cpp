// What is offered to a person is what the desks accept from that person.
#include "node/app/record_acts.h"

#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

using Acts = std::vector<RecordAct>;
using enum RecordAct;

struct Offered : Counter {
  Acts acts(Site& site, StaffRole role, const std::string& id) {
    const auto record = at(site, [&](AppointmentDesk& desk) { return desk.show_to(role, id); });
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
    return *record->acts;
  }
  Acts to_clerk(const std::string& id) { return acts(*city.station, StaffRole::Clerk, id); }
};

BOOST_FIXTURE_TEST_SUITE(record_acts_test, Offered)

BOOST_AUTO_TEST_CASE(a_counter_is_offered_what_the_life_of_the_record_allows_I2) {
  const std::string id = booked(1);
  BOOST_TEST((to_clerk(id) == Acts{CheckIn, Edit, Reschedule, Cancel, Print}));
  BOOST_REQUIRE(
      arrivals([&](ArrivalDesk& desk) { return desk.check_in(intent("in"), id); }).has_value());
  BOOST_TEST((to_clerk(id) == Acts{Finish, Edit, Print}));
  BOOST_REQUIRE(
      arrivals([&](ArrivalDesk& desk) { return desk.finish(intent("f"), id); }).has_value());
  BOOST_TEST((to_clerk(id) == Acts{Edit, Print}));
}

BOOST_AUTO_TEST_CASE(no_more_reschedules_are_offered_than_allowed) {
  policy.booking.max_reschedules = 0;
  BOOST_TEST((to_clerk(booked(1)) == Acts{CheckIn, Edit, Cancel, Print}));
}

BOOST_AUTO_TEST_CASE(forgiving_is_offered_to_the_lead_alone) {
  const std::string id = booked(1);
  city.station->now.value += 2 * 86'400'000;
  staff.role = StaffRole::Lead;
  BOOST_TEST((acts(*city.station, StaffRole::Lead, id) ==
              Acts{CheckIn, Edit, Reschedule, Cancel, NoShow, Print}));
  BOOST_REQUIRE(
      here([&](AppointmentDesk& desk) { return desk.mark_no_show(intent("n"), id); }).has_value());
  BOOST_TEST(
      (acts(*city.station, StaffRole::Lead, id) == Acts{CheckIn, Edit, Reschedule, Excuse, Print}));
  BOOST_TEST((to_clerk(id) == Acts{CheckIn, Edit, Reschedule, Print}));
}

BOOST_AUTO_TEST_CASE(the_city_corrects_and_does_nothing_of_a_counter_I1) {
  const std::string id = booked(1);
  city.run(4000);
  BOOST_TEST((acts(*city.hub, StaffRole::City, id) == Acts{Edit}));
  BOOST_TEST((acts(*city.station, StaffRole::District, id) == Acts{Edit}));
  staff.role = StaffRole::City;
  const auto cancel = [&](Site& site) {
    return refusal(at(site, [&](AppointmentDesk& desk) {
      return desk.cancel(intent("c"), {id, "client_request"});
    }));
  };
  BOOST_TEST(cancel(*city.hub) == "Denied role");
  staff.role = StaffRole::Clerk;
  const auto move = at(*city.hub, [&](AppointmentDesk& desk) {
    return desk.reschedule(intent("r"), {id, day, "10:00"});
  });
  BOOST_TEST(refusal(move) == "OutOfScope id");
  BOOST_TEST((shown(id).life == crdt::Appointment::Confirmed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
