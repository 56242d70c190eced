// Search and lookup over the shipped engine and a real SQLite file.
#include "node/app/record_finder.h"

#include "node/app/machine_arrival.h"
#include "node/app/printed_number.h"
#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

struct Desk : Counter {
  crdt::Dot booked(const std::string& name, const std::string& phone, int person) {
    NewAppointment asked = wish(person);
    asked.name = name;
    asked.phone = phone;
    const auto record = book(asked, "key" + std::to_string(person));
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
    finder.changed(*record);
    return *record;
  }
  Lookup looked_up(const std::string& text, std::optional<std::string> date = {}) {
    const auto found = finder.lookup(city.station->engine(), StoreReads(city.station->store()),
                                     policy, city.station->wall(), {text, std::move(date), false});
    BOOST_REQUIRE(found.has_value());
    return *found;
  }
  MachineArrival held_to_machine(const std::string& text) {
    const auto found = finder.lookup(city.station->engine(), StoreReads(city.station->store()),
                                     policy, city.station->wall(), {text, {}, true});
    BOOST_REQUIRE(found.has_value());
    return machine_arrival(*found);
  }
  Result<RecordPage> searched(const RecordQuery& wish) {
    return finder.search(city.station->engine(), StoreReads(city.station->store()), policy,
                         city.station->wall(), wish);
  }
  std::vector<RecordRow> all() { return searched({})->rows; }
  std::size_t count(const std::string& text, SearchFilter filter = SearchFilter::All) {
    RecordQuery wish;
    wish.text = text;
    wish.filter = filter;
    return searched(wish)->rows.size();
  }

  RecordFinder finder{SearchIndex()};
};

BOOST_FIXTURE_TEST_SUITE(record_finder_test, Desk)

BOOST_AUTO_TEST_CASE(a_row_tells_with_which_ticket_the_person_came) {
  const auto record = booked("李国强", "13800005678", 1);
  BOOST_TEST(!all().at(0).visit_state.has_value());
  BOOST_TEST(all().at(0).ticket.empty());
  BOOST_REQUIRE(arrivals([&](ArrivalDesk& desk) {
                  return desk.check_in(intent("in"), record_id(record));
                }).has_value());
  finder.changed(record);
  BOOST_TEST((all().at(0).visit_state == crdt::Visit::Waiting));
  BOOST_TEST(all().at(0).ticket == "A001");
  BOOST_TEST(count("a001") == 1U);
  BOOST_TEST(count("A002") == 0U);
}

BOOST_AUTO_TEST_CASE(the_card_of_who_acts_for_somebody_finds_the_appointment) {
  NewAppointment asked = wish(1);
  asked.agent =
      Agent{"李明", Document{"resident_id", resident(2)}, {}, AgentBasis::LegalGuardian, {}};
  const auto record = book(asked, "k");
  BOOST_REQUIRE(record.has_value());
  finder.changed(*record);
  const Lookup found = looked_up(resident(2));
  BOOST_REQUIRE(found.matches.size() == 1U);
  BOOST_TEST(found.matches[0].id == record_id(*record));
  BOOST_TEST(found.matches[0].masked_name == "测**");
  BOOST_TEST(*found.matches[0].masked_agent == "李*");
}

BOOST_AUTO_TEST_CASE(a_record_is_found_by_its_code_and_nothing_else_by_a_damaged_one) {
  const auto record = booked("李国强", "13800005678", 1);
  const std::string number = all().at(0).number;
  for (const std::string& text : {"YZ1:" + number, number}) {
    const Lookup found = looked_up(text);
    BOOST_TEST((found.kind == Lookup::Kind::Number));
    BOOST_REQUIRE(found.matches.size() == 1U);
    BOOST_TEST(found.matches[0].id == record_id(record));
    BOOST_TEST(found.matches[0].masked_name == "李**");
    BOOST_TEST(!found.bad_code);
  }
  std::string damaged = number;
  damaged.back() = damaged.back() == '0' ? '1' : '0';
  for (const std::string& text : {"YZ1:" + damaged, damaged, "YZ2:" + number, "http://" + number,
                                  std::string("YZ1:"), std::string("YZ1:x")}) {
    const Lookup found = looked_up(text);
    BOOST_TEST(found.bad_code, text);
    BOOST_TEST(found.matches.empty());
    BOOST_TEST((found.kind == Lookup::Kind::None));
  }
}

