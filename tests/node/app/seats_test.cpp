#include "node/app/seats.h"

#include <boost/test/unit_test.hpp>

#include "node/app/ticket_number.h"

namespace yizhan::node {
namespace {

constexpr WallMs kNow{1'790'000'000'000};

BOOST_AUTO_TEST_SUITE(seats_test)

BOOST_AUTO_TEST_CASE(a_window_has_one_seat_until_it_is_taken_over_I1) {
  Seats seats;
  const auto first = seats.open({2, "王敏", false, "aa"}, kNow);
  BOOST_REQUIRE((first && !*first));
  const auto refused = seats.open({2, "陈静", false, "bb"}, kNow);
  BOOST_REQUIRE(!refused);
  BOOST_TEST(refused.error().field == "take_over");
  BOOST_TEST(seats.find("aa")->holder == "王敏");
  const auto taken = seats.open({2, "陈静", true, "bb"}, kNow);
  BOOST_REQUIRE((taken && *taken));
  BOOST_TEST(**taken == "王敏");
  BOOST_TEST(seats.find("aa").error().field == "seat");
  BOOST_TEST(seats.find("bb")->window == 2);
}

BOOST_AUTO_TEST_CASE(the_same_clerk_in_two_tabs_has_to_take_over_too) {
  Seats seats;
  BOOST_REQUIRE(seats.open({2, "王敏", false, "aa"}, kNow).has_value());
  BOOST_TEST(!seats.open({2, "王敏", false, "bb"}, kNow).has_value());
}

BOOST_AUTO_TEST_CASE(only_the_seat_of_a_window_closes_it) {
  Seats seats;
  BOOST_REQUIRE(seats.open({2, "王敏", false, "aa"}, kNow).has_value());
  BOOST_REQUIRE(seats.open({3, "陈静", false, "bb"}, kNow).has_value());
  BOOST_TEST(seats.close(2, "bb").error().field == "seat");
  BOOST_TEST(seats.close(2, "cc").error().field == "seat");
  BOOST_TEST(seats.close(2, "aa").has_value());
  BOOST_TEST(seats.at(2) == nullptr);
  BOOST_TEST(seats.at(3) != nullptr);
}

BOOST_AUTO_TEST_CASE(with_the_day_every_window_is_let_go) {
  Seats seats;
  BOOST_TEST(seats.close_all().empty());
  BOOST_REQUIRE(seats.open({2, "王敏", false, "a"}, WallMs{1}).has_value());
  BOOST_REQUIRE(seats.open({1, "赵磊", false, "b"}, WallMs{1}).has_value());
  BOOST_TEST((seats.close_all() == std::vector<std::int64_t>{1, 2}));
  BOOST_TEST((seats.at(1) == nullptr));
  BOOST_TEST(!seats.find("a").has_value());
}

BOOST_AUTO_TEST_CASE(ticket_numbers_read_back_what_they_say) {
  for (const TicketNumber ticket : {TicketNumber{0, 1}, {0, 13}, {1, 999}, {0, 1000}, {1, 9999}}) {
    BOOST_TEST((parse_ticket_number(ticket_text(ticket)) == ticket));
  }
  BOOST_TEST(ticket_text({0, 13}) == "A013");
  BOOST_TEST(ticket_text({1, 1000}) == "B1000");
  for (const char* text : {"", "A", "A01", "C001", "a013", "A0013", "A000", "A01x", "A12345"}) {
    BOOST_TEST(!parse_ticket_number(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
