// Arrivals and visits over the shipped engine and a real SQLite file.
#include <set>

#include "node/app/window_view.h"
#include "tests/node/app/station.h"

namespace yizhan::node::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(queue_test, Station)

BOOST_AUTO_TEST_CASE(a_walk_in_is_called_served_and_finished) {
  const std::string id = took();
  BOOST_TEST(shown(id).ticket == "A001");
  BOOST_TEST(*shown(id).masked_name == "测**");
  BOOST_TEST((shown(id).state == State::Waiting));
  wait(5);
  BOOST_TEST(record_id(*call(2)) == id);
  const Visit called = shown(id);
  BOOST_TEST((called.state == State::Called));
  BOOST_TEST(*called.window == 2);
  BOOST_TEST(called.calls == 1);
  BOOST_TEST(refusal(start(1, id)) == "Conflict id");
  BOOST_TEST(refusal(start(2, id)) == "accepted");
  BOOST_TEST((shown(id).period == Period::Regular));
  BOOST_TEST(refusal(finish(2, id)) == "accepted");
  const Visit over = shown(id);
  BOOST_TEST((over.state == State::Finished));
  BOOST_TEST((over.outcome == Outcome::Done));
  BOOST_TEST((over.rated == Rated::Invited));
  BOOST_TEST(queue().counts.finished == 1);
  verify_lists();
  BOOST_TEST(shown(id).ticket == "A001");
}

BOOST_AUTO_TEST_CASE(a_check_in_makes_the_visit_in_the_same_change) {
  const std::string id = booked("09:30");
  wait(20);
  const auto before = city.station->engine().delivery().saved;
  const auto came = check_in(id, "once");
  BOOST_REQUIRE(came.has_value());
  BOOST_TEST(city.station->engine().delivery().saved == before + 1);
  BOOST_TEST((life_of(id) == Life::CheckedIn));
  const Arrival arrival = told(*came);
  BOOST_TEST(arrival.visit.ticket == "A001");
  BOOST_TEST(*arrival.visit.appointment == id);
  BOOST_TEST(*arrival.visit.slot == "09:30");
  BOOST_TEST(*arrival.visit.masked_name == "测**");
  BOOST_TEST(*arrival.visit.note == "预约备注");
  BOOST_TEST((arrival.timing == Timing::OnTime));
  BOOST_TEST(!arrival.already);
  BOOST_TEST(arrival.appointment->number.size() > 10U);
  BOOST_TEST((check_in(id, "once")->visit == came->visit));
  const auto again = check_in(id);
  BOOST_TEST((again && again->already && again->visit == came->visit));
  BOOST_TEST(city.station->engine().delivery().saved == before + 1);
  verify_lists();
}

BOOST_AUTO_TEST_CASE(visit_and_appointment_move_together) {
  const std::string appointment = booked("09:30");
  wait(20);
  const std::string id = record_id(check_in(appointment)->visit);
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST((life_of(appointment) == Life::CheckedIn));
  BOOST_REQUIRE(start(1, id).has_value());
  BOOST_TEST((life_of(appointment) == Life::InService));
  BOOST_REQUIRE(finish(1, id).has_value());
  BOOST_TEST((life_of(appointment) == Life::Fulfilled));
  const auto again = check_in(appointment);
  BOOST_TEST((again && again->already));
}

BOOST_AUTO_TEST_CASE(finishing_an_appointment_closes_its_visit) {
  const std::string appointment = booked("09:30");
  const auto early =
      arrivals([&](ArrivalDesk& desk) { return desk.finish(intent(), appointment); });
  BOOST_TEST(refusal(early) == "Conflict ");
  const std::string id = record_id(check_in(appointment)->visit);
  BOOST_REQUIRE(arrivals([&](ArrivalDesk& desk) { return desk.finish(intent(), appointment); }));
  BOOST_TEST((shown(id).state == State::Finished));
  BOOST_TEST(waiting() == "");
}

BOOST_AUTO_TEST_CASE(an_appointment_that_is_finished_without_a_start_counts_for_its_period) {
  const std::string appointment = booked("12:30");
  set_clock(today(), 12 * 60 + 30);
  const std::string id = record_id(check_in(appointment)->visit);
  BOOST_REQUIRE(arrivals([&](ArrivalDesk& desk) { return desk.finish(intent(), appointment); }));
  BOOST_REQUIRE(shown(id).period.has_value());
  BOOST_TEST((*shown(id).period == Period::Noon));
  BOOST_TEST(queue().counts.off_hours == 1);
}

