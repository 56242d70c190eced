#include "node/identity/secret_rules.h"

#include <boost/test/unit_test.hpp>

using namespace yizhan;
using namespace yizhan::node;

BOOST_AUTO_TEST_SUITE(secret_rules_test)

BOOST_AUTO_TEST_CASE(clerks_may_choose_a_pin_that_is_no_run_and_no_repeat) {
  for (const char* good :
       {"270418", "112233", "123457", "2704180", "correct horse", "四海之内皆兄弟也且行"}) {
    BOOST_TEST_CONTEXT(good) { BOOST_TEST(check_new_secret(good, StaffRole::Clerk).has_value()); }
  }
  for (const char* bad : {"", "27041", "123456", "654321", "890123", "210987", "111111", "121212",
                          "123123", "abc123", "nine char", "一二三四五六七八九"}) {
    BOOST_TEST_CONTEXT(bad) {
      auto refused = check_new_secret(bad, StaffRole::Clerk);
      BOOST_REQUIRE(!refused.has_value());
      BOOST_TEST(refused.error().field == "new_secret");
    }
  }
}

BOOST_AUTO_TEST_CASE(leads_and_above_need_a_passphrase) {
  for (StaffRole role : {StaffRole::Lead, StaffRole::District, StaffRole::City}) {
    BOOST_TEST(!check_new_secret("270418", role).has_value());
    BOOST_TEST(!check_new_secret("ninechars", role).has_value());
    BOOST_TEST(check_new_secret("ten chars!", role).has_value());
    BOOST_TEST(!check_new_secret("aaaaaaaaaa", role).has_value());
    BOOST_TEST(!check_new_secret("0123456789", role).has_value());
  }
}

BOOST_AUTO_TEST_CASE(the_length_has_an_upper_limit) {
  std::string secret(kSecretBytesMax, 'x');
  secret[0] = 'y';
  BOOST_TEST(check_new_secret(secret, StaffRole::Clerk).has_value());
  secret += 'x';
  auto refused = check_new_secret(secret, StaffRole::Clerk);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == Errc::LimitExceeded));
}

BOOST_AUTO_TEST_SUITE_END()
