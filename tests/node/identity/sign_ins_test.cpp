#include "node/identity/sign_ins.h"

#include <boost/test/unit_test.hpp>

using namespace yizhan;
using namespace yizhan::node;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  MonoMs now{1'000'000};
  std::uint8_t drawn = 0;
  SignIns sign_ins{SignInPolicy{}};

  static StaffMember person(std::uint8_t n) {
    return {.id = {Id16{n}}, .login = "p" + std::to_string(n), .display_name = "", .role = {}};
  }
  SignInEntropy entropy() {
    ++drawn;
    return {.token = Hash32{drawn, 1}, .csrf = Hash32{drawn, 2}};
  }
  std::string open(std::uint8_t n) {
    return sign_ins.open(person(n), entropy(), now).value().token;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sign_ins_test, Fixture)

BOOST_AUTO_TEST_CASE(a_token_opens_until_signed_out) {
  auto opened = sign_ins.open(person(1), entropy(), now).value();
  BOOST_TEST(opened.token.size() == 52U);  // 256 bits
  auto found = sign_ins.find(opened.token, now);
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->staff.login == "p1");
  BOOST_TEST(found->csrf == opened.csrf);
  BOOST_TEST(found->expires_in_s == 8 * 3600);
  BOOST_TEST(!sign_ins.find(opened.csrf, now).has_value());
  BOOST_TEST(!sign_ins.find("", now).has_value());
  sign_ins.end(opened.token);
  BOOST_TEST(!sign_ins.find(opened.token, now).has_value());
}

BOOST_AUTO_TEST_CASE(idleness_locks_and_use_puts_it_off_I2) {
  const std::string token = open(1);
  now = now + (5min - 1ms);
  BOOST_TEST(!sign_ins.find(token, now)->locked);
  sign_ins.use(token, now);
  now = now + (5min - 1ms);
  BOOST_TEST(!sign_ins.find(token, now)->locked);
  now = now + 1ms;
  BOOST_TEST(sign_ins.find(token, now)->locked);
  sign_ins.use(token, now);
  BOOST_TEST(sign_ins.find(token, now)->locked);
}

BOOST_AUTO_TEST_CASE(it_ends_after_eight_hours_of_work) {
  const std::string token = open(1);
  for (int i = 0; i < 8 * 60 - 1; ++i) {
    now = now + 1min;
    BOOST_REQUIRE(sign_ins.find(token, now).has_value());
    sign_ins.use(token, now);
  }
  now = now + (1min - 1ms);
  BOOST_TEST(sign_ins.find(token, now).has_value());
  now = now + 1ms;
  BOOST_TEST(!sign_ins.find(token, now).has_value());
}

BOOST_AUTO_TEST_CASE(on_a_hub_ten_idle_minutes_end_it) {
  sign_ins = SignIns(SignInPolicy::hub());
  const std::string token = open(1);
  now = now + (10min - 1ms);
  BOOST_TEST(sign_ins.find(token, now).has_value());
  now = now + 1ms;
  BOOST_TEST(!sign_ins.find(token, now).has_value());
}

BOOST_AUTO_TEST_CASE(a_fourth_sign_in_of_one_person_ends_the_oldest_I1) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 4; ++i) {
    tokens.push_back(open(1));
    now = now + 1s;
  }
  BOOST_TEST(!sign_ins.find(tokens[0], now).has_value());
  for (std::size_t i = 1; i < 4; ++i) BOOST_TEST(sign_ins.find(tokens[i], now).has_value());
}

BOOST_AUTO_TEST_CASE(the_node_takes_64_and_no_more_I1) {
  for (std::uint8_t n = 1; n <= 64; ++n) open(n);
  auto refused = sign_ins.open(person(65), entropy(), now);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == Errc::Throttled));
  now = now + 8h;  // all have ended
  BOOST_TEST(sign_ins.open(person(65), entropy(), now).has_value());
}

BOOST_AUTO_TEST_CASE(a_lock_by_wish_holds_for_this_sign_in_alone_I2) {
  const std::string mine = open(1);
  const std::string elsewhere = open(1);
  sign_ins.lock(mine);
  sign_ins.lock("nobody's token");
  sign_ins.use(mine, now);
  BOOST_TEST(sign_ins.find(mine, now)->locked);
  BOOST_TEST(!sign_ins.find(elsewhere, now)->locked);
}

BOOST_AUTO_TEST_CASE(disabling_a_person_ends_all_of_theirs_I3) {
  const std::string mine = open(1);
  const std::string mine_too = open(1);
  const std::string theirs = open(2);
  sign_ins.end_staff({Id16{1}});
  BOOST_TEST(!sign_ins.find(mine, now).has_value());
  BOOST_TEST(!sign_ins.find(mine_too, now).has_value());
  BOOST_TEST(sign_ins.find(theirs, now).has_value());
}

BOOST_AUTO_TEST_CASE(the_day_ends_for_everyone_and_last_for_who_closed_it_I3) {
  const std::string closing = open(1);
  const std::string mine_too = open(1);
  const std::string theirs = open(2);
  sign_ins.end_day(closing, 10min, now);
  BOOST_TEST(!sign_ins.find(mine_too, now).has_value());
  BOOST_TEST(!sign_ins.find(theirs, now).has_value());
  BOOST_TEST(sign_ins.find(closing, now)->expires_in_s == 600);
  now = now + 9min;
  sign_ins.use(closing, now);  // use does not put it off
  sign_ins.end_day(closing, 10min, now);
  now = now + 59s;
  BOOST_TEST(sign_ins.find(closing, now).has_value());
  now = now + 1s;
  BOOST_TEST(!sign_ins.find(closing, now).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
