// The end of a day: who is left is asked about, and nobody is dropped.
#include "node/app/day_close.h"

#include "node/app/complaint_desk.h"
#include "node/app/slip_desk.h"
#include "node/app/slip_words.h"
#include "node/app/visit_tally.h"
#include "tests/node/app/station.h"

namespace yizhan::node::test {
namespace {

struct Evening : Station {
  Evening() { set_clock(today(), 17 * 60 + 50); }

  Result<crdt::Dot> close(WithLeft with_left, const std::string& key = "") {
    return work(
        [&](const DeskContext& at) { return DayCloseDesk(at).close(intent(key), with_left); });
  }
  DayClose seen(bool durable = true) {
    const auto day = work([&](const DeskContext& at) {
      return show_day_close({at.engine, at.reads, at.wall, at.policy}, today(), durable);
    });
    BOOST_REQUIRE_MESSAGE(day.has_value(), (day ? "" : day.error().detail));
    return *day;
  }
  Result<crdt::Dot> spoil(const std::string& number, bool spoiled = true) {
    return work([&](const DeskContext& at) { return spoil_form(at, intent(), {number, spoiled}); });
  }
  Result<crdt::Dot> enter(const std::string& number) {
    NewAppointment wish = appointment("17:30");
    wish.occurred_at = city.station->wall();
    wish.paper_number = number;
    return book(wish);
  }
  // given used spoiled left, of each lot
  std::string stock() {
    std::string out;
    for (const FormStock& lot : seen().forms) {
      out += (out.empty() ? "" : ", ") + std::to_string(lot.given) + " " +
             std::to_string(lot.used) + " " + std::to_string(lot.spoiled) + " " +
             std::to_string(lot.left);
    }
    return out;
  }
  std::uint64_t saved() { return city.station->engine().delivery().saved; }
};

BOOST_FIXTURE_TEST_SUITE(day_close_test, Evening)

BOOST_AUTO_TEST_CASE(a_day_without_anyone_left_is_closed_and_the_machine_may_go_off) {
  BOOST_TEST(!seen().safe_to_power_off);
  BOOST_TEST(refusal(close(WithLeft::CarryOver)) == "accepted");
  const DayClose closed = seen();
  BOOST_TEST(closed.safe_to_power_off);
  BOOST_TEST(closed.closed_at->value == city.station->wall().value);
  BOOST_TEST(!seen(false).safe_to_power_off);  // the last commit did not hold
  const auto before = saved();
  wait(5);
  BOOST_TEST(refusal(close(WithLeft::ToldByPhone)) == "accepted");
  BOOST_TEST(saved() == before);  // I3
  BOOST_TEST(seen().closed_at->value == closed.closed_at->value);
  verify_lists();
}

BOOST_AUTO_TEST_CASE(who_is_left_comes_first_on_the_next_open_day) {
  took();
  const std::string missed = took();
  BOOST_REQUIRE(call(1, missed).has_value());
  BOOST_REQUIRE(at_window(1, [&](VisitDesk& desk, const Seat& seat) {
                  return desk.miss(intent(), seat, missed);
                }).has_value());
  BOOST_TEST(seen().left.size() == 2U);
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  BOOST_TEST(seen().left.empty());
  BOOST_TEST(waiting() == "");
  const std::int64_t day = today();
  set_clock(day + 1, 9 * 60);
  const std::string elder = took(Priority::Elder);
  const std::string walk_in = took();
  BOOST_TEST(shown(walk_in).ticket == "A003");  // the numbers of those carried over stay theirs
  BOOST_TEST(waiting(1) == "A001 A002 B001 A003");
  BOOST_TEST(shown(missed).business_date == date_text(day + 1));
  BOOST_TEST(shown(missed).calls == 0);
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST((shown(elder).state == State::Waiting));
  verify_lists();
}

BOOST_AUTO_TEST_CASE(the_number_of_who_was_carried_over_is_not_given_out_again_after_a_rebuild) {
  took();
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  verify_lists();
  BOOST_TEST(shown(took()).ticket == "A002");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(over_a_weekend_by_booking_only_they_wait_for_the_first_day_open_to_all) {
  const std::int64_t day = today();
  set_clock(day + (6 - weekday(day)), 16 * 60);  // a Saturday; Sunday is by booking only
  const std::string left = took();
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  BOOST_TEST(shown(left).business_date == date_text(next_open_day(policy, today())));
  BOOST_TEST(next_open_day(policy, today()) > today() + 1);
}

BOOST_AUTO_TEST_CASE(who_was_told_by_phone_is_gone_with_that_reason) {
  const std::string left = took();
  BOOST_REQUIRE(close(WithLeft::ToldByPhone).has_value());
  BOOST_TEST((shown(left).state == State::Left));
  BOOST_TEST(seen().safe_to_power_off);
}

BOOST_AUTO_TEST_CASE(nobody_at_a_window_is_closed_away_I2) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST(refusal(close(WithLeft::CarryOver)) == "Conflict serving");
  BOOST_TEST(seen().left.size() == 1U);
  BOOST_REQUIRE(start(1, first).has_value());
  BOOST_TEST(refusal(close(WithLeft::ToldByPhone)) == "Conflict serving");
  BOOST_REQUIRE(finish(1, first).has_value());
  BOOST_TEST(refusal(close(WithLeft::CarryOver)) == "accepted");
}

BOOST_AUTO_TEST_CASE(many_are_left_and_none_is_forgotten) {
  for (int i = 0; i < 65; ++i) took();
  BOOST_TEST(seen().left.size() == 65U);
  BOOST_REQUIRE(close(WithLeft::CarryOver, "once").has_value());
  const auto before = saved();
  BOOST_REQUIRE(close(WithLeft::CarryOver, "once").has_value());
  BOOST_TEST(saved() == before);
  BOOST_TEST(seen().left.empty());
  set_clock(today() + 1, 9 * 60);
  BOOST_TEST(queue().waiting.size() == 65U);
}

BOOST_AUTO_TEST_CASE(who_comes_after_the_close_opens_the_question_again) {
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  wait(3);
  took();
  BOOST_TEST(!seen().safe_to_power_off);
  BOOST_REQUIRE(close(WithLeft::ToldByPhone).has_value());
  BOOST_TEST(seen().closed_at->value == city.station->wall().value);
  BOOST_TEST(seen().safe_to_power_off);
}

BOOST_AUTO_TEST_CASE(people_of_earlier_days_are_asked_about_too) {
  took();
  set_clock(today() + 1, 17 * 60);
  BOOST_REQUIRE(seen().left.size() == 1U);
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  BOOST_TEST(seen().left.empty());
}

BOOST_AUTO_TEST_CASE(who_is_carried_over_took_the_ticket_on_the_day_that_is_closed) {
  took();
  took();
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  BOOST_TEST(seen().counts.walk_in == 2);
  set_clock(today() + 1, 9 * 60);
  took();
  BOOST_TEST(seen().counts.walk_in == 1);
}

BOOST_AUTO_TEST_CASE(a_night_at_home_is_no_wait_I3) {
  const std::string id = took();
  BOOST_REQUIRE(close(WithLeft::CarryOver).has_value());
  set_clock(today() + 1, 9 * 60);
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(start(1, id).has_value());
  BOOST_REQUIRE(finish(1, id).has_value());
  const auto tally =
      work([&](const DeskContext& at) { return tally_visits(at.reads, at.own_biz(), today()); });
  BOOST_REQUIRE(tally.has_value());
  BOOST_TEST(tally->finished == 1);
  BOOST_TEST(tally->waited == 0);
}

BOOST_AUTO_TEST_CASE(the_counts_of_the_day) {
  const std::int64_t day = today();
  set_clock(day, 9 * 60);
  const std::string came = booked("09:30");
  const std::string gone = booked("10:00");
  booked("10:30");
  BOOST_REQUIRE(bookings([&](AppointmentDesk& desk) {
                  return desk.cancel(intent(), {gone, "client_request"});
                }).has_value());
  const std::string first = record_id(check_in(came)->visit);
  wait(20);
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(start(1, first).has_value());
  BOOST_REQUIRE(finish(1, first).has_value());
  took();
  set_clock(day, 18 * 60);
  const DayCloseCounts counts = seen().counts;
  BOOST_TEST(counts.booked == 3);
  BOOST_TEST(counts.arrived == 1);
  BOOST_TEST(counts.cancelled == 1);
  BOOST_TEST(counts.finished == 1);
  BOOST_TEST(counts.walk_in == 1);
  BOOST_TEST(counts.unrated == 1);
  BOOST_TEST(*seen().pending >= 0);
}

BOOST_AUTO_TEST_CASE(blank_forms_are_cashed_up_lot_by_lot) {
  BOOST_TEST(stock() == "");
  const auto first = forms(3);
  const auto second = forms(2);
  BOOST_TEST(stock() == "3 0 0 3, 2 0 0 2");
  BOOST_TEST(seen().forms[0].first == first[0]);
  BOOST_TEST(seen().forms[0].last == first[2]);
  BOOST_REQUIRE(enter(first[0]).has_value());
  BOOST_REQUIRE(spoil(first[1]).has_value());
  BOOST_TEST(stock() == "3 1 1 1, 2 0 0 2");
  BOOST_REQUIRE(spoil(first[2]).has_value());
  BOOST_TEST(stock() == "2 0 0 2");  // all of the first are accounted for
  set_clock(today() + 1, 9 * 60);
  BOOST_TEST(stock() == "2 0 0 2");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_form_is_entered_or_spoiled_and_a_mistake_is_mended) {
  const auto numbers = forms(2);
  BOOST_REQUIRE(spoil(numbers[0]).has_value());
  const auto before = saved();
  BOOST_TEST(refusal(spoil(numbers[0])) == "accepted");
  BOOST_TEST(saved() == before);
  BOOST_TEST(refusal(enter(numbers[0])) == "Conflict paper_number.spoiled");
  BOOST_TEST(refusal(spoil(numbers[0], false)) == "accepted");
  BOOST_TEST(refusal(enter(numbers[0])) == "accepted");
  BOOST_TEST(refusal(spoil(numbers[0])) == "Conflict paper_number");
  BOOST_TEST(refusal(spoil(shown_appointment(booked("17:30")).number)) == "NotFound paper_number");
  BOOST_TEST(refusal(spoil("17")) == "BadFormat paper_number");
  BOOST_TEST(stock() == "2 1 0 1");
}

BOOST_AUTO_TEST_CASE(complaints_count_for_the_day_on_which_they_were_taken_in) {
  const auto complain = [&] {
    NewComplaint wish;
    wish.occurred_at = city.station->wall();
    wish.text = "上午排队两个小时";
    wish.anonymous = true;
    BOOST_REQUIRE(work([&](const DeskContext& at) {
                    return ComplaintDesk(at).complain(intent(), wish);
                  }).has_value());
  };
  set_clock(today(), 24 * 60 - 1);
  complain();
  BOOST_TEST(seen().counts.complaints == 1);
  set_clock(today() + 1, 0);
  BOOST_TEST(seen().counts.complaints == 0);
  for (int taken = 0; taken < 65; ++taken) complain();  // more than are read at once
  BOOST_TEST(seen().counts.complaints == 65);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
