#include "node/app/search_index.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

constexpr std::int64_t kToday = 20'500;

StreamId stream(std::uint8_t number) {
  StreamId id;
  id.value[0] = number;
  return id;
}

struct Shelf {
  Shelf() {
    put(1, "李国强", "14039919900307002X", "5678", "140311100-0305-0017-8", kToday, 570);
    put(2, "单丽", "E12340000", "0017", "140311100-0305-0021-1", kToday, 540);
    put(3, "阿依古丽·买买提", "140399199003070048", "", "140311100-0304-0021-1", kToday - 1, 540);
    put(4, "O'Neil 约翰", "140399199003070056", "5678", "140311100-0304-0022-9", kToday + 1, 600);
  }
  void put(std::uint64_t seq, const char* name, const char* document, const char* tail,
           const char* number, std::int64_t day, std::int64_t window) {
    SearchRecord record;
    record.dot = {stream(1), seq, 0};
    record.name = name;
    record.document = document;
    record.phone_tail = tail;
    record.number = number;
    record.day = day;
    record.window = window;
    record.life = crdt::Appointment::Confirmed;
    record.latest = {{stream(1), seq}};
    records.push_back(record);
    index.put(record);
  }
  // The seqs that are found, in order.
  std::string found(SearchQuestion question) {
    question.today = kToday;
    std::string out;
    for (const SearchPlace& place :
         index.find(question, [](const crdt::ChangeId& change) { return change.seq > 2; }).places) {
      out += std::to_string(place.dot.seq) + " ";
    }
    return out;
  }
  std::string by(const char* typed) {
    SearchQuestion question;
    question.text = search_text(typed);
    return found(question);
  }
  std::string by(SearchFilter filter) {
    SearchQuestion question;
    question.filter = filter;
    return found(question);
  }
  std::string between(std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
    SearchQuestion question;
    question.from = from;
    question.to = to;
    return found(question);
  }

  SearchIndex index;
  std::vector<SearchRecord> records;
};

BOOST_FIXTURE_TEST_SUITE(search_index_test, Shelf)

BOOST_AUTO_TEST_CASE(everything_latest_day_first_then_by_window) {
  BOOST_TEST(by("") == "4 2 1 3 ");
}

BOOST_AUTO_TEST_CASE(a_name_or_a_part_of_it) {
  BOOST_TEST(by("国强") == "1 ");
  BOOST_TEST(by("李国强") == "1 ");
  BOOST_TEST(by("买买提") == "3 ");
  BOOST_TEST(by("阿依古丽•买买提") == "3 ");
  BOOST_TEST(by("王") == "");
  BOOST_TEST(by("<img onerror=1>") == "");
}

BOOST_AUTO_TEST_CASE(initials_of_any_reading) {
  BOOST_TEST(by("lgq") == "1 ");
  BOOST_TEST(by("LGQ") == "1 ");
  BOOST_TEST(by("gq") == "1 ");
  BOOST_TEST(by("sl") == "2 ");    // shàn
  BOOST_TEST(by("dl") == "2 ");    // dān
  BOOST_TEST(by("glmm") == "3 ");  // over the dot
  BOOST_TEST(by("neil") == "4 ");
  BOOST_TEST(by("lgqq") == "");
}

BOOST_AUTO_TEST_CASE(numbers) {
  BOOST_TEST(by("140311100-0305-0017-8") == "1 ");
  BOOST_TEST(by("0017-8") == "1 ");
  BOOST_TEST(by("00211") == "2 3 ");
  BOOST_TEST(by("140311100-0305-0017-9") == "");
  BOOST_TEST(by("5678") == "4 1 ");  // phones
  BOOST_TEST(by("0017") == "2 ");
  BOOST_TEST(by("5679") == "");
}

BOOST_AUTO_TEST_CASE(documents) {
  BOOST_TEST(by("14039919900307002x") == "1 ");
  BOOST_TEST(by("140399199003070048") == "3 ");
  BOOST_TEST(by("002X") == "1 ");
  BOOST_TEST(by("0048") == "3 ");
  BOOST_TEST(by("e12340000") == "2 ");
  BOOST_TEST(by("4039919900307004") == "");  // a document is whole, or its last four
}

BOOST_AUTO_TEST_CASE(who_acts_for_somebody_is_found_in_their_place) {
  records[1].agent_name = "王建国";
  records[1].agent_document = "14039919900307003X";
  records[1].agent_phone_tail = "4321";
  index.put(records[1]);
  for (const char* const text : {"王建国", "wjg", "14039919900307003x", "003X", "4321"}) {
    BOOST_TEST(by(text) == "2 ", text);
  }
  BOOST_TEST(by("单丽") == "2 ");
  BOOST_TEST(by("E12340000") == "2 ");
  BOOST_TEST(by("0021-1") == "2 3 ");  // the numbers beside it are read as before
}

BOOST_AUTO_TEST_CASE(filters) {
  BOOST_TEST(by(SearchFilter::Today) == "2 1 ");
  BOOST_TEST(by(SearchFilter::Pending) == "4 3 ");
  BOOST_TEST(by(SearchFilter::Waitlist) == "");
  records[0].life = crdt::Appointment::CheckedIn;
  records[1].life = crdt::Appointment::Waitlisted;
  records[2].problem = true;
  for (const SearchRecord& record : records) index.put(record);
  BOOST_TEST(index.size() == 4U);
  BOOST_TEST(by(SearchFilter::ToCheckIn) == "");
  BOOST_TEST(by(SearchFilter::Waitlist) == "2 ");
  BOOST_TEST(by(SearchFilter::Problems) == "3 ");
  BOOST_TEST(between(kToday, kToday) == "2 1 ");
  BOOST_TEST(between(kToday + 1, {}) == "4 ");
  BOOST_TEST(between({}, kToday - 1) == "3 ");
}

BOOST_AUTO_TEST_CASE(what_has_changed_is_found_by_what_it_is_now) {
  records[0].name = "李建国";
  records[0].day = kToday + 5;
  index.put(records[0]);
  BOOST_TEST(by("国强") == "");
  BOOST_TEST(by("") == "1 4 2 3 ");
  index.remove(records[0].dot);
  index.remove({stream(9), 1, 0});
  BOOST_TEST(by("") == "4 2 3 ");
}

BOOST_AUTO_TEST_CASE(pages_join_without_a_gap_at_every_size) {
  for (std::uint64_t seq = 200; seq > 4; --seq) {  // some at the same window
    put(seq, "测试", "140399199003070064", "", "140311100-0304-0031-0", kToday, 540);
  }
  SearchQuestion question;
  question.limit = 1000;
  const std::string whole = found(question);
  for (const std::size_t limit : {1U, 2U, 7U, 199U, 200U, 201U}) {
    std::string joined;
    question = {};
    question.limit = limit;
    while (true) {
      const SearchHits hits = index.find(question, [](const crdt::ChangeId&) { return false; });
      BOOST_TEST(hits.total == 200);
      for (const SearchPlace& place : hits.places) joined += std::to_string(place.dot.seq) + " ";
      if (!hits.more) break;
      question.after = hits.places.back();
    }
    BOOST_TEST(joined == whole);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