BOOST_AUTO_TEST_CASE(early_late_and_other_days_are_told) {
  const std::string early = booked("10:30");
  const Arrival first = told(*check_in(early));
  BOOST_TEST((first.timing == Timing::Early));
  BOOST_TEST(first.ready_at->value == wall_at({today(), 10 * 60 + 15}).value);
  BOOST_TEST(refusal(call(1)) == "NotFound queue");
  BOOST_TEST(queue(1).waiting.front().ready_at.has_value());
  const std::string late = booked("09:00");
  wait(22);
  const Arrival second = told(*check_in(late));
  BOOST_TEST((second.timing == Timing::Late));
  BOOST_TEST(second.late_min == 22);
  BOOST_TEST(record_id(*call(1)) == second.visit.id);
}

BOOST_AUTO_TEST_CASE(a_window_serves_one_person_at_a_time_I2) {
  const std::string first = took();
  took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST(refusal(call(1)) == "Conflict serving");
  BOOST_REQUIRE(start(1, first).has_value());
  BOOST_TEST(refusal(call(1)) == "Conflict serving");
  BOOST_TEST(refusal(call(2, first)) == "Conflict id");
  BOOST_REQUIRE(call(2).has_value());
  BOOST_TEST(waiting() == "");
}

BOOST_AUTO_TEST_CASE(who_is_missed_may_return_and_waits_behind_others) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_TEST(refusal(at_window(1, [&](VisitDesk& desk, const Seat& seat) {
               return desk.recall(intent(), seat, first);
             })) == "Throttled calls");
  BOOST_REQUIRE(at_window(1, [&](VisitDesk& desk, const Seat& seat) {
                  return desk.miss(intent(), seat, first);
                }).has_value());
  const std::string second = took();
  BOOST_REQUIRE(at_window(1, [&](VisitDesk& desk, const Seat&) {
                  return desk.give_back(intent(), first);
                }).has_value());
  BOOST_TEST(queue(1).waiting.size() == 2U);
  BOOST_TEST(record_id(*call(1)) == second);
}

BOOST_AUTO_TEST_CASE(a_case_rests_and_goes_on_where_a_window_is_free_I2) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(start(1, first).has_value());
  BOOST_REQUIRE(at_window(1, [&](VisitDesk& desk, const Seat& seat) {
                  return desk.hold(intent(), seat, {first, "回家取户口本"});
                }).has_value());
  took();
  BOOST_REQUIRE(call(1).has_value());
  const auto resume = [&](std::int64_t window) {
    return at_window(window, [&](VisitDesk& desk, const Seat& seat) {
      return desk.resume(intent(), seat, first);
    });
  };
  BOOST_TEST(refusal(resume(1)) == "Conflict serving");
  BOOST_REQUIRE(resume(2).has_value());
}

BOOST_AUTO_TEST_CASE(who_is_sent_to_another_window_is_called_there_and_nowhere_else) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  const auto send = [&](std::int64_t to) {
    return at_window(1, [&](VisitDesk& desk, const Seat& seat) {
      return desk.transfer(intent(), seat, {first, to});
    });
  };
  BOOST_TEST(refusal(send(1)) == "Conflict to_window");
  BOOST_REQUIRE(send(2).has_value());
  BOOST_TEST(refusal(call(1)) == "NotFound queue");
  BOOST_TEST(record_id(*call(2)) == first);
}

BOOST_AUTO_TEST_CASE(who_was_sent_to_a_window_that_closes_is_called_by_any_other) {
  const std::string first = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(start(1, first).has_value());
  BOOST_REQUIRE(at_window(1, [&](VisitDesk& desk, const Seat& seat) {
                  return desk.transfer(intent(), seat, {first, 2});
                }).has_value());
  BOOST_TEST(waiting(1) == "");
  WindowEdit closing;
  closing.number = 2;
  closing.closed = true;
  BOOST_REQUIRE(work([&](const DeskContext& at) {
                  return change_window(at, intent(), closing);
                }).has_value());
  BOOST_TEST(waiting(1) == "A001");
  BOOST_TEST(record_id(*call(1)) == first);
}

BOOST_AUTO_TEST_CASE(a_call_under_one_key_calls_one_person) {
  const std::string first = took();
  took();
  BOOST_TEST(record_id(*call(1, {}, "once")) == first);
  BOOST_TEST(record_id(*call(1, {}, "once")) == first);
  BOOST_TEST(waiting() == "A002");
}

