// The use cases over the shipped engine and a real SQLite file.
#include "node/app/appointment_desk.h"

#include "node/app/appointment_list.h"
#include "node/app/record_history.h"
#include "node/policy/slots.h"
#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

using Life = crdt::Appointment;

BOOST_FIXTURE_TEST_SUITE(appointment_desk_test, Counter)

BOOST_AUTO_TEST_CASE(a_booking_is_kept_in_one_spelling_and_shown_whole) {
  const Appointment record = shown(booked(1));
  BOOST_TEST(record.name == "测试1");
  BOOST_TEST(record.document.number == resident(1));
  BOOST_TEST(*record.phone == "13800000001");
  BOOST_TEST(*record.note == "备注");
  BOOST_TEST(record.date == day);
  BOOST_TEST(record.window == "09:00");
  BOOST_TEST((record.life == Life::Confirmed));
  BOOST_TEST((record.rung == Rung::Saved));
  BOOST_TEST(record.number.starts_with("140311100-"));
  BOOST_TEST(record.siblings.empty());
}

BOOST_AUTO_TEST_CASE(a_field_that_is_wrong_is_named_and_nothing_is_written) {
  const auto changed = [&](auto change) {
    NewAppointment wrong = wish(1);
    change(wrong);
    return refusal(book(wrong, "k"));
  };
  using N = NewAppointment;
  BOOST_TEST(changed([](N& w) { w.item = "XX-0001"; }) == "BadFormat item");
  BOOST_TEST(changed([](N& w) { w.date = "2026-02-30"; }) == "BadFormat date");
  BOOST_TEST(changed([](N& w) { w.window = "03:00"; }) == "BadFormat window");
  BOOST_TEST(changed([](N& w) { w.window = "09:15"; }) == "BadFormat window");
  BOOST_TEST(changed([](N& w) { w.name = " "; }) == "BadFormat name");
  BOOST_TEST(changed([](N& w) { w.document.kind = "card"; }) == "BadFormat document.kind");
  BOOST_TEST(changed([](N& w) { w.document.number = "1"; }) == "BadFormat document.number");
  BOOST_TEST(changed([](N& w) { w.phone = "1380000000"; }) == "BadFormat phone");
  BOOST_TEST(changed([](N& w) { w.channel = "pigeon"; }) == "BadFormat channel");
  BOOST_TEST(city.station->engine().delivery().saved == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_still_to_be_brought_stands_in_the_order_of_the_item_and_goes_with_it) {
  NewAppointment wish = this->wish(1);
  wish.to_bring = {"结婚证"};
  BOOST_TEST(refusal(book(wish, "not asked for")) == "BadFormat to_bring");
  wish.to_bring = {"银行卡复印件", "户口本", "户口本"};
  const auto record = book(wish, "two");
  BOOST_REQUIRE(record.has_value());
  const std::string id = record_id(*record);
  BOOST_TEST(shown(id).to_bring == (std::vector<std::string>{"户口本", "银行卡复印件"}),
             boost::test_tools::per_element());
  BOOST_TEST(shown(booked(2)).to_bring.empty());
  const auto edited = here([&](AppointmentDesk& desk) {
    return desk.edit(intent("e"), {id, shown(id).revision, "YB-0101", std::nullopt, std::nullopt});
  });
  BOOST_REQUIRE(edited.has_value());
  BOOST_TEST(shown(id).to_bring == (std::vector<std::string>{"户口本"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_horizon_is_exact) {
  const auto on = [&](std::int64_t ahead) {
    NewAppointment later = wish(1);
    later.date = date_text(day_number() - 1 + ahead);
    later.window = "09:00";
    return refusal(book(later, "k" + std::to_string(ahead)));
  };
  BOOST_TEST(on(-1) == "BadFormat date");
  BOOST_TEST(on(policy.booking.horizon_days) == "accepted");
  BOOST_TEST(on(policy.booking.horizon_days + 1) == "BadFormat date");
}

BOOST_AUTO_TEST_CASE(a_window_is_never_booked_beyond_its_places) {
  const std::int64_t places = slot_at(policy, day_number(), 9 * 60)->bookable;
  for (int i = 0; i < places; ++i) booked(i);
  BOOST_TEST(refusal(book(wish(99), "one too many")) == "NoCapacity window");
  const auto slots = here([&](AppointmentDesk& desk) { return desk.slots(day); });
  const auto row = std::find_if(slots->begin(), slots->end(),
                                [](const SlotRow& slot) { return slot.window == "09:00"; });
  BOOST_TEST(row->free == 0);
  BOOST_TEST(row->taken == places);
}

BOOST_AUTO_TEST_CASE(a_window_that_is_over_has_no_places) {
  const ChinaMoment now = china_moment(city.station->wall());
  const auto slots = here([&](AppointmentDesk& desk) { return desk.slots(date_text(now.day)); });
  BOOST_REQUIRE(slots.has_value());
  for (const SlotRow& slot : *slots) {
    const bool past = *parse_minute(slot.window) + 30 <= now.minute;
    BOOST_TEST((slot.free > 0) == !slot.over);
    if (past) BOOST_TEST(slot.over);
  }
  const auto before =
      here([&](AppointmentDesk& desk) { return desk.slots(date_text(now.day - 1)); });
  for (const SlotRow& slot : *before) BOOST_TEST(slot.free == 0);
}

BOOST_AUTO_TEST_CASE(a_cancelled_place_is_free_again) {
  const std::int64_t places = slot_at(policy, day_number(), 9 * 60)->bookable;
  std::string last;
  for (int i = 0; i < places; ++i) last = booked(i);
  const auto cancelled = here([&](AppointmentDesk& desk) {
    return desk.cancel(intent("c"), {last, "client_request"});
  });
  BOOST_REQUIRE(cancelled.has_value());
  BOOST_TEST((shown(last).life == Life::CancelledByClient));
  BOOST_TEST(*shown(last).cancel_reason == "client_request");
  BOOST_TEST(refusal(book(wish(99), "again")) == "accepted");
}

BOOST_AUTO_TEST_CASE(the_same_item_on_one_day_is_booked_once_and_the_refusal_names_the_record) {
  const std::string first = booked(1);
  NewAppointment again = wish(1);
  again.window = "10:00";
  BOOST_TEST(refusal(book(again, "again")) == "Conflict duplicate/" + first);
  again.document.number = resident(2);
  BOOST_TEST(refusal(book(again, "other")) == "accepted");
  NewAppointment item = wish(1);
  item.item = "YB-0101";
  BOOST_TEST(refusal(book(item, "another item")) == "accepted");
  BOOST_REQUIRE(here([&](AppointmentDesk& desk) {
                  return desk.cancel(intent("c"), {first, "client_request"});
                }).has_value());
  again.document.number = resident(1);
  BOOST_TEST(refusal(book(again, "after the cancel")) == "accepted");
}

BOOST_AUTO_TEST_CASE(an_edit_or_a_move_makes_no_second_one_either) {
  const std::string first = booked(1);
  NewAppointment item = wish(1);
  item.item = "YB-0101";
  const auto other = book(item, "another item");
  BOOST_REQUIRE(other.has_value());
  const std::string id = record_id(*other);
  AppointmentEdit edit{id, shown(id).revision, "SB-0101", std::nullopt, std::nullopt};
  BOOST_TEST(refusal(here([&](AppointmentDesk& desk) { return desk.edit(intent("e"), edit); })) ==
             "Conflict duplicate/" + first);
  NewAppointment tomorrow = wish(1);
  tomorrow.date = date_text(day_number() + 1);
  const auto later = book(tomorrow, "tomorrow");
  BOOST_REQUIRE(later.has_value());
  const auto moved = here([&](AppointmentDesk& desk) {
    return desk.reschedule(intent("r"), {record_id(*later), day, "10:30"});
  });
  BOOST_TEST(refusal(moved) == "Conflict duplicate/" + first);
}

BOOST_AUTO_TEST_CASE(the_memo_begins_anew_when_it_is_full) {
  PersonMemo people;
  for (std::uint64_t i = 0; i < PersonMemo::kRecordsMax; ++i) people.put({StreamId{}, i, 0}, i);
  BOOST_TEST(*people.find({StreamId{}, 0, 0}) == 0U);
  people.put({StreamId{}, PersonMemo::kRecordsMax, 0}, 7);
  BOOST_TEST(!people.find({StreamId{}, 0, 0}).has_value());
  BOOST_TEST(*people.find({StreamId{}, PersonMemo::kRecordsMax, 0}) == 7U);
}

BOOST_AUTO_TEST_CASE(a_day_of_one_person_is_limited) {
  const char* const items[] = {"SB-0101", "YB-0101", "MZ-0101", "HJ-0101"};
  for (int i = 0; i < 4; ++i) {
    NewAppointment one = wish(1);
    one.item = items[i];
    const bool within = i < policy.booking.per_person_per_day;
    BOOST_TEST(refusal(book(one, items[i])) == (within ? "accepted" : "LimitExceeded person"));
  }
}

BOOST_AUTO_TEST_CASE(a_phone_books_from_afar_for_a_family_and_at_the_window_for_anyone) {
  const auto by = [&](int number, const char* channel) {
    NewAppointment one = wish(number);
    one.channel = channel;
    return refusal(book(one, channel + std::to_string(number)));
  };
  for (int i = 1; i <= policy.booking.per_phone_persons; ++i) {
    BOOST_TEST(by(i, "h5") == "accepted");
  }
  BOOST_TEST(by(6, "h5") == "LimitExceeded phone.persons");
  BOOST_TEST(by(6, "window") == "accepted");
}

BOOST_AUTO_TEST_CASE(off_hours_end_at_their_cut_off_and_24_hours_ahead_always_do) {
  // It is Monday night, half past ten. Tuesday's early hours were open until 17:00 today.
  NewAppointment early = wish(1);
  early.window = "07:30";
  BOOST_TEST(refusal(book(early, "late")) == "Conflict cut_off");
  early.date = date_text(day_number() + 1);
  BOOST_TEST(refusal(book(early, "a day ahead")) == "accepted");
  NewAppointment noon = wish(2);
  noon.window = "12:00";
  BOOST_TEST(refusal(book(noon, "noon")) == "accepted");
  BOOST_TEST((*shown(booked(3)).period == Period::Regular));
  const auto slots = here([&](AppointmentDesk& desk) { return desk.slots(day); });
  BOOST_TEST(slots->front().window == "07:30");
  BOOST_TEST(slots->front().over);
  BOOST_TEST(slots->front().free == 0);
}

BOOST_AUTO_TEST_CASE(a_day_that_no_notice_covers_is_not_booked) {
  policy.calendar = Calendar();
  BOOST_TEST(refusal(book(wish(1), "k")) == "Conflict calendar");
  const auto slots = here([&](AppointmentDesk& desk) { return desk.slots(day); });
  BOOST_TEST(slots->empty());
}

BOOST_AUTO_TEST_CASE(one_key_is_one_booking) {
  const auto first = book(wish(1), "same");
  const auto again = book(wish(1), "same");
  BOOST_REQUIRE((first && again));
  BOOST_TEST((*first == *again));
  BOOST_TEST(city.station->engine().delivery().saved == 1U);
  const auto other =
      here([&](AppointmentDesk& desk) { return desk.book(intent("same", 1), wish(2)); });
  BOOST_TEST(refusal(other) == "Conflict Idempotency-Key");
  staff.id.value[0] = 10;  // another person's key is another key
  BOOST_TEST((*book(wish(3), "same") != *first));
}

BOOST_AUTO_TEST_CASE(numbers_count_up_within_a_day_whatever_happens_to_the_records) {
  const std::string first = booked(1);
  const Appointment before = shown(first);
  const auto moved = here([&](AppointmentDesk& desk) {
    return desk.reschedule(intent("r"), {first, date_text(day_number() + 1), "10:00"});
  });
  BOOST_REQUIRE(moved.has_value());
  const Appointment second = shown(booked(2));
  BOOST_TEST(shown(first).number == before.number);
  BOOST_TEST(second.number > before.number);
  city.station->close();
  city.station->open(false);
  BOOST_TEST(shown(booked(3)).number > second.number);
}

BOOST_AUTO_TEST_CASE(rescheduling_is_limited_and_never_to_the_same_window) {
  const std::string id = booked(1);
  const auto to = [&](const std::string& window, const std::string& key) {
    return here([&](AppointmentDesk& desk) {
      return desk.reschedule(intent(key), {id, day, window});
    });
  };
  BOOST_TEST(refusal(to("09:00", "a")) == "Conflict window");
  for (std::int64_t i = 0; i < policy.booking.max_reschedules; ++i) {
    BOOST_TEST(refusal(to(i % 2 == 0 ? "09:30" : "10:00", "r" + std::to_string(i))) == "accepted");
  }
  BOOST_TEST(refusal(to("10:30", "z")) == "LimitExceeded date");
  BOOST_TEST(shown(id).reschedules == policy.booking.max_reschedules);
  BOOST_TEST((shown(id).life == Life::Confirmed));
}

BOOST_AUTO_TEST_CASE(an_edit_needs_the_revision_that_was_seen) {
  const std::string id = booked(1);
  const std::string seen = shown(id).revision;
  const auto edit = [&](AppointmentEdit change, const std::string& key) {
    change.id = id;
    change.revision = seen;
    return here([&](AppointmentDesk& desk) { return desk.edit(intent(key), change); });
  };
  AppointmentEdit phone;
  phone.phone = "139 0000 0002";
  BOOST_TEST(refusal(edit(phone, "a")) == "accepted");
  BOOST_TEST(*shown(id).phone == "13900000002");
  BOOST_TEST(*shown(id).note == "备注");
  BOOST_TEST(refusal(edit(phone, "b")) == "Conflict If-Match");
  BOOST_TEST(refusal(edit(phone, "a")) == "accepted");  // the first answer again
}

BOOST_AUTO_TEST_CASE(an_empty_phone_removes_it) {
  const std::string id = booked(1);
  AppointmentEdit change{id, shown(id).revision, std::nullopt, "", ""};
  BOOST_REQUIRE(
      here([&](AppointmentDesk& desk) { return desk.edit(intent("a"), change); }).has_value());
  BOOST_TEST(!shown(id).phone.has_value());
  BOOST_TEST(!shown(id).note.has_value());
}

BOOST_AUTO_TEST_CASE(edits_on_both_sides_are_both_kept_and_shown) {
  const std::string id = booked(1);
  city.run(4000);
  const auto edit_at = [&](Site& site, const char* phone) {
    return at(site, [&](AppointmentDesk& desk) -> Result<crdt::Dot> {
      const auto seen = desk.show(id);
      if (!seen) return fail(seen);
      return desk.edit(intent(phone), {id, seen->revision, std::nullopt, phone, std::nullopt});
    });
  };
  BOOST_REQUIRE_MESSAGE(edit_at(*city.hub, "13900000001").has_value(), "the hub has the record");
  BOOST_REQUIRE(edit_at(*city.station, "13900000002").has_value());
  city.run(4000);
  const Appointment record = shown(id);
  BOOST_REQUIRE(record.siblings.size() == 1U);
  BOOST_TEST(record.siblings[0].field == "phone");
  BOOST_TEST(record.siblings[0].values.size() == 2U);
  BOOST_TEST(record.siblings[0].values[0] == *record.phone);
  BOOST_REQUIRE(edit_at(*city.station, "13900000003").has_value());  // sees both, replaces both
  BOOST_TEST(shown(id).siblings.empty());
}

BOOST_AUTO_TEST_CASE(only_the_station_gives_its_windows) {
  const auto refused =
      at(*city.hub, [&](AppointmentDesk& desk) { return desk.book(intent("h"), wish(1)); });
  BOOST_TEST(refusal(refused) == "OutOfScope ");
}

BOOST_AUTO_TEST_CASE(rungs_climb_when_the_hub_has_it) {
  const std::string id = booked(1);
  BOOST_TEST((shown(id).rung == Rung::Saved));
  city.run(15'000);
  BOOST_TEST(static_cast<int>(shown(id).rung) == static_cast<int>(Rung::Received));
}

BOOST_AUTO_TEST_CASE(unknown_records_are_not_found) {
  for (const std::string& id :
       {std::string("a"), std::string(26, 'a'), record_id({StreamId{}, 1, 0})}) {
    BOOST_TEST(refusal(here([&](AppointmentDesk& desk) { return desk.show(id); })) ==
               "NotFound id");
  }
}

BOOST_AUTO_TEST_CASE(pages_of_a_day_hold_every_record_once) {
  std::set<std::string> wanted;
  for (int i = 0; i < 7; ++i) wanted.insert(booked(i));
  std::set<std::string> seen;
  std::string after;
  do {
    const auto page = list_appointments(city.station->engine(), StoreReads(city.station->store()),
                                        {day, after, 3});
    BOOST_REQUIRE(page.has_value());
    BOOST_TEST(page->rows.size() <= 3U);
    for (const AppointmentRow& row : page->rows) {
      BOOST_TEST(seen.insert(row.id).second);
      BOOST_TEST(row.masked_name == "测**");
      BOOST_TEST(row.phone_tail == "0001");
      BOOST_TEST(row.station == city.scope.division.text());
    }
    after = page->next;
  } while (!after.empty());
  BOOST_TEST((seen == wanted));
  const auto bad = list_appointments(city.station->engine(), StoreReads(city.station->store()),
                                     {day, "0900.zzzz", 3});
  BOOST_TEST(refusal(bad) == "BadFormat after");
}

BOOST_AUTO_TEST_CASE(history_names_who_did_what) {
  const std::string id = booked(1);
  BOOST_REQUIRE(here([&](AppointmentDesk& desk) {
                  return desk.cancel(intent("i"), {id, "client_request"});
                }).has_value());
  const auto changes =
      history_of(city.station->engine().streams(), StoreReads(city.station->store()),
                 {city.scope, *parse_record_id(id)});
  BOOST_REQUIRE((changes && changes->size() == 2U));
  BOOST_TEST((changes->front().row.life == Life::Confirmed));
  BOOST_TEST((changes->back().row.life == Life::CancelledByClient));
  BOOST_TEST(changes->front().row.staff == to_hex(view(staff.id)));
  BOOST_TEST((changes->back().row.fields == std::vector<std::string>{"cancel_reason"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
