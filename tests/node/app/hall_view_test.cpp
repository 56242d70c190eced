// What the screens of the hall show, over the shipped engine and a real SQLite file.
#include "node/app/hall_view.h"

#include <boost/test/unit_test.hpp>

#include "node/app/visit_desk.h"
#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

// A station on a Tuesday morning at nine; window 1 serves everything, window 2 social insurance.
struct Hall : Counter {
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
  Hall() {
    const std::int64_t today = china_moment(city.station->wall()).day;
    set_clock(today + (9 - weekday(today)) % 7, 9 * 60);
    for (const NewWindow& window :
         {NewWindow{1, "综合窗口", {}}, NewWindow{2, "社保专窗", {"社会保障"}}}) {
      BOOST_REQUIRE(work([&](const DeskContext& at) {
                      return add_window(at, next_intent(), window);
                    }).has_value());
    }
  }

  template <class Use>
  auto look(Use use) {
    auto shown = work([&](const DeskContext& at) {
      return use(HallLook{{at.engine, at.reads, at.wall, at.policy, 0}, seats, station});
    });
    BOOST_REQUIRE(shown.has_value());
    return *shown;
  }
  Display display() { return look(show_display); }
  TicketScreen tickets() { return look(show_ticket_screen); }
  EvalScreen tablet(std::int64_t window) {
    return look([&](const HallLook& at) { return show_eval_screen(at, window, key); });
  }

  void set_clock(std::int64_t date, std::int64_t minute) {
    city.station->now = {wall_at({date, minute}).value - 1'790'000'000'000};
  }
  void wait_s(std::int64_t seconds) { city.station->now.value += seconds * 1000; }
  Intent next_intent() { return intent("hall" + std::to_string(++keys)); }
  void sit(std::int64_t window) {
    const std::string seat = "seat" + std::to_string(window);
    BOOST_REQUIRE(seats.open({window, "王敏", true, seat}, city.station->wall()).has_value());
  }
  std::string came(const std::string& item = "SB-0101") {
    NewVisit wish;
    wish.item = item;
    wish.name = "测试一";
    wish.note = "备注";
    const auto visit = work(
        [&](const DeskContext& at) { return ArrivalDesk(at).take_ticket(next_intent(), wish); });
    BOOST_REQUIRE(visit.has_value());
    return record_id(visit->visit);
  }
  template <class Use>
  std::string at_window(std::int64_t window, Use use) {
    const auto visit = work([&](const DeskContext& at) {
      VisitDesk desk(at);
      return use(desk, *seats.at(window));
    });
    BOOST_REQUIRE_MESSAGE(visit.has_value(), (visit ? "" : visit.error().detail));
    return record_id(*visit);
  }
  std::string call(std::int64_t window) {
    return at_window(window, [&](VisitDesk& desk, const Seat& seat) {
      return desk.call(next_intent(), seat, std::nullopt);
    });
  }
  void start(std::int64_t window, const std::string& id) {
    at_window(window, [&](VisitDesk& desk, const Seat& seat) {
      return desk.start(next_intent(), seat, id);
    });
  }
  void miss(std::int64_t window, const std::string& id) {
    at_window(window, [&](VisitDesk& desk, const Seat& seat) {
      return desk.miss(next_intent(), seat, id);
    });
  }
  void serve(std::int64_t window, std::int64_t seconds) {
    const std::string id = call(window);
    start(window, id);
    wait_s(seconds);
    at_window(window, [&](VisitDesk& desk, const Seat& seat) {
      return desk.finish(next_intent(), seat, id, {Outcome::Done, true});
    });
  }

  Seats seats;
  RatingKey key = rating_key(Hash32{3});
  std::string station = "荫营镇便民服务中心";
  int keys = 0;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : " ") + text;
  return out;
}

const GroupChoice& group(const TicketScreen& screen, const std::string& name) {
  const auto found = std::find_if(screen.groups.begin(), screen.groups.end(),
                                  [&](const GroupChoice& one) { return one.group == name; });
  BOOST_REQUIRE((found != screen.groups.end()));
  return *found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hall_view_test, Hall)

BOOST_AUTO_TEST_CASE(the_display_follows_a_call) {
  sit(1);
  for (int i = 0; i < 3; ++i) came();
  BOOST_TEST(joined(display().next) == "A001 A002 A003");
  BOOST_TEST(display().calling.empty());
  const std::string id = call(1);
  Display shown = display();
  BOOST_REQUIRE(shown.calling.size() == 1U);
  BOOST_TEST(shown.calling[0].ticket == "A001");
  BOOST_TEST(shown.calling[0].window == 1);
  BOOST_TEST(shown.calling[0].calls == 1);
  BOOST_TEST(joined(shown.next) == "A002 A003");
  BOOST_TEST(shown.waiting == 2);
  BOOST_REQUIRE(shown.windows.size() == 2U);
  BOOST_TEST(shown.windows[0].ticket.value_or("") == "A001");
  BOOST_TEST((shown.windows[0].state == WindowState::Open));
  BOOST_TEST((shown.windows[1].state == WindowState::Paused));
  BOOST_TEST(shown.station == station);
  BOOST_TEST(shown.hotline == policy.hotline);
}

BOOST_AUTO_TEST_CASE(a_call_stays_for_a_while_though_the_person_is_served_I2) {
  sit(1);
  came();
  start(1, call(1));
  BOOST_TEST(display().calling.size() == 1U);
  wait_s(kCallShownMs / 1000 - 2);
  BOOST_TEST(display().calling.size() == 1U);
  wait_s(2);
  BOOST_TEST(display().calling.empty());
  BOOST_TEST(display().windows[0].ticket.value_or("") == "A001");
}