BOOST_AUTO_TEST_CASE(tickets_are_unique_through_restart_midnight_and_a_clock_that_steps_back_I2) {
  BOOST_TEST(shown(took()).ticket == "A001");
  BOOST_TEST(shown(took(Priority::Elder)).ticket == "B001");
  const std::int64_t day = today();
  city.station->close();
  city.station->open(false);
  BOOST_TEST(shown(took()).ticket == "A002");
  set_clock(day, 23 * 60 + 59);
  BOOST_TEST(shown(took()).ticket == "A003");
  wait(1);
  const std::string next = took();
  BOOST_TEST(shown(next).ticket == "A001");
  BOOST_TEST(shown(next).business_date == date_text(day + 1));
  set_clock(day, 12 * 60);
  BOOST_TEST(shown(took()).ticket == "A004");
  BOOST_REQUIRE(rebuild(city.station->store()).has_value());
  BOOST_TEST(shown(took()).ticket == "A005");
  set_clock(day + 1, 8 * 60);
  BOOST_TEST(shown(took()).ticket == "A002");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(people_of_earlier_days_stay_visible_and_are_not_called) {
  took();
  const std::int64_t day = today();
  set_clock(day + 1, 9 * 60);
  took();
  const Queue seen = queue(1);
  BOOST_TEST(seen.waiting.size() == 1U);
  BOOST_REQUIRE(seen.left_over.size() == 1U);
  BOOST_TEST(record_id(*call(1)) == seen.waiting.front().id);
}

BOOST_AUTO_TEST_CASE(a_window_is_shown_with_who_sits_there_and_whom_they_serve) {
  took();
  BOOST_REQUIRE(call(2).has_value());
  const auto rows = *work([&](const DeskContext& at) {
    return show_windows({at.engine, at.reads, at.wall, at.policy, 0}, seats);
  });
  BOOST_REQUIRE(rows.size() == 2U);
  BOOST_TEST(rows[1].number == 2);
  BOOST_TEST(*rows[1].ticket == "A001");
  BOOST_TEST(*rows[1].held_by == "王敏");
  BOOST_TEST((rows[1].state == WindowState::Open));
  const auto change = [&](const WindowEdit& edit) {
    return refusal(work([&](const DeskContext& at) { return change_window(at, intent(), edit); }));
  };
  BOOST_TEST(change({2, {}, std::vector<std::string>{"社会保障"}, true}) == "accepted");
  BOOST_TEST(change({2, "社保专窗", {}, {}}) == "accepted");
  BOOST_TEST(change({2, {}, std::vector<std::string>{"无此类"}, {}}) == "BadFormat groups");
  BOOST_TEST(change({9, "x", {}, {}}) == "NotFound number");
  const auto taken = work([&](const DeskContext& at) {
    return add_window(at, intent(), {2, "又一个", {}});
  });
  BOOST_TEST(refusal(taken) == "Conflict number");
  const auto again = *work([&](const DeskContext& at) {
    return show_windows({at.engine, at.reads, at.wall, at.policy, 0}, seats);
  });
  BOOST_TEST((again[1].state == WindowState::Closed));
  BOOST_TEST((again[1].groups == std::vector<std::string>{"社会保障"}));
  BOOST_TEST(again[1].name == "社保专窗");
}

BOOST_AUTO_TEST_CASE(late_entries_of_another_day_are_the_leads) {
  NewVisit wish;
  wish.item = "SB-0101";
  wish.occurred_at = wall_at({today(), 8 * 60 + 40});
  const auto came = ticket(wish);
  BOOST_REQUIRE(came.has_value());
  const Visit visit = shown(record_id(came->visit));
  BOOST_TEST(visit.late_entry);
  BOOST_TEST(visit.arrived_at.value == wish.occurred_at->value);
  wish.occurred_at = wall_at({today() - 1, 8 * 60 + 40});
  BOOST_TEST(refusal(ticket(wish)) == "Denied occurred_at_ms");
  clerk.role = StaffRole::Lead;
  BOOST_TEST(refusal(ticket(wish)) == "accepted");
  wish.occurred_at = wall_at({today(), 9 * 60 + 2});
  BOOST_TEST(refusal(ticket(wish)) == "BadFormat occurred_at_ms");
  wish.occurred_at = wall_at({today() - policy.booking.late_entry_days_lead, 0});
  BOOST_TEST(refusal(ticket(wish)) == "accepted");
  wish.occurred_at->value -= 1;
  BOOST_TEST(refusal(ticket(wish)) == "Denied occurred_at_ms");
}

BOOST_AUTO_TEST_CASE(a_hand_written_ticket_has_the_number_of_a_form_that_was_printed_and_once) {
  const auto numbers = forms(2);
  NewVisit wish;
  wish.item = "SB-0101";
  wish.paper_number = numbers[0];
  BOOST_TEST(refusal(ticket(wish)) == "BadFormat occurred_at_ms");
  wish.occurred_at = wall_at({today(), 8 * 60 + 40});
  BOOST_TEST(refusal(ticket(wish)) == "accepted");
  BOOST_TEST(refusal(ticket(wish)) == "Conflict paper_number");
  NewAppointment booking = appointment("10:00");
  booking.occurred_at = wish.occurred_at;
  booking.paper_number = numbers[0];
  BOOST_TEST(refusal(book(booking)) == "Conflict paper_number");
  wish.paper_number = shown_appointment(booked("10:00")).number;
  BOOST_TEST(refusal(ticket(wish)) == "NotFound paper_number");
  wish.paper_number = "17";
  BOOST_TEST(refusal(ticket(wish)) == "BadFormat paper_number");
  wish.paper_number = numbers[1];
  BOOST_TEST(refusal(ticket(wish)) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_hand_written_visit_counts_for_its_own_day_and_never_waits) {
  const auto numbers = forms(3);
  NewVisit wish;
  wish.item = "SB-0101";
  wish.name = "测试一";
  wish.occurred_at = wall_at({today(), 8 * 60 + 40});
  wish.paper_number = numbers[0];
  wish.outcome = Outcome::Consulted;
  const auto came = ticket(wish);
  BOOST_REQUIRE_MESSAGE(came.has_value(), (came ? "" : came.error().detail));
  const Visit visit = shown(record_id(came->visit));
  BOOST_TEST((visit.state == State::Finished));
  BOOST_TEST((visit.outcome == Outcome::Consulted));
  BOOST_TEST((visit.rated == Rated::NotRated));
  BOOST_TEST(visit.finished_at->value == wish.occurred_at->value);
  BOOST_TEST(!visit.started_at.has_value());
  BOOST_TEST((visit.period == Period::Regular));
  BOOST_TEST(visit.late_entry);
  BOOST_TEST(queue().waiting.empty());
  BOOST_TEST(queue().counts.finished == 1);
  BOOST_TEST(!queue().counts.average_min.has_value());
  clerk.role = StaffRole::Lead;
  wish.paper_number = numbers[1];
  wish.occurred_at = wall_at({today() - 1, 12 * 60 + 40});
  const auto before = ticket(wish);
  BOOST_REQUIRE_MESSAGE(before.has_value(), (before ? "" : before.error().detail));
  const Visit yesterday = shown(record_id(before->visit));
  BOOST_TEST(yesterday.business_date == date_text(today() - 1));
  BOOST_TEST(yesterday.ticket == "A001");
  BOOST_TEST(queue().counts.finished == 1);
  BOOST_TEST(queue().left_over.empty());
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_form_of_a_visit_reaches_back_as_far_as_the_policy_lets) {
  const auto numbers = forms(2);
  NewVisit wish;
  wish.item = "SB-0101";
  wish.paper_number = numbers[0];
  wish.occurred_at = wall_at({today() - policy.booking.late_entry_days - 1, 9 * 60});
  BOOST_TEST(refusal(ticket(wish)) == "Denied occurred_at_ms");
  wish.occurred_at = wall_at({today() - policy.booking.late_entry_days, 9 * 60});
  BOOST_TEST(refusal(ticket(wish)) == "accepted");
  BOOST_TEST(queue().waiting.size() == 1U);  // not served yet: waits by the time on the form
  NewVisit over;
  over.item = "SB-0101";
  over.outcome = Outcome::Done;
  BOOST_TEST(refusal(ticket(over)) == "BadFormat outcome");
}

BOOST_AUTO_TEST_CASE(nobody_is_called_held_or_sent_around_beyond_what_the_policy_allows) {
  const std::string id = took();
  const auto act = [&](auto use) { return refusal(at_window(1, use)); };
  const auto recall = [&](VisitDesk& desk, const Seat& seat) {
    return desk.recall(intent(), seat, id);
  };
  BOOST_REQUIRE(call(1).has_value());
  for (std::int64_t calls = 1; calls < policy.queue.calls_max; ++calls) {
    wait(1);
    BOOST_TEST(act(recall) == "accepted");
  }
  wait(1);
  BOOST_TEST(act(recall) == "LimitExceeded calls");
  BOOST_REQUIRE(start(1, id).has_value());
  const auto hold = [&](VisitDesk& desk, const Seat& seat) {
    return desk.hold(intent(), seat, {id, ""});
  };
  const auto resume = [&](VisitDesk& desk, const Seat& seat) {
    return desk.resume(intent(), seat, id);
  };
  for (std::int64_t holds = 0; holds < policy.queue.holds_max; ++holds) {
    BOOST_TEST(act(hold) == "accepted");
    BOOST_TEST(act(resume) == "accepted");
  }
  BOOST_TEST(act(hold) == "LimitExceeded holds");
  std::int64_t window = 1;
  const auto send = [&] {
    const std::int64_t to = 3 - window;
    return refusal(at_window(window, [&](VisitDesk& desk, const Seat& seat) {
      return desk.transfer(intent(), seat, {id, to});
    }));
  };
  for (std::int64_t sent = 0; sent < policy.queue.transfers_max; ++sent) {
    BOOST_TEST(send() == "accepted");
    window = 3 - window;
    BOOST_REQUIRE(call(window).has_value());
    BOOST_REQUIRE(start(window, id).has_value());
  }
  BOOST_TEST(send() == "LimitExceeded transfers");
  BOOST_TEST((shown(id).state == State::InService));
}

// So that who destroys a person's key destroys all that was written of them.
BOOST_AUTO_TEST_CASE(why_a_case_rests_is_encrypted_under_the_key_of_its_person) {
  const auto keys_of = [&](const std::string& id) {
    std::set<crdt::Dot> found;
    const auto state = StoreReads(city.station->store()).entity(city.scope, *parse_record_id(id));
    for (const crdt::RegSibling& sibling : (*state)->regs) {
      const auto* ref = std::get_if<crdt::PersonalRef>(&sibling.value);
      if (ref != nullptr) found.insert((*state)->blob(sibling.dot, *ref)->key);
    }
    return found;
  };
  const std::string id = took();
  BOOST_REQUIRE(call(1).has_value());
  BOOST_REQUIRE(start(1, id).has_value());
  BOOST_REQUIRE(at_window(1, [&](VisitDesk& desk, const Seat& seat) {
                  return desk.hold(intent(), seat, {id, "回家取户口本"});
                }).has_value());
  BOOST_TEST(keys_of(id).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_note_on_a_visit_stands_before_that_of_its_appointment) {
  const auto note = [&](const std::string& id, std::optional<std::string> text) {
    return refusal(visits([&](VisitDesk& desk) { return desk.note(intent(), {id, text}); }));
  };
  const std::string id = record_id(check_in(booked("09:00"))->visit);
  BOOST_TEST(*shown(id).note == "预约备注");
  BOOST_TEST(note(id, "行动不便，子女陪同") == "accepted");
  BOOST_TEST(*shown(id).note == "行动不便，子女陪同");
  BOOST_TEST(note(id, {}) == "accepted");
  BOOST_TEST(*shown(id).note == "预约备注");
  const auto saved = city.station->engine().delivery().saved;
  BOOST_TEST(note(id, "") == "accepted");  // there is nothing to remove
  BOOST_TEST(city.station->engine().delivery().saved == saved);
  const std::string walk_in = took();
  BOOST_TEST(note(walk_in, "材料不齐") == "accepted");
  BOOST_TEST(*shown(walk_in).note == "材料不齐");
  BOOST_TEST(note(walk_in, {}) == "accepted");
  BOOST_TEST(!shown(walk_in).note.has_value());
  BOOST_TEST(note("nosuch", "x") == "NotFound id");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(wrong_fields_of_a_walk_in_are_named) {
  const auto changed = [&](auto change) {
    NewVisit wish;
    wish.item = "SB-0101";
    change(wish);
    return refusal(ticket(wish));
  };
  BOOST_TEST(changed([](NewVisit& w) { w.item = "XX"; }) == "BadFormat item");
  BOOST_TEST(changed([](NewVisit& w) { w.name = " "; }) == "BadFormat name");
  BOOST_TEST(changed([](NewVisit& w) { w.phone = "12"; }) == "BadFormat phone");
  BOOST_TEST(changed([](NewVisit& w) {
               w.document = Document{"passport", ""};
             }) == "BadFormat document.number");
  BOOST_TEST(changed([](NewVisit&) {}) == "accepted");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
