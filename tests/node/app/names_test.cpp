// Record ids and printed numbers.
#include <boost/test/unit_test.hpp>

#include "node/app/printed_number.h"
#include "node/app/record_id.h"
#include "node/app/ticket_number.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

crdt::Dot dot(std::uint64_t seq, std::uint32_t op) {
  crdt::Dot out{{}, seq, op};
  for (std::size_t i = 0; i < out.stream.value.size(); ++i) {
    out.stream.value[i] = static_cast<std::uint8_t>(i * 17);
  }
  return out;
}

BOOST_AUTO_TEST_SUITE(names_test)

BOOST_AUTO_TEST_CASE(record_ids_name_one_dot) {
  for (const auto& [seq, op] : {std::pair<std::uint64_t, std::uint32_t>{1, 0},
                                {127, 0},
                                {128, 63},
                                {crdt::kSeqMax, crdt::kOpsPerChangeMax - 1}}) {
    const std::string id = record_id(dot(seq, op));
    BOOST_TEST(id.size() <= 64U);
    BOOST_TEST(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == std::string::npos);
    BOOST_TEST((*parse_record_id(id) == dot(seq, op)));
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_record_id_is_not_found) {
  const std::string id = record_id(dot(300, 2));
  for (const std::string& bad :
       {std::string(), std::string("a"), id + "a", id.substr(1), id.substr(0, id.size() - 1),
        std::string("!") + id.substr(1), record_id(dot(0, 0)), record_id(dot(crdt::kSeqMax + 1, 0)),
        record_id(dot(1, crdt::kOpsPerChangeMax))}) {
    const auto parsed = parse_record_id(bad);
    BOOST_REQUIRE(!parsed.has_value());
    BOOST_TEST((parsed.error().code == Errc::NotFound));
  }
  // Another spelling of the same numbers: a varint with a needless zero byte.
  const StreamId stream = dot(1, 0).stream;
  Bytes padded(stream.value.begin(), stream.value.end());
  append(padded, Bytes{0x81, 0x00, 0x00});
  BOOST_TEST(!parse_record_id(to_base32(padded)).has_value());
}

BOOST_AUTO_TEST_CASE(printed_numbers_find_wrong_digits) {
  const std::string number = printed_number("140311100", *parse_date("2026-03-05"), 17);
  BOOST_TEST(number.starts_with("140311100-0305-0017-"));
  BOOST_TEST(*printed_counter(number) == 17);
  for (std::size_t at = 0; at < number.size(); ++at) {
    if (number[at] == '-') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = number;
      wrong[at] = digit;
      if (digit != number[at]) BOOST_TEST(!printed_counter(wrong).has_value(), wrong);
    }
  }
  BOOST_TEST(*printed_counter(printed_number("140311100", 0, 123456)) == 123456);
  for (const char* none : {"", "-", "17", "abc-1"}) BOOST_TEST(!printed_counter(none).has_value());
}

BOOST_AUTO_TEST_CASE(a_printed_number_bears_the_mark_of_its_epoch) {
  const std::int64_t day = *parse_date("2026-03-05");
  const std::string number = printed_number("140311100", day, 48'290'017);
  BOOST_TEST(number.starts_with("140311100-0305-4829-0017-"));
  BOOST_TEST(*printed_counter(number) == 48'290'017);
  const auto parsed = parse_printed_number(number, day);
  BOOST_REQUIRE(parsed.has_value());
  BOOST_TEST((parsed->day == day && parsed->counter == 48'290'017));
  for (const char* code : {"1403", "140311", "140311100"}) {
    for (const std::int64_t counter : {17, 48'290'017}) {
      std::string digits = printed_number(code, day, counter);
      BOOST_TEST(issuing_station(digits) == code);
      std::erase(digits, '-');
      BOOST_TEST(issuing_station(digits) == code, digits);
    }
  }
  for (const char* none : {"140311100-0305-17-3", "140311100-0305-0000-0017-9", "0305-0017-8"}) {
    BOOST_TEST(!parse_printed_number(none, day).has_value(), none);
  }
}

BOOST_AUTO_TEST_CASE(a_ticket_bears_the_mark_of_its_epoch) {
  for (const TicketNumber ticket :
       {TicketNumber{0, 13}, {1, 9'999}, {0, 48'290'013}, {1, 10'001}, {0, 99'999'999}}) {
    const auto parsed = parse_ticket_number(ticket_text(ticket));
    BOOST_REQUIRE_MESSAGE(parsed.has_value(), ticket_text(ticket));
    BOOST_TEST((*parsed == ticket), ticket_text(ticket));
  }
  BOOST_TEST(ticket_text({0, 48'290'013}) == "A4829013");
  for (const char* none :
       {"A0000013", "A482900013", "A48290013x", "A48290001", "A4829000", "A12345"}) {
    BOOST_TEST(!parse_ticket_number(none).has_value(), none);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
