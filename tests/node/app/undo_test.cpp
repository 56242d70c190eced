// What a clerk takes back within ten seconds, and what is left of it.
#include "node/app/day_close.h"
#include "node/app/record_history.h"
#include "node/app/undo_desk.h"
#include "tests/node/app/station.h"

namespace yizhan::node::test {
namespace {

constexpr std::int64_t kSecondMs = 1000;

struct UndoStation : Station {
  UndoStation() { clerk.login = "wangmin"; }

  Result<crdt::Dot> undo(const std::string& id, const std::string& key = "") {
    return undo_as(clerk, id, key);
  }
  Result<crdt::Dot> undo_as(const StaffMember& staff, const std::string& id,
                            const std::string& key = "") {
    return work([&](const DeskContext& at) {
      Intent wish = intent(key);
      wish.staff = staff;
      return UndoDesk(at).undo(wish, id);
    });
  }
  Undone undone(const std::string& id) {
    const auto told =
        work([&](const DeskContext& at) { return UndoDesk(at).show(*parse_record_id(id)); });
    BOOST_REQUIRE_MESSAGE(told.has_value(), (told ? "" : told.error().detail));
    return *told;
  }
  // Everything of a visit that people see, in one text.
  std::string face(const std::string& id) {
    const Visit v = shown(id);
    const auto time = [](const std::optional<WallMs>& at) {
      return at ? std::to_string(at->value) : std::string("-");
    };
    const auto number = [](const std::optional<std::int64_t>& n) {
      return n ? std::to_string(*n) : std::string("-");
    };
    return v.ticket + " " + std::to_string(static_cast<int>(v.state)) + " " + number(v.window) +
           " " + std::to_string(v.calls) + " " + time(v.called_at) + " " + time(v.started_at) +
           " " + time(v.finished_at) + " " + v.hold_reason.value_or("-") + " " +
           std::to_string(v.period ? static_cast<int>(*v.period) : 0) + " " +
           std::to_string(v.outcome ? static_cast<int>(*v.outcome) : 0) + " " +
           std::to_string(v.rated ? static_cast<int>(*v.rated) : 0) + " " + v.business_date;
  }
  // Does `act` and takes it back: everything must be as before, and nothing forgotten.
  template <class Do>
  void there_and_back(const std::string& id, Act act, Do act_of_clerk) {
    const std::string before = face(id);
    const std::string order = waiting();
    const auto saved = city.station->engine().delivery().saved;
    wait_ms(20 * kSecondMs);
    BOOST_REQUIRE_MESSAGE(refusal(act_of_clerk()) == "accepted", static_cast<int>(act));
    BOOST_TEST(face(id) != before);
    wait_ms(2 * kSecondMs);
    BOOST_TEST(refusal(undo(id)) == "accepted");
    BOOST_TEST((undone(id).act == act));
    BOOST_TEST(face(id) == before);
    BOOST_TEST(waiting() == order);
    BOOST_TEST(city.station->engine().delivery().saved == saved + 2);
  }
  auto at_one(Result<crdt::Dot> (VisitDesk::*act)(const Intent&, const Seat&, const std::string&),
              const std::string& id) {
    return at_window(
        1, [&](VisitDesk& desk, const Seat& seat) { return (desk.*act)(intent(), seat, id); });
  }
  Result<crdt::Dot> hold(const std::string& id, const std::string& reason) {
    return at_window(1, [&](VisitDesk& desk, const Seat& seat) {
      return desk.hold(intent(), seat, {id, reason});
    });
  }
  Result<crdt::Dot> transfer(const std::string& id) {
    return at_window(1, [&](VisitDesk& desk, const Seat& seat) {
      return desk.transfer(intent(), seat, {id, 2});
    });
  }
  std::vector<HistoryRow> history(const std::string& id) {
    const auto changes = work([&](const DeskContext& at) {
      return history_of(at.engine.streams(), at.reads, {at.own_biz(), *parse_record_id(id)});
    });
    std::vector<HistoryRow> rows;
    for (const RecordChange& change : *changes) rows.push_back(change.row);
    return rows;
  }
};

BOOST_FIXTURE_TEST_SUITE(undo_test, UndoStation)

BOOST_AUTO_TEST_CASE(every_act_at_a_window_leads_back_to_where_it_began) {
  const std::string first = took();
  took();
  there_and_back(first, Act::Call, [&] { return call(1); });
  BOOST_REQUIRE(call(1).has_value());
  there_and_back(first, Act::Miss, [&] { return at_one(&VisitDesk::miss, first); });
  there_and_back(first, Act::Start, [&] { return start(1, first); });
  BOOST_REQUIRE(start(1, first).has_value());
  there_and_back(first, Act::Hold, [&] { return hold(first, "回家取户口本"); });
  there_and_back(first, Act::Transfer, [&] { return transfer(first); });
  there_and_back(first, Act::Finish, [&] { return finish(1, first); });
  verify_lists();
}

BOOST_AUTO_TEST_CASE(who_was_missed_returns_and_is_called_again_and_back) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(at_one(&VisitDesk::miss, first).has_value());
  there_and_back(first, Act::Call, [&] { return call(1, first); });
  BOOST_REQUIRE(
      visits([&](VisitDesk& desk) { return desk.give_back(intent(), first); }).has_value());
  there_and_back(first, Act::Leave, [&] {
    return visits(
        [&](VisitDesk& desk) { return desk.leave(intent(), first, LeaveReason::ClientLeft); });
  });
  there_and_back(first, Act::Leave, [&] {
    return visits(
        [&](VisitDesk& desk) { return desk.leave(intent(), first, LeaveReason::CarriedOver); });
  });
}

BOOST_AUTO_TEST_CASE(what_came_last_is_taken_back_though_its_stamp_counts_for_nothing) {
  city.hang_up();
  city.hub->now = city.station->now;  // the hub has come to the same day
  city.hub->engine().judge_clock(sync::ClockWorth::Unconfirmed);
  city.connect();
  city.run(3 * kSecondMs);
  const std::string id = took();
  city.station->ahead_ms = 3600 * kSecondMs;
  BOOST_REQUIRE(call(1).has_value());
  city.run(2 * kSecondMs);
  const auto state = StoreReads(city.station->store()).entity(city.scope, *parse_record_id(id));
  BOOST_REQUIRE(((*state)->life.size() == 1 && (*state)->life.front().hlc == crdt::Hlc{}));
  BOOST_TEST(refusal(undo(id)) == "accepted");
  BOOST_TEST((undone(id).act == Act::Call));
}

BOOST_AUTO_TEST_CASE(the_appointment_moves_back_with_its_visit) {
  const std::string appointment = booked("09:00");
  const std::string id = record_id(check_in(appointment)->visit);
  BOOST_REQUIRE(call(1).has_value());
  there_and_back(id, Act::Start, [&] { return start(1, id); });
  BOOST_TEST((life_of(appointment) == Life::CheckedIn));
  BOOST_REQUIRE(start(1, id).has_value());
  there_and_back(id, Act::Finish, [&] { return finish(1, id); });
  BOOST_TEST((life_of(appointment) == Life::InService));
}

BOOST_AUTO_TEST_CASE(a_ticket_that_was_taken_back_never_was_and_its_number_stays_used) {
  const std::string id = took();
  BOOST_REQUIRE(undo(id).has_value());
  BOOST_TEST((undone(id).act == Act::TakeTicket));
  BOOST_TEST(waiting() == "");
  BOOST_TEST(queue().counts.finished == 0);
  BOOST_TEST(shown(took()).ticket == "A002");
  BOOST_TEST(refusal(undo(id)) == "Expired id");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(printing_the_ticket_does_not_close_the_way_back) {
  const std::string id = took();
  BOOST_REQUIRE(work([&](const DeskContext& at) {
                  const auto visit = find_visit(at.engine, at.reads, id);
                  sync::Draft draft = empty_draft(visit->place.scope);
                  RecordEdit(visit->place.dot, *visit->state)
                      .set(VisitField::RatingToken, Bytes(16, 7))
                      .into(draft);
                  return IntentWriter(at).write(intent(), std::move(draft), visit->place.dot);
                }).has_value());
  BOOST_TEST(refusal(undo(id)) == "accepted");
  BOOST_TEST(waiting() == "");
}

BOOST_AUTO_TEST_CASE(a_check_in_taken_back_by_either_name_may_be_done_again) {
  for (const bool by_visit : {false, true}) {
    const std::string appointment = booked("09:30");
    const std::string id = record_id(check_in(appointment)->visit);
    BOOST_REQUIRE(undo(by_visit ? id : appointment).has_value());
    const Undone told = undone(by_visit ? id : appointment);
    BOOST_TEST((told.act == Act::CheckIn));
    BOOST_TEST(*told.appointment == appointment);
    BOOST_TEST((life_of(appointment) == Life::Confirmed));
    const auto again = check_in(appointment);
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST(!again->already);
    BOOST_TEST(record_id(again->visit) != id);
  }
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_booking_taken_back_frees_its_place_and_stays_in_the_log) {
  policy.booking.regular_capacity = 1;
  policy.booking.walkin_reserve_percent = 0;
  const std::string id = booked("10:00");
  BOOST_TEST(refusal(book(appointment("10:00"))) == "NoCapacity window");
  BOOST_REQUIRE(undo(id).has_value());
  BOOST_TEST((undone(id).act == Act::Book));
  const Appointment gone = shown_appointment(id);
  BOOST_TEST((gone.life == Life::CancelledByClient));
  BOOST_TEST(*gone.cancel_reason == "undone");
  BOOST_TEST(refusal(book(appointment("10:00"))) == "accepted");
  const auto rows = history(id);
  BOOST_REQUIRE(rows.size() == 2U);
  BOOST_TEST((rows[0].life == Life::Confirmed));
  BOOST_TEST((rows[1].life == Life::CancelledByClient));
  BOOST_TEST((rows[1].fields == std::vector<std::string>{"cancel_reason", "taken_back"}));
}

BOOST_AUTO_TEST_CASE(a_late_entry_taken_back_gives_its_form_back) {
  NewAppointment wish = appointment("09:30");
  wish.occurred_at = city.station->wall();
  wish.paper_number = forms(1)[0];
  const auto first = book(wish);
  BOOST_REQUIRE(first.has_value());
  wish.document.number = "P77";
  BOOST_TEST(refusal(book(wish)) == "Conflict paper_number");
  BOOST_REQUIRE(undo(record_id(*first)).has_value());
  BOOST_TEST(refusal(book(wish)) == "accepted");
}

BOOST_AUTO_TEST_CASE(cancel_and_reschedule_are_taken_back_while_the_place_is_free_I3) {
  policy.booking.regular_capacity = 1;
  policy.booking.walkin_reserve_percent = 0;
  const std::string id = booked("10:00");
  const auto cancel = [&] {
    return bookings([&](AppointmentDesk& desk) {
      return desk.cancel(intent(), {id, "client_request"});
    });
  };
  const auto to = [&](const std::string& window) {
    return bookings([&](AppointmentDesk& desk) {
      return desk.reschedule(intent(), {id, date_text(today()), window});
    });
  };
  BOOST_REQUIRE(cancel().has_value());
  BOOST_REQUIRE(undo(id).has_value());
  BOOST_TEST((undone(id).act == Act::Cancel));
  BOOST_TEST((life_of(id) == Life::Confirmed));
  BOOST_TEST(!shown_appointment(id).cancel_reason.has_value());
  BOOST_REQUIRE(to("10:30").has_value());
  BOOST_REQUIRE(undo(id).has_value());
  BOOST_TEST((undone(id).act == Act::Reschedule));
  BOOST_TEST(shown_appointment(id).window == "10:00");
  BOOST_TEST(shown_appointment(id).reschedules == 0);
  BOOST_REQUIRE(to("10:30").has_value());
  booked("10:00");
  BOOST_TEST(refusal(undo(id)) == "NoCapacity undo.window");
  wait_ms(11 * kSecondMs);
  BOOST_REQUIRE(cancel().has_value());
  booked("10:30");
  BOOST_TEST(refusal(undo(id)) == "NoCapacity undo.window");
  BOOST_TEST((life_of(id) == Life::CancelledByClient));
}

BOOST_AUTO_TEST_CASE(a_cancel_is_not_taken_back_once_the_person_booked_anew_I4) {
  const NewAppointment wish = appointment("10:00");
  const std::string id = record_id(*book(wish));
  const auto cancel = [&] {
    return bookings([&](AppointmentDesk& desk) {
      return desk.cancel(intent(), {id, "client_request"});
    });
  };
  BOOST_REQUIRE(cancel().has_value());
  NewAppointment again = wish;
  again.window = "15:00";
  const auto anew = book(again);
  BOOST_REQUIRE(anew.has_value());
  BOOST_TEST(refusal(undo(id)) == "Conflict undo.duplicate/" + record_id(*anew));
  BOOST_TEST((life_of(id) == Life::CancelledByClient));
  BOOST_REQUIRE(undo(record_id(*anew)).has_value());
  BOOST_TEST(refusal(undo(id)) == "accepted");
  BOOST_TEST((life_of(id) == Life::Confirmed));
  verify_lists();
}

BOOST_AUTO_TEST_CASE(nor_beyond_what_a_person_may_book_of_a_day_I4) {
  policy.booking.per_person_per_day = 2;
  NewAppointment wish = appointment("10:00");
  const std::string id = record_id(*book(wish));
  BOOST_REQUIRE(bookings([&](AppointmentDesk& desk) {
                  return desk.cancel(intent(), {id, "client_request"});
                }).has_value());
  for (const char* item : {"SB-0102", "MZ-0101"}) {
    wish.item = item;
    BOOST_REQUIRE(book(wish).has_value());
  }
  BOOST_TEST(refusal(undo(id)) == "LimitExceeded undo.person");
}

BOOST_AUTO_TEST_CASE(a_window_never_gets_a_second_person_back_I3) {
  const std::string first = took();
  took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(at_one(&VisitDesk::miss, first).has_value());
  BOOST_REQUIRE(call(1).has_value());
  const std::string before = face(first);
  BOOST_TEST(refusal(undo(first)) == "Conflict serving");
  BOOST_TEST(face(first) == before);
}

BOOST_AUTO_TEST_CASE(only_ones_own_last_act_within_ten_seconds_and_once_I2) {
  const std::string first = took();
  StaffMember other = clerk;
  other.id.value[0] = 10;
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST(refusal(undo_as(other, first)) == "Expired id");
  wait_ms(policy.queue.undo_s * kSecondMs);
  BOOST_TEST(refusal(undo(first)) == "accepted");
  BOOST_TEST(refusal(undo(first)) == "Expired id");
  BOOST_REQUIRE(call(1).has_value());
  wait_ms(policy.queue.undo_s * kSecondMs + 1);
  BOOST_TEST(refusal(undo(first)) == "Expired id");
  BOOST_REQUIRE(at_one(&VisitDesk::recall, first).has_value() == false);
  wait_ms(20 * kSecondMs);
  BOOST_REQUIRE(at_one(&VisitDesk::recall, first).has_value());
  BOOST_TEST(refusal(undo(first)) == "Expired id");  // a recall is heard: it is not taken back
  BOOST_TEST(refusal(undo("nosuch")) == "NotFound id");
}

BOOST_AUTO_TEST_CASE(what_came_after_on_either_record_closes_the_way_back) {
  const std::string appointment = booked("09:00");
  const std::string id = record_id(check_in(appointment)->visit);
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST(refusal(undo(appointment)) == "Expired id");
  BOOST_TEST((life_of(appointment) == Life::CheckedIn));
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_makes_no_act_young_again) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  wait(-30);
  BOOST_TEST(refusal(undo(first)) == "Expired id");
}

BOOST_AUTO_TEST_CASE(stamps_that_run_ahead_of_the_clock_do_not_close_the_way_back) {
  took();
  wait(-4);  // or a node with which it talks is four minutes ahead: stamps never go back
  const std::string first = took();
  wait_ms(policy.queue.undo_s * kSecondMs);
  BOOST_TEST(refusal(undo(first)) == "accepted");
  const std::string second = took();
  wait_ms(policy.queue.undo_s * kSecondMs + 1);
  BOOST_TEST(refusal(undo(second)) == "Expired id");
}

BOOST_AUTO_TEST_CASE(who_is_carried_over_a_second_time_is_taken_back_too) {
  const std::string id = took();
  const auto carry = [&] {
    return visits(
        [&](VisitDesk& desk) { return desk.leave(intent(), id, LeaveReason::CarriedOver); });
  };
  BOOST_REQUIRE(carry().has_value());
  set_clock(today() + 1, 9 * 60);
  there_and_back(id, Act::Leave, carry);
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_day_that_was_closed_again_is_not_taken_back) {
  const auto close = [&] {
    return work([&](const DeskContext& at) {
      return DayCloseDesk(at).close(intent(), WithLeft::ToldByPhone);
    });
  };
  BOOST_REQUIRE(close().has_value());
  const std::string id = took();
  BOOST_REQUIRE(close().has_value());
  BOOST_TEST(refusal(undo(id)) == "Expired id");
}

BOOST_AUTO_TEST_CASE(an_undo_under_one_key_is_one_undo) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(undo(first, "once").has_value());
  const auto saved = city.station->engine().delivery().saved;
  BOOST_TEST(refusal(undo(first, "once")) == "accepted");
  BOOST_TEST(city.station->engine().delivery().saved == saved);
}

BOOST_AUTO_TEST_CASE(a_reason_that_was_overwritten_comes_back_readable) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(start(1, first).has_value());
  BOOST_REQUIRE(hold(first, "等子女").has_value());
  BOOST_REQUIRE(at_one(&VisitDesk::resume, first).has_value());
  there_and_back(first, Act::Hold, [&] { return hold(first, "等社保所来电"); });
  BOOST_TEST(*shown(first).hold_reason == "等子女");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
