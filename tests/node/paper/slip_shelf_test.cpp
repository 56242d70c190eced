// What the shelf keeps, and for how long.
#include "node/paper/slip_shelf.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node::paper {
namespace {

MadeSlip made(const std::string& slip) {
  MadeSlip out;
  out.slip = slip;
  return out;
}

Wish wish(std::uint64_t intent, std::uint8_t request = 0) {
  Wish out{intent, {}};
  out.request[0] = request;
  return out;
}

BOOST_AUTO_TEST_SUITE(slip_shelf_test)

BOOST_AUTO_TEST_CASE(a_slip_stays_for_ten_minutes) {
  SlipShelf shelf;
  shelf.put(wish(7), made("a"), "pdf", {0});
  BOOST_TEST(*shelf.pdf("a", {599'999}) == "pdf");
  BOOST_TEST(shelf.made_for(wish(7), {599'999}).value()->slip == "a");
  BOOST_TEST(!shelf.pdf("b", {0}).has_value());
  BOOST_TEST(!shelf.pdf("a", {600'000}).has_value());
  BOOST_TEST(!shelf.made_for(wish(7), {600'000}).value().has_value());
}

BOOST_AUTO_TEST_CASE(one_wish_asks_one_thing) {
  SlipShelf shelf;
  shelf.put(wish(7, 1), made("a"), "pdf", {0});
  BOOST_TEST(shelf.made_for(wish(7, 1), {0}).value().has_value());
  BOOST_TEST((shelf.made_for(wish(7, 2), {0}).error().code == Errc::Conflict));
  BOOST_TEST(!shelf.made_for(wish(8, 2), {0}).value().has_value());
}

BOOST_AUTO_TEST_CASE(the_oldest_go_when_there_are_too_many_or_they_are_too_large) {
  SlipShelf shelf;
  for (std::size_t i = 0; i < SlipShelf::kSlipsMax; ++i) {
    shelf.put(wish(i), made(std::to_string(i)), "pdf", {0});
  }
  BOOST_TEST(shelf.pdf("0", {0}).has_value());
  shelf.put(wish(100), made("100"), "pdf", {0});
  BOOST_TEST(!shelf.pdf("0", {0}).has_value());
  BOOST_TEST(shelf.pdf("1", {0}).has_value());
  shelf.put(wish(101), made("101"), std::string(SlipShelf::kBytesMax - 3, 'x'), {0});
  BOOST_TEST(shelf.pdf("101", {0}).has_value());
  BOOST_TEST(shelf.pdf("100", {0}).has_value());
  BOOST_TEST(!shelf.pdf("1", {0}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::paper
