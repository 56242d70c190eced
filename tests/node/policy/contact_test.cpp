#include "node/policy/contact.h"

#include <boost/test/unit_test.hpp>

#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

std::string name_of(std::string_view typed) {
  const auto parsed = parse_person_name(typed);
  return parsed ? *parsed : std::string("refused: ") + name(parsed.error().code);
}
std::string phone_of(std::string_view typed) {
  const auto parsed = parse_phone(typed);
  return parsed ? *parsed : std::string("refused: ") + parsed.error().field;
}

BOOST_AUTO_TEST_SUITE(contact_test)

BOOST_AUTO_TEST_CASE(names_keep_their_characters) {
  for (const char* own :
       {"张桂芳", "𠮷", "欧阳娜娜", "O'Neil 约翰", "㛃𬭎", "<img onerror=1>", "=cmd()"}) {
    BOOST_TEST(name_of(own) == own);
  }
  BOOST_TEST(name_of("  张桂芳　") == "张桂芳");
}

BOOST_AUTO_TEST_CASE(every_look_alike_separator_becomes_one) {
  for (const char* typed :
       {"阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽‧买买提", "阿依古丽・买买提",
        "阿依古丽．买买提", "阿依古丽･买买提", "阿依古丽 · 买买提"}) {
    BOOST_TEST(name_of(typed) == "阿依古丽·买买提");
  }
}

BOOST_AUTO_TEST_CASE(names_have_limits) {
  std::string name;
  for (int i = 0; i < 64; ++i) name += "𠮷";
  BOOST_TEST(name_of(name) == name);
  BOOST_TEST(name_of(name + "一") == "refused: LimitExceeded");
  BOOST_TEST(name_of("") == "refused: BadFormat");
  BOOST_TEST(name_of("  ") == "refused: BadFormat");
  BOOST_TEST(name_of(utf8({U'张', 0x202e, U'三'})) == "refused: BadFormat");  // turns text round
  BOOST_TEST(name_of(utf8({U'张', 0x200b, U'三'})) == "refused: BadFormat");  // hides in it
}

BOOST_AUTO_TEST_CASE(phones) {
  for (const char* typed : {"13812345678", "138 1234 5678", "+86 138-1234-5678", "008613812345678",
                            "8613812345678", "１３８１２３４５６７８"}) {
    BOOST_TEST(phone_of(typed) == "13812345678");
  }
  BOOST_TEST(phone_of("19212345678") == "19212345678");
  BOOST_TEST(phone_of("0353-2293456") == "0353-2293456");
  BOOST_TEST(phone_of("0353 2293456") == "03532293456");
  BOOST_TEST(phone_of("010-12345678-8012") == "010-12345678-8012");
  BOOST_TEST(phone_of("12345") == "12345");
  for (const char* bad : {"1381234567", "138123456789", "12812345678", "", "abc", "0353-12"}) {
    BOOST_TEST(phone_of(bad) == "refused: phone");
  }
}

BOOST_AUTO_TEST_CASE(masks_show_no_more_than_the_policy_allows) {
  BOOST_TEST(mask_name("张桂芳") == "张**");
  BOOST_TEST(mask_name("𠮷田") == "𠮷*");
  BOOST_TEST(mask_name("阿依·买") == "阿*·*");
  BOOST_TEST(mask_name("张") == "张");
  BOOST_TEST(phone_tail("13812345678") == "5678");
  BOOST_TEST(phone_tail("0353-2293456") == "3456");
  BOOST_TEST(phone_tail("") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