BOOST_AUTO_TEST_CASE(a_call_that_nobody_took_back_last_evening_is_not_shown) {
  sit(1);
  came();
  call(1);
  wait_s(3600);
  BOOST_TEST(display().calling.size() == 1U);
  wait_s(std::int64_t{24} * 3600);
  BOOST_TEST(display().calling.empty());
}

BOOST_AUTO_TEST_CASE(lists_stop_at_what_a_screen_holds) {
  sit(1);
  for (std::size_t i = 0; i < kMissedMax + kNextMax + 2; ++i) came();
  for (std::size_t i = 0; i <= kMissedMax; ++i) {
    miss(1, call(1));
    wait_s(1);
  }
  const Display shown = display();
  BOOST_TEST(shown.missed.size() == kMissedMax);
  BOOST_TEST(shown.missed.front() == "A002");
  BOOST_TEST(shown.missed.back() == "A013");
  BOOST_TEST(shown.next.size() == kNextMax);
  BOOST_TEST(shown.waiting == static_cast<std::int64_t>(kNextMax) + 1);
}

BOOST_AUTO_TEST_CASE(the_newest_calls_come_first) {
  for (const std::int64_t window : {1, 2}) sit(window);
  for (int i = 0; i < 2; ++i) came();
  call(1);
  wait_s(5);
  call(2);
  const Display shown = display();
  BOOST_REQUIRE(shown.calling.size() == 2U);
  BOOST_TEST(shown.calling[0].ticket == "A002");
  BOOST_TEST(shown.calling[1].ticket == "A001");
}

BOOST_AUTO_TEST_CASE(a_wait_is_estimated_from_five_visits_of_today_on) {
  sit(1);
  for (int i = 0; i < 4; ++i) {
    came();
    serve(1, 240);
  }
  for (int i = 0; i < 3; ++i) came();
  BOOST_TEST(!display().estimate_min.has_value());
  serve(1, 240);
  BOOST_TEST(display().estimate_min.value_or(0) == 10);  // 2 people, 4 minutes, 1 window
  sit(2);
  BOOST_TEST(display().estimate_min.value_or(0) == 5);
}

BOOST_AUTO_TEST_CASE(hours_are_those_of_the_moment_and_the_next_of_today) {
  Display shown = display();
  BOOST_REQUIRE((shown.hours && shown.next_hours));
  BOOST_TEST((shown.hours->period == Period::Regular));
  BOOST_TEST((shown.next_hours->period == Period::Noon));
  BOOST_TEST(shown.next_hours->begin == shown.hours->end);
  BOOST_TEST(tickets().open);
  const std::int64_t today = china_moment(city.station->wall()).day;
  set_clock(today, 23 * 60);
  shown = display();
  BOOST_TEST((!shown.hours && !shown.next_hours));
  BOOST_TEST(!tickets().open);
}

BOOST_AUTO_TEST_CASE(a_ticket_machine_offers_what_the_windows_serve) {
  for (int i = 0; i < 2; ++i) came("SB-0101");
  came("MZ-0101");
  TicketScreen shown = tickets();
  BOOST_TEST(shown.waiting == 3);
  BOOST_TEST(group(shown, "社会保障").ahead == 3);  // window 1 serves both
  BOOST_TEST(group(shown, "社会保障").items.size() == 3U);
  BOOST_TEST(group(shown, "民政救助").ahead == 3);
  const auto edit = [&](WindowEdit wish) {
    BOOST_REQUIRE(work([&](const DeskContext& at) {
                    return change_window(at, next_intent(), wish);
                  }).has_value());
  };
  edit({1, std::nullopt, std::vector<std::string>{"民政救助"}, std::nullopt});
  shown = tickets();
  BOOST_TEST(shown.groups.size() == 2U);
  BOOST_TEST(group(shown, "社会保障").ahead == 2);
  BOOST_TEST(group(shown, "民政救助").ahead == 1);
  edit({1, std::nullopt, std::nullopt, true});
  BOOST_TEST(tickets().groups.size() == 1U);
  BOOST_TEST(joined(display().groups) == "社会保障");
}

BOOST_AUTO_TEST_CASE(a_tablet_stands_at_a_window_that_is_there) {
  const EvalScreen shown = tablet(2);
  BOOST_TEST(shown.number == 2);
  BOOST_TEST(shown.window == "社保专窗");
  BOOST_TEST(!shown.hours.empty());
  BOOST_TEST(!shown.invitation.has_value());
  const auto none = work([&](const DeskContext& at) {
    return show_eval_screen({{at.engine, at.reads, at.wall, at.policy, 0}, seats, station}, 3, key);
  });
  BOOST_TEST(refusal(none) == "NotFound number");
}

BOOST_AUTO_TEST_CASE(a_tablet_asks_whom_its_window_served_last) {
  for (const std::int64_t window : {1, 2}) sit(window);
  came();
  serve(1, 60);
  BOOST_REQUIRE(tablet(1).invitation.has_value());
  BOOST_TEST(tablet(1).invitation->until.value > city.station->wall().value);
  BOOST_TEST(tablet(1).invitation->invitation.size() == 32U);
  BOOST_TEST(!tablet(2).invitation.has_value());
  wait_s(policy.evaluation.timeout_s);
  BOOST_TEST(!tablet(1).invitation.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node::test