BOOST_AUTO_TEST_CASE(a_number_of_another_station_is_elsewhere_and_of_none_is_nowhere) {
  booked("李国强", "13800005678", 1);
  const std::int64_t today = china_moment(city.station->wall()).day;
  const std::string number = printed_number("140311101", today, 17);
  std::string digits = number;
  std::erase(digits, '-');
  for (const std::string& text : {"YZ1:" + number, number, digits}) {
    const Lookup found = looked_up(text);
    BOOST_TEST(found.elsewhere == "河底镇", text);
    BOOST_TEST(found.matches.empty());
    BOOST_TEST(!found.bad_code);
  }
  BOOST_TEST(looked_up(printed_number("140311", today, 3)).elsewhere == "郊区");
  BOOST_TEST(looked_up(printed_number("140399999", today, 3)).elsewhere == "140399999");
  // our own number that is not here, a part of a number, and somebody who is here
  const std::string code(city.station->engine().self().home.code());
  BOOST_TEST(looked_up(printed_number(code, today, 99)).elsewhere == "");
  BOOST_TEST(looked_up("00178").elsewhere == "");
  BOOST_TEST(looked_up("5678").elsewhere == "");
}

BOOST_AUTO_TEST_CASE(a_machine_checks_in_who_has_come_today_and_nobody_else) {
  const auto record = booked("李国强", "13800005678", 1);
  const std::string number = all().at(0).number;
  const std::int64_t today = china_moment(city.station->wall()).day;
  using enum MachineArrival::Outcome;
  BOOST_TEST((held_to_machine("YZ1:" + number).outcome == Nobody));  // booked for another day
  BOOST_TEST((held_to_machine("YZ1:x").outcome == BadCode));
  const auto other = held_to_machine(printed_number("140311101", today, 17));
  BOOST_TEST((other.outcome == Elsewhere && other.elsewhere == "河底镇"));
  Lookup found;
  const auto row = [&](const char* id, const char* window, crdt::Appointment life) {
    RecordRow made;
    made.id = id;
    made.window = window;
    made.life = life;
    found.matches.push_back(std::move(made));
  };
  BOOST_TEST((machine_arrival(found).outcome == Nobody));
  row("cancelled", "08:30", crdt::Appointment::CancelledByClient);
  BOOST_TEST((machine_arrival(found).outcome == Nobody));
  row("waits", "08:30", crdt::Appointment::Waitlisted);
  BOOST_TEST((machine_arrival(found).outcome == NotCertain));
  row("came", "09:00", crdt::Appointment::CheckedIn);
  BOOST_TEST(machine_arrival(found).appointment == "came");
  row("second", "10:30", crdt::Appointment::Rescheduled);
  row("first", "10:00", crdt::Appointment::Confirmed);
  BOOST_TEST(machine_arrival(found).appointment == "first");
  BOOST_TEST((machine_arrival(found).outcome == CheckIn));
  BOOST_TEST(!record_id(record).empty());
}

BOOST_AUTO_TEST_CASE(a_card_a_tail_and_a_name) {
  booked("李国强", "13800005678", 1);
  booked("刘桂琴", "13900005678", 2);
  booked("张敏", "13900000001", 3);
  const Lookup card = looked_up(resident(3));
  BOOST_TEST((card.kind == Lookup::Kind::Document));
  BOOST_TEST(card.matches.size() == 1U);
  const Lookup tail = looked_up("5678");
  BOOST_TEST((tail.kind == Lookup::Kind::PhoneTail));
  BOOST_TEST(tail.matches.size() == 2U);
  BOOST_TEST(looked_up("lgq").matches.size() == 2U);
  BOOST_TEST(looked_up("张敏").matches.size() == 1U);
  BOOST_TEST(looked_up("张敏", day).matches.size() == 1U);
  BOOST_TEST(looked_up("张敏", "2020-01-01").matches.empty());
  BOOST_TEST(looked_up("王五").matches.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_reflects_every_change) {
  const auto record = booked("李国强", "13800005678", 1);
  BOOST_TEST(count("lgq") == 1U);
  BOOST_TEST(count("5678") == 1U);
  const auto shown = all().at(0);
  BOOST_TEST(shown.date == day);
  BOOST_TEST((shown.life == crdt::Appointment::Confirmed));
  const auto cancelled = here([&](AppointmentDesk& desk) {
    return desk.cancel(intent("cancel"), {record_id(record), "client_request"});
  });
  BOOST_REQUIRE(cancelled.has_value());
  finder.changed(record);
  BOOST_TEST((all().at(0).life == crdt::Appointment::CancelledByClient));
}

BOOST_AUTO_TEST_CASE(pending_until_another_node_holds_it) {
  booked("李国强", "13800005678", 1);
  BOOST_TEST(count("", SearchFilter::Pending) == 1U);
  city.run(5000);
  BOOST_TEST(count("", SearchFilter::Pending) == 0U);
  BOOST_TEST(count("") == 1U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_date_or_a_cursor_is_named) {
  RecordQuery wish;
  wish.from = "2026-02-30";
  BOOST_TEST(refusal(searched(wish)) == "BadFormat from");
  wish = {};
  wish.to = "2026-02-30";
  BOOST_TEST(refusal(searched(wish)) == "BadFormat to");
  wish = {};
  for (const char* after : {"x", "2026-03-05.0930", "2026-03-05.0930.", "2026-13-05.0930.mfzg"}) {
    wish.after = after;
    BOOST_TEST(refusal(searched(wish)) == "BadFormat after");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
