// Slips and hand-written forms, from the records to what stands on paper.
#include "node/app/slip_desk.h"

#include "node/app/day_close.h"
#include "node/app/printed_number.h"
#include "node/app/slip_words.h"
#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

struct SlipCounter : Counter {
  Slip print(const NewSlip& wish, const std::string& key) {
    const auto slip = try_print(wish, key);
    BOOST_REQUIRE_MESSAGE(slip.has_value(), (slip ? "" : slip.error().detail));
    return *slip;
  }
  template <class Use>
  auto with_slips(Use use) {
    auto result = city.station->act([&](sync::Engine& engine, SqliteStore& store, WallMs wall,
                                        MonoMs mono, sync::Effects& out) {
      const StoreReads reads(store);
      SlipDesk desk({engine, reads, policy, wall, mono, out}, {});
      return use(desk, wall);
    });
    city.station->commit();
    return result;
  }
  // Counted, committed, then filled: as the node does it.
  Result<Slip> try_print(const NewSlip& wish, const std::string& key) {
    std::optional<crdt::Dot> record;
    if (is_counted(wish.kind)) {
      const auto counted =
          with_slips([&](SlipDesk& desk, WallMs) { return desk.count(intent(key), wish); });
      if (!counted) return fail(counted);
      record = *counted;
    }
    return with_slips([&](SlipDesk& desk, WallMs wall) {
      return desk.fill(wish, slip_frame(policy, "荫营镇便民服务中心", "王敏", wall), record);
    });
  }
  std::vector<std::string> forms(std::int64_t count, const std::string& key) {
    NewSlip wish;
    wish.kind = SlipKind::PaperForms;
    wish.count = count;
    return std::get<PaperFormsSlip>(print(wish, key).content).numbers;
  }
  NewAppointment late(int number, const std::string& paper_number, std::int64_t minutes_ago = 5) {
    NewAppointment out = wish(number);
    out.occurred_at = WallMs{city.station->wall().value - minutes_ago * 60'000};
    out.paper_number = paper_number;
    return out;
  }
  NewSlip voucher(const std::string& id) {
    NewSlip wish;
    wish.id = id;
    return wish;
  }
};

BOOST_FIXTURE_TEST_SUITE(slip_desk_test, SlipCounter)

BOOST_AUTO_TEST_CASE(a_voucher_tells_everything_but_the_document_number) {
  const std::string id = booked(1);
  const Slip slip = print(voucher(id), "p");
  const auto& content = std::get<AppointmentSlip>(slip.content);
  BOOST_TEST(content.number == shown(id).number);
  BOOST_TEST((content.certainty == Certainty::Firm));
  BOOST_TEST(content.date == "2026年9月22日 周二");
  BOOST_TEST(content.window == "09:00–09:30");
  BOOST_TEST(content.period.empty());
  BOOST_TEST(content.item == "城乡居民养老保险参保登记");
  BOOST_TEST(content.name == "测**");
  BOOST_TEST(content.phone == "138****0001");
  BOOST_TEST(content.materials.size() == 3U);
  BOOST_TEST(slip.frame.copy == 1);
  BOOST_TEST(slip.frame.hotline == policy.hotline);
}

BOOST_AUTO_TEST_CASE(a_voucher_says_what_is_still_to_be_brought_and_what_needs_a_system_above) {
  NewAppointment wish = this->wish(1);
  wish.item = "YB-0101";
  wish.to_bring = {"户口本"};
  const auto record = book(wish, "k");
  BOOST_REQUIRE(record.has_value());
  const Slip slip = print(voucher(record_id(*record)), "p");
  const auto& content = std::get<AppointmentSlip>(slip.content);
  BOOST_TEST(content.materials == (std::vector<std::string>{"身份证", "户口本(待带)"}),
             boost::test_tools::per_element());
  BOOST_REQUIRE(content.remarks.size() == 1U);
  BOOST_TEST(content.remarks[0].starts_with("该事项办结需上级业务系统。"));
  const Slip other = print(voucher(booked(2)), "o");
  BOOST_TEST(std::get<AppointmentSlip>(other.content).remarks.empty());
}

BOOST_AUTO_TEST_CASE(copies_are_counted_on_the_record_and_survive_a_restart) {
  const std::string id = booked(1);
  BOOST_TEST(print(voucher(id), "a").frame.copy == 1);
  BOOST_TEST(print(voucher(id), "a").frame.copy == 1);  // the same wish
  BOOST_TEST(print(voucher(id), "b").frame.copy == 2);
  city.station->close();
  city.station->open(false);
  BOOST_TEST(print(voucher(id), "c").frame.copy == 3);
  BOOST_TEST(shown(id).prints == 3);
}

BOOST_AUTO_TEST_CASE(a_cancelled_one_is_void_on_paper) {
  const std::string id = booked(1);
  BOOST_REQUIRE(here([&](AppointmentDesk& desk) {
                  return desk.cancel(intent("c"), {id, "client_request"});
                }).has_value());
  BOOST_TEST(
      (std::get<AppointmentSlip>(print(voucher(id), "p").content).certainty == Certainty::Void));
}

BOOST_AUTO_TEST_CASE(the_list_of_a_day_leaves_out_what_is_void) {
  booked(1);
  const std::string gone = booked(2);
  BOOST_REQUIRE(here([&](AppointmentDesk& desk) {
                  return desk.cancel(intent("c"), {gone, "client_request"});
                }).has_value());
  NewSlip wish;
  wish.kind = SlipKind::DayList;
  wish.date = day;
  const auto saved = city.station->engine().delivery().saved;
  const Slip slip = print(wish, "l");
  const auto& list = std::get<DayListSlip>(slip.content);
  BOOST_REQUIRE(list.rows.size() == 1U);
  BOOST_TEST(list.rows[0].name == "测**");
  BOOST_TEST(list.rows[0].phone_tail == "0001");
  BOOST_TEST(list.rows[0].state == "已确认");
  BOOST_TEST(city.station->engine().delivery().saved == saved);
}

BOOST_AUTO_TEST_CASE(the_sheet_of_a_closed_day_is_counted_and_says_when_the_machine_may_go_off) {
  NewSlip wish;
  wish.kind = SlipKind::DayClose;
  wish.date = date_text(china_moment(city.station->wall()).day);
  BOOST_TEST(refusal(try_print(wish, "early")) == "NotFound date");
  const auto closed = city.station->act(
      [&](sync::Engine& engine, SqliteStore& store, WallMs wall, MonoMs mono, sync::Effects& out) {
        const StoreReads reads(store);
        return DayCloseDesk({engine, reads, policy, wall, mono, out})
            .close(intent("close"), WithLeft::CarryOver);
      });
  BOOST_REQUIRE(closed.has_value());
  city.station->commit();
  const Slip slip = print(wish, "a");
  const auto& content = std::get<DayCloseSlip>(slip.content);
  BOOST_TEST(content.safe_to_power_off);
  BOOST_TEST(content.left.empty());
  BOOST_TEST(content.counts.front().first == "预约");
  BOOST_TEST(slip.frame.copy == 1);
  BOOST_TEST(print(wish, "b").frame.copy == 2);
}

BOOST_AUTO_TEST_CASE(reserved_numbers_are_given_to_nobody_else) {
  const std::string before = shown(booked(1)).number;
  const auto numbers = forms(3, "f");
  BOOST_TEST(numbers.size() == 3U);
  BOOST_TEST((forms(3, "f") == numbers));  // the same wish
  const std::string after = shown(booked(2)).number;
  BOOST_TEST(*printed_counter(before) == 1);
  BOOST_TEST(*printed_counter(numbers[0]) == 2);
  BOOST_TEST(*printed_counter(after) == 5);
  city.station->close();
  city.station->open(false);
  BOOST_TEST(*printed_counter(forms(1, "g")[0]) == 6);
}

BOOST_AUTO_TEST_CASE(a_late_entry_bears_the_number_of_its_form_and_the_time_when_it_happened) {
  const auto numbers = forms(2, "f");
  const NewAppointment wish = late(1, numbers[1]);
  const auto record = book(wish, "late");
  BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
  const Appointment entered = shown(record_id(*record));
  BOOST_TEST(entered.number == numbers[1]);
  BOOST_TEST(entered.late_entry);
  BOOST_TEST(entered.created_at.value == wish.occurred_at->value);
  BOOST_TEST(!shown(booked(2)).late_entry);
}

BOOST_AUTO_TEST_CASE(a_form_is_entered_once_and_only_if_it_was_printed) {
  const auto numbers = forms(2, "f");
  BOOST_TEST(refusal(book(late(1, numbers[0]), "a")) == "accepted");
  BOOST_TEST(refusal(book(late(2, numbers[0]), "b")) == "Conflict paper_number");
  city.station->close();
  city.station->open(false);
  BOOST_TEST(refusal(book(late(2, numbers[0]), "c")) == "Conflict paper_number");
  const std::int64_t today = china_moment(city.station->wall()).day;
  const auto number = [&](const char* station, std::int64_t on, std::int64_t counter) {
    return printed_number(station, on, counter);
  };
  BOOST_TEST(refusal(book(late(2, number("140311100", today, 3)), "d")) == "NotFound paper_number");
  BOOST_TEST(refusal(book(late(2, number("140311100", today - 1, 1)), "e")) ==
             "NotFound paper_number");
  BOOST_TEST(refusal(book(late(2, number("140311101", today, 2)), "g")) == "NotFound paper_number");
  BOOST_TEST(refusal(book(late(2, "140311100-0921-0002-0"), "h")) == "BadFormat paper_number");
  const std::string booked_number = shown(booked(3)).number;
  BOOST_TEST(refusal(book(late(2, booked_number), "i")) == "NotFound paper_number");
}

BOOST_AUTO_TEST_CASE(late_entries_reach_back_as_far_as_the_person_may) {
  const auto numbers = forms(9, "f");
  constexpr std::int64_t kDay = 24 * 60;
  const auto entered = [&](int number, std::int64_t minutes_ago) {
    NewAppointment wish = late(number, numbers[static_cast<std::size_t>(number)], minutes_ago);
    return refusal(book(wish, "k" + std::to_string(number)));
  };
  BOOST_TEST(entered(1, -1) == "BadFormat occurred_at_ms");
  BOOST_TEST(entered(2, 0) == "accepted");
  BOOST_TEST(entered(3, policy.booking.late_entry_days * kDay) == "accepted");
  BOOST_TEST(entered(4, (policy.booking.late_entry_days + 1) * kDay) == "Denied occurred_at_ms");
  staff.role = StaffRole::Lead;
  BOOST_TEST(entered(5, (policy.booking.late_entry_days + 1) * kDay) == "accepted");
}

BOOST_AUTO_TEST_CASE(time_and_number_of_a_late_entry_go_together) {
  NewAppointment wish = late(1, forms(1, "f")[0]);
  wish.occurred_at.reset();
  BOOST_TEST(refusal(book(wish, "a")) == "BadFormat occurred_at_ms");
  wish = late(1, "x");
  wish.paper_number.reset();
  BOOST_TEST(refusal(book(wish, "b")) == "BadFormat paper_number");
}

BOOST_AUTO_TEST_CASE(a_promise_made_by_hand_is_judged_by_its_own_time) {
  // At 22:30 the noon of today is long past; the slip was written at 10:40.
  NewAppointment wish = late(1, forms(1, "f")[0], 710);
  wish.date = date_text(day_number() - 1);
  wish.window = "12:00";
  BOOST_TEST(refusal(book(wish, "a")) == "accepted");
  NewAppointment now = this->wish(2);
  now.date = wish.date;
  now.window = "12:00";
  BOOST_TEST(refusal(book(now, "b")) == "BadFormat window");
}

BOOST_AUTO_TEST_CASE(printed_numbers_tell_their_day) {
  const std::int64_t today = *parse_date("2026-03-05");
  const auto day_of = [&](const char* date) {
    const auto found =
        parse_printed_number(printed_number("140311100", *parse_date(date), 17), today);
    return found ? date_text(found->day) : "none";
  };
  BOOST_TEST(day_of("2026-03-05") == "2026-03-05");
  BOOST_TEST(day_of("2025-12-31") == "2025-12-31");
  BOOST_TEST(day_of("2024-02-29") == "2024-02-29");
  BOOST_TEST(!parse_printed_number("140311100-0305-0017-9", today).has_value());
  BOOST_TEST(!parse_printed_number("", today).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
