#include "node/policy/pinyin.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace yizhan::node {
namespace {

std::string letters(char32_t point) {
  std::string out;
  for (int i = 0; i < 26; ++i) {
    if ((pinyin_initials(point) >> i) & 1U) out += static_cast<char>('a' + i);
  }
  return out;
}

BOOST_AUTO_TEST_SUITE(pinyin_test)

BOOST_AUTO_TEST_CASE(one_reading_one_letter) {
  BOOST_TEST(letters(U'李') == "l");
  BOOST_TEST(letters(U'国') == "g");
  BOOST_TEST(letters(U'欧') == "o");
  BOOST_TEST(letters(U'吕') == "l");
}

BOOST_AUTO_TEST_CASE(several_readings_several_letters) {
  BOOST_TEST(letters(U'单') == "cds");  // chán dān shàn
  BOOST_TEST(letters(U'仇') == "cq");   // chóu qiú
  BOOST_TEST(letters(U'曾') == "cz");
}

BOOST_AUTO_TEST_CASE(rare_characters) {
  BOOST_TEST(letters(U'䶮') == "y");    // extension A
  BOOST_TEST(letters(0x20001) == "q");  // 𠀁 of extension B
  BOOST_TEST(letters(0x2cb2d) == "l");  // 𬬭 of extension E
}

BOOST_AUTO_TEST_CASE(what_has_no_reading_has_no_letter) {
  for (const char32_t point :
       {U'a', U'·', U'1', char32_t{0x3f06}, char32_t{0x20bb7}, char32_t{0x10ffff}, U'\0'}) {
    BOOST_TEST(letters(point) == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
