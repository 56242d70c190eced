// Who was expected and did not come.
#include "node/app/no_show.h"

#include "node/app/undo_desk.h"
#include "tests/node/app/station.h"

namespace yizhan::node::test {
namespace {

struct Morning : Station {
  Morning() { since = city.station->wall(); }
  std::size_t mark() {
    const auto marked = work([&](const DeskContext& at) { return mark_no_shows(at, since); });
    BOOST_REQUIRE_MESSAGE(marked.has_value(), (marked ? "" : marked.error().detail));
    return marked->size();
  }
  void at(std::int64_t minute) { set_clock(today(), minute); }
  Result<crdt::Dot> excuse(const std::string& id, const std::string& reason = "雨天路断") {
    Intent wish = intent();
    wish.staff = lead;
    return bookings([&](AppointmentDesk& desk) { return desk.excuse(wish, {id, reason}); });
  }
  Result<crdt::Dot> by_hand(const std::string& id, StaffRole role = StaffRole::Clerk) {
    Intent wish = intent();
    wish.staff.role = role;
    return bookings([&](AppointmentDesk& desk) { return desk.mark_no_show(wish, id); });
  }
  WallMs since;
};

BOOST_FIXTURE_TEST_SUITE(no_show_test, Morning)

BOOST_AUTO_TEST_CASE(after_the_window_and_the_longest_grace_and_no_sooner) {
  const std::string id = booked("09:30");
  at(10 * 60 + 29);
  BOOST_TEST(mark() == 0U);
  BOOST_TEST((life_of(id) == Life::Confirmed));
  at(10 * 60 + 30);
  BOOST_TEST(mark() == 1U);
  BOOST_TEST((life_of(id) == Life::NoShow));
  BOOST_TEST(mark() == 0U);
  verify_lists();
}

BOOST_AUTO_TEST_CASE(who_came_who_cancelled_and_who_moved_are_none) {
  const std::string came = booked("09:30");
  const std::string gone = booked("09:30");
  const std::string moved = booked("09:30");
  BOOST_REQUIRE(check_in(came).has_value());
  BOOST_REQUIRE(bookings([&](AppointmentDesk& desk) {
                  return desk.cancel(intent(), {gone, "client_request"});
                }).has_value());
  BOOST_REQUIRE(bookings([&](AppointmentDesk& desk) {
                  return desk.reschedule(intent(), {moved, date_text(today()), "15:00"});
                }).has_value());
  at(12 * 60);
  BOOST_TEST(mark() == 0U);
  at(16 * 60);
  BOOST_TEST(mark() == 1U);
  BOOST_TEST((life_of(moved) == Life::NoShow));
}

BOOST_AUTO_TEST_CASE(never_while_the_station_was_away_I1) {
  const std::string id = booked("09:30");
  since = wall_at({today(), 9 * 60 + 31});  // it came back after the window had begun
  at(12 * 60);
  BOOST_TEST(mark() == 0U);
  since = wall_at({today(), 9 * 60 + 30});
  BOOST_TEST(mark() == 1U);
  BOOST_TEST((life_of(id) == Life::NoShow));
}

BOOST_AUTO_TEST_CASE(never_while_the_station_was_closed_I1) {
  booked("09:30");
  policy.part_closures.push_back({today(), 9 * 60, 12 * 60});
  at(12 * 60);
  BOOST_TEST(mark() == 0U);
}

BOOST_AUTO_TEST_CASE(never_what_was_written_by_hand_I2) {
  NewAppointment wish = appointment("09:30");
  wish.occurred_at = city.station->wall();
  wish.paper_number = forms(1)[0];
  BOOST_REQUIRE(book(wish).has_value());
  at(12 * 60);
  BOOST_TEST(mark() == 0U);
}

BOOST_AUTO_TEST_CASE(two_nodes_agree_and_an_arrival_beats_both_I3) {
  const auto head = [](std::uint8_t node, Life life) {
    crdt::LifeHead out;
    out.dot.stream.value[0] = node;
    out.state = static_cast<crdt::LifeState>(life);
    return out;
  };
  const std::vector twice{head(1, Life::NoShow), head(2, Life::NoShow)};
  BOOST_TEST((crdt::resolve_appointment(twice) == crdt::AppointmentOutcome{Life::NoShow, 0}));
  const std::vector came{head(1, Life::NoShow), head(2, Life::CheckedIn)};
  BOOST_TEST((crdt::resolve_appointment(came) == crdt::AppointmentOutcome{Life::CheckedIn, 0}));
}

BOOST_AUTO_TEST_CASE(it_is_the_nodes_own_change_and_the_person_may_still_come) {
  const std::string id = booked("09:30");
  at(11 * 60);
  BOOST_REQUIRE(mark() == 1U);
  const auto came = check_in(id);
  BOOST_REQUIRE(came.has_value());
  BOOST_TEST((life_of(id) == Life::CheckedIn));
}

BOOST_AUTO_TEST_CASE(what_the_node_could_not_watch_is_marked_by_hand_and_no_sooner_I4) {
  const std::string id = booked("09:30");
  since = wall_at({today(), 9 * 60 + 31});
  at(10 * 60 + 29);
  BOOST_TEST(refusal(by_hand(id)) == "Conflict window");
  at(10 * 60 + 30);
  BOOST_TEST(mark() == 0U);
  BOOST_TEST(refusal(by_hand(id)) == "accepted");
  BOOST_TEST((life_of(id) == Life::NoShow));
  BOOST_TEST(refusal(by_hand(id)) == "Conflict id");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(by_hand_never_while_the_station_was_closed_I4) {
  const std::string id = booked("09:30");
  policy.part_closures.push_back({today(), 9 * 60, 12 * 60});
  at(12 * 60);
  BOOST_TEST(refusal(by_hand(id)) == "Conflict window");
}

BOOST_AUTO_TEST_CASE(another_day_is_the_leads_as_far_back_as_a_late_entry_I4) {
  const std::string id = booked("09:30");
  set_clock(today() + 1, 9 * 60);
  BOOST_TEST(refusal(by_hand(id)) == "Denied date");
  set_clock(today() + policy.booking.late_entry_days_lead, 9 * 60);
  BOOST_TEST(refusal(by_hand(id, StaffRole::Lead)) == "Denied date");
  set_clock(today() - 1, 9 * 60);
  BOOST_TEST(refusal(by_hand(id, StaffRole::Lead)) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_mark_by_hand_is_taken_back_like_any_act) {
  const std::string id = booked("09:30");
  at(12 * 60);
  BOOST_REQUIRE(by_hand(id).has_value());
  const auto undone = work([&](const DeskContext& at) { return UndoDesk(at).undo(intent(), id); });
  BOOST_TEST(refusal(undone) == "accepted");
  BOOST_TEST((life_of(id) == Life::Confirmed));
}

BOOST_AUTO_TEST_CASE(the_lead_forgives_a_no_show_and_nothing_else) {
  const std::string id = booked("09:30");
  BOOST_TEST(refusal(excuse(id)) == "Conflict id");
  at(11 * 60);
  BOOST_REQUIRE(mark() == 1U);
  BOOST_TEST(refusal(excuse(id)) == "accepted");
  BOOST_TEST((life_of(id) == Life::NoShowExcused));
  BOOST_TEST(*shown_appointment(id).excuse_reason == "雨天路断");
  BOOST_TEST(refusal(excuse(id)) == "Conflict id");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_run_begins_anew_after_a_gap_or_a_clock_set_back) {
  constexpr std::int64_t kMinute = 60'000;
  RunWatch watch;
  const WallMs start{1'790'000'000'000};
  const auto at_minute = [&](std::int64_t minutes) {
    return WallMs{start.value + minutes * kMinute};
  };
  BOOST_TEST(watch.turned(start));
  BOOST_TEST(!watch.turned({start.value + 1}));
  BOOST_TEST(watch.turned(at_minute(1)));
  BOOST_TEST(watch.since().value == start.value);
  BOOST_TEST(watch.turned(at_minute(11)));
  BOOST_TEST(watch.since().value == start.value);
  BOOST_TEST(watch.turned(at_minute(22)));
  BOOST_TEST(watch.since().value == at_minute(22).value);
  BOOST_TEST(watch.turned(at_minute(20)));
  BOOST_TEST(watch.since().value == at_minute(20).value);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
