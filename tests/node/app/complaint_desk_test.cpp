// Complaints over the shipped engine and a real SQLite file.
#include "node/app/complaint_desk.h"

#include <SQLiteCpp/Database.h>

#include "node/app/printed_number.h"
#include "node/app/slip_desk.h"
#include "tests/node/app/served.h"

namespace yizhan::node::test {
namespace {

struct Intake : Served {
  NewComplaint matter() const {
    NewComplaint wish;
    wish.about = ComplaintAbout::Wait;
    wish.fact = ComplaintFact::Delay;
    wish.occurred_at = {city.station->wall().value - 3'600'000};
    wish.text = "上午排队两个小时";
    wish.wish = "请增开窗口";
    wish.name = "测试一";
    wish.phone = "138 0000 0001";
    wish.window = 2;
    return wish;
  }
  Result<crdt::Dot> complain(const NewComplaint& wish, const std::string& once = "") {
    const Intent who = once.empty() ? fresh() : intent(once);
    return work([&](const DeskContext& at) { return ComplaintDesk(at).complain(who, wish); });
  }
  crdt::Dot taken(const NewComplaint& wish) {
    const auto record = complain(wish);
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
    return *record;
  }
  ComplaintReceipt receipt(const crdt::Dot& complaint) {
    return *work([&](const DeskContext& at) { return receipt_of(at.engine, at.reads, complaint); });
  }
  ComplaintPage page(const std::string& after = "", std::int64_t limit = 50) {
    return *work([&](const DeskContext& at) {
      return list_complaints(at.engine, at.reads, {after, limit});
    });
  }
  template <class Field>
  std::string opened(const crdt::Dot& complaint, Field field) {
    const auto state = *city.station->store().entity(city.scope, complaint);
    const RecordPlace place{city.scope, complaint};
    return *PersonOpener(city.station->engine(), place, *state).shown(field);
  }
};

BOOST_FIXTURE_TEST_SUITE(complaint_desk_test, Intake)

BOOST_AUTO_TEST_CASE(a_complaint_gets_a_number_and_keeps_every_word) {
  const crdt::Dot complaint = taken(matter());
  const ComplaintReceipt got = receipt(complaint);
  BOOST_TEST(got.id == record_id(complaint));
  BOOST_TEST(printed_counter(got.number).has_value());
  BOOST_TEST(got.at.value == city.station->wall().value);
  BOOST_TEST((got.rung == Rung::Saved));
  BOOST_TEST(opened(complaint, ComplaintField::Text) == "上午排队两个小时");
  BOOST_TEST(opened(complaint, ComplaintField::Wish) == "请增开窗口");
  BOOST_TEST(opened(complaint, ComplaintField::Name) == "测试一");
  BOOST_TEST(opened(complaint, ComplaintField::Phone) == "13800000001");
}

BOOST_AUTO_TEST_CASE(numbers_are_of_the_series_of_the_station_I4) {
  const std::string before = shown(booked(1)).number;
  const std::string number = receipt(taken(matter())).number;
  const std::string after = shown(booked(2)).number;
  BOOST_TEST(*printed_counter(before) == 1);
  BOOST_TEST(*printed_counter(number) == 2);
  BOOST_TEST(*printed_counter(after) == 3);
  city.station->close();
  city.station->open(false);
  BOOST_TEST(*printed_counter(receipt(taken(matter())).number) == 4);
  BOOST_REQUIRE(rebuild(city.station->store()).has_value());
  BOOST_TEST(*printed_counter(receipt(taken(matter())).number) == 5);
}

BOOST_AUTO_TEST_CASE(of_who_stays_anonymous_nothing_is_written_I2) {
  NewComplaint wish = matter();
  wish.anonymous = true;
  const crdt::Dot complaint = taken(wish);
  const auto state = *city.station->store().entity(city.scope, complaint);
  BOOST_TEST(state->shown(id(ComplaintField::Name)) == nullptr);
  BOOST_TEST(state->shown(id(ComplaintField::Phone)) == nullptr);
  BOOST_TEST(opened(complaint, ComplaintField::Text) == "上午排队两个小时");
  BOOST_TEST(page().rows.front().anonymous);
  BOOST_TEST(page().rows.front().station == city.scope.division.text());
  wish.name.reset();
  wish.phone = "12";  // not looked at either
  BOOST_TEST(refusal(complain(wish)) == "accepted");
}

BOOST_AUTO_TEST_CASE(who_is_not_anonymous_can_be_answered) {
  NewComplaint wish = matter();
  wish.name.reset();
  BOOST_TEST(refusal(complain(wish)) == "accepted");
  wish.phone.reset();
  BOOST_TEST(refusal(complain(wish)) == "BadFormat name");
  wish.name = "测试二";
  BOOST_TEST(refusal(complain(wish)) == "accepted");
}

BOOST_AUTO_TEST_CASE(bad_input_is_refused_and_changes_nothing_I1) {
  const auto saved = city.station->engine().delivery().saved;
  NewComplaint wish = matter();
  wish.phone = "12345678";
  BOOST_TEST(refusal(complain(wish)) == "BadFormat phone");
  wish = matter();
  wish.name = " ";
  BOOST_TEST(refusal(complain(wish)) == "BadFormat name");
  wish = matter();
  wish.occurred_at = {city.station->wall().value + 60'001};
  BOOST_TEST(refusal(complain(wish)) == "BadFormat occurred_at_ms");
  BOOST_TEST(city.station->engine().delivery().saved == saved);
  wish.occurred_at.value -= 1;
  BOOST_TEST(refusal(complain(wish)) == "accepted");
}

BOOST_AUTO_TEST_CASE(one_wish_is_one_complaint_I1) {
  const auto first = complain(matter(), "once");
  const auto again = complain(matter(), "once");
  BOOST_REQUIRE((first && again));
  BOOST_TEST((*first == *again));
  BOOST_TEST(page().rows.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_node_without_a_counter_takes_none_in) {
  const auto above = work_at(*city.hub, [&](const DeskContext& at) {
    return ComplaintDesk(at).complain(fresh(), matter());
  });
  BOOST_TEST(refusal(above) == "OutOfScope ");
}

BOOST_AUTO_TEST_CASE(pages_are_newest_first_and_join) {
  std::vector<std::string> wanted;
  for (int i = 0; i < 7; ++i) {
    NewComplaint wish = matter();
    wish.fact = i % 2 == 0 ? ComplaintFact::Attitude : ComplaintFact::Other;
    wanted.insert(wanted.begin(), record_id(taken(wish)));
    if (i % 3 == 0) wait_ms(1'000);  // several of one moment
  }
  const ComplaintPage whole = page();
  BOOST_TEST(whole.next == "");
  BOOST_REQUIRE(whole.rows.size() == 7U);
  for (std::size_t i = 0; i < 7; ++i) BOOST_TEST(whole.rows[i].receipt.id == wanted[i]);
  BOOST_TEST((whole.rows[0].fact == ComplaintFact::Attitude));
  BOOST_TEST((whole.rows[0].about == ComplaintAbout::Wait));
  for (const std::int64_t limit : {1, 2, 3, 6, 7}) {
    std::vector<std::string> seen;
    std::string after;
    do {
      const ComplaintPage part = page(after, limit);
      for (const ComplaintRow& row : part.rows) seen.push_back(row.receipt.id);
      after = part.next;
    } while (!after.empty());
    BOOST_TEST(seen == wanted, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_page_goes_on_where_it_ended_when_more_came_meanwhile) {
  for (int i = 0; i < 3; ++i) taken(matter());
  const ComplaintPage first = page("", 2);
  taken(matter());
  wait_ms(5);
  taken(matter());
  const ComplaintPage second = page(first.next, 2);
  BOOST_REQUIRE(second.rows.size() == 1U);
  BOOST_TEST(second.next == "");
  for (const ComplaintRow& row : first.rows) {
    BOOST_TEST(row.receipt.id != second.rows[0].receipt.id);
  }
}

BOOST_AUTO_TEST_CASE(a_cursor_that_no_page_gave_is_refused) {
  for (const char* after :
       {"x", "5", "5.", ".mfzg", "5.mfzg", "a.mfzg", "99999999999999999999.a"}) {
    const auto list = work([&](const DeskContext& at) {
      return list_complaints(at.engine, at.reads, {after, 5});
    });
    BOOST_TEST(refusal(list) == "BadFormat after", after);
  }
}

BOOST_AUTO_TEST_CASE(the_hub_lists_what_its_stations_took_in) {
  const std::string id = record_id(taken(matter()));
  city.run(2'000);
  const auto above = work_at(*city.hub, [&](const DeskContext& at) {
    return list_complaints(at.engine, at.reads, {"", 50});
  });
  BOOST_REQUIRE(above.has_value());
  BOOST_REQUIRE(above->rows.size() == 1U);
  BOOST_TEST(above->rows[0].receipt.id == id);
  BOOST_TEST((page().rows[0].receipt.rung != Rung::Saved));
}

BOOST_AUTO_TEST_CASE(the_receipt_tells_the_number_and_nobody) {
  const crdt::Dot complaint = taken(matter());
  NewSlip wish;
  wish.kind = SlipKind::Complaint;
  wish.id = record_id(complaint);
  for (const std::int64_t copy : {1, 2}) {
    const auto counted =
        work([&](const DeskContext& at) { return SlipDesk(at, key).count(fresh(), wish); });
    BOOST_REQUIRE(counted.has_value());
    const auto slip = work([&](const DeskContext& at) {
      return SlipDesk(at, key).fill(wish, {"荫营镇便民服务中心", "", "", "王敏", 1}, *counted);
    });
    BOOST_REQUIRE(slip.has_value());
    const auto& content = std::get<ComplaintSlip>(slip->content);
    BOOST_TEST(slip->frame.copy == copy);
    BOOST_TEST(content.number == receipt(complaint).number);
    BOOST_TEST(content.about == "等候时间 · 刁难推诿拖延超时");
    BOOST_TEST(content.received_at == "9月21日 22:30");
    BOOST_TEST(content.answer_by == "");
  }
}

BOOST_AUTO_TEST_CASE(the_list_is_checked_and_rebuilt) {
  taken(matter());
  verify_lists();
  damage("complaint", {"DELETE FROM complaint", "UPDATE complaint SET at = at + 1"});
  damage("printed", {"DELETE FROM printed"});
  BOOST_TEST(page().rows.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
