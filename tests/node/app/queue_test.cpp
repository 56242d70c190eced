// Arrivals and visits over the shipped engine and a real SQLite file.
#include <boost/test/unit_test.hpp>

#include "node/app/arrival_desk.h"
#include "node/app/queue_view.h"
#include "node/app/record_id.h"
#include "node/app/visit_desk.h"
#include "node/app/window_view.h"
#include "node/policy/china_time.h"
#include "node/policy/policy_file.h"
#include "node/store/rebuild.h"
#include "node/store/store_reads.h"
#include "node/store/verify.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

using Life = crdt::Appointment;
using State = crdt::Visit;

// A station on a Tuesday morning at nine, with two windows.
struct Station {
  template <class Use>
  auto work(Use use) {
    auto result = city.station->act([&](sync::Engine& engine, SqliteStore& store, WallMs wall,
                                        MonoMs mono, sync::Effects& out) {
      const StoreReads reads(store);
      return use(DeskContext{engine, reads, policy, wall, mono, out});
    });
    city.station->commit();
    return result;
  }
  template <class Use>
  auto arrivals(Use use) {
    return work([&](const DeskContext& at) {
      ArrivalDesk desk(at);
      return use(desk);
    });
  }
  template <class Use>
  auto visits(Use use) {
    return work([&](const DeskContext& at) {
      VisitDesk desk(at);
      return use(desk);
    });
  }

  Station() : city(31) {
    city.connect();
    city.run(3000);
    clerk.id.value[0] = 9;
    clerk.display_name = "王敏";
    lead = clerk;
    lead.role = StaffRole::Lead;
    const std::int64_t today = china_moment(city.station->wall()).day;
    set_clock(today + (9 - weekday(today)) % 7, 9 * 60);
    for (const std::int64_t number : {1, 2}) {
      BOOST_REQUIRE(work([&](const DeskContext& at) {
                      return add_window(at, intent(), {number, "综合窗口", {}});
                    }).has_value());
      BOOST_REQUIRE(
          seats.open({number, "王敏", false, "seat" + std::to_string(number)}, city.station->wall())
              .has_value());
    }
  }

  void set_clock(std::int64_t day, std::int64_t minute) {
    city.station->now = {wall_at({day, minute}).value - 1'790'000'000'000};
  }
  void wait(std::int64_t minutes) { city.station->now.value += minutes * 60'000; }
  std::int64_t today() const { return china_moment(city.station->wall()).day; }

  Intent intent(const std::string& key = "") {
    return {clerk, key.empty() ? "key" + std::to_string(++keys) : key, {}};
  }
  Seat seat(std::int64_t number) const { return *seats.at(number); }

  Result<CheckedIn> ticket(const NewVisit& wish) {
    return arrivals([&](ArrivalDesk& desk) { return desk.take_ticket(intent(), wish); });
  }
  std::string took(Priority priority = Priority::None, const std::string& item = "SB-0101") {
    NewVisit wish;
    wish.item = item;
    wish.priority = priority;
    wish.name = "测试一";
    const auto came = ticket(wish);
    BOOST_REQUIRE_MESSAGE(came.has_value(), (came ? "" : came.error().detail));
    return record_id(came->visit);
  }
  std::string booked(const std::string& window) {
    const auto record = work([&](const DeskContext& at) {
      NewAppointment wish;
      wish.item = "SB-0101";
      wish.date = date_text(today());
      wish.window = window;
      wish.name = "测试二";
      wish.document = {"other", "P" + std::to_string(++people)};
      wish.channel = "window";
      wish.note = "预约备注";
      return AppointmentDesk(at).book(intent(), wish);
    });
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
    return record_id(*record);
  }
  Result<CheckedIn> check_in(const std::string& appointment, const std::string& key = "") {
    return arrivals([&](ArrivalDesk& desk) { return desk.check_in(intent(key), appointment); });
  }
  Arrival told(const CheckedIn& came) {
    const auto arrival = arrivals([&](ArrivalDesk& desk) { return desk.show(came); });
    BOOST_REQUIRE_MESSAGE(arrival.has_value(), (arrival ? "" : arrival.error().detail));
    return *arrival;
  }
  Result<crdt::Dot> call(std::int64_t window, std::optional<std::string> visit = {},
                         const std::string& key = "") {
    return visits([&](VisitDesk& desk) { return desk.call(intent(key), seat(window), visit); });
  }
  Result<crdt::Dot> start(std::int64_t window, const std::string& id) {
    return visits([&](VisitDesk& desk) { return desk.start(intent(), seat(window), id); });
  }
  template <class Use>
  Result<crdt::Dot> at_window(std::int64_t window, Use use) {
    return visits([&](VisitDesk& desk) { return use(desk, seat(window)); });
  }
  Result<crdt::Dot> finish(std::int64_t window, const std::string& id) {
    return visits([&](VisitDesk& desk) {
      return desk.finish(intent(), seat(window), id, {Outcome::Done, true});
    });
  }
  Visit shown(const std::string& id) {
    const auto visit = visits([&](VisitDesk& desk) { return desk.show(id); });
    BOOST_REQUIRE_MESSAGE(visit.has_value(), (visit ? "" : visit.error().detail));
    return *visit;
  }
  Life life_of(const std::string& appointment) {
    return work([&](const DeskContext& at) { return AppointmentDesk(at).show(appointment); })->life;
  }
  Queue queue(std::optional<std::int64_t> window = {}) {
    return *work([&](const DeskContext& at) {
      return show_queue({at.engine, at.reads, at.wall, at.policy, 0}, window);
    });
  }
  std::string waiting(std::optional<std::int64_t> window = {}) {
    std::string out;
    for (const QueueRow& row : queue(window).waiting) out += (out.empty() ? "" : " ") + row.ticket;
    return out;
  }
  void verify_lists() {
    const auto root = sync::test::make_city(31).root.public_key();
    for (int round = 0; round < 2; ++round) {
      const auto report = verify(city.station->store(), root);
      BOOST_REQUIRE(report.has_value());
      for (const VerifyFinding& one : report->findings) BOOST_ERROR(one.what + " " + one.where);
      BOOST_REQUIRE(rebuild(city.station->store()).has_value());
    }
  }

  SmallCity city;
  StaffMember clerk;
  StaffMember lead;
  Seats seats;
  int people = 0;  // who booked so far
  Policy policy = default_policy();
  int keys = 0;
};

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "accepted" : std::string(name(result.error().code)) + " " + result.error().field;
}

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
  BOOST_TEST(refusal(call(2, first)) == "Conflict visit");
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
