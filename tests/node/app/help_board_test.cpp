// Calls for help among colleagues.
#include "node/app/help_board.h"

#include <boost/test/unit_test.hpp>

#include "tests/node/app/refusal.h"

namespace yizhan::node::test {
namespace {

struct Hall {
  static StaffMember staff(std::uint8_t number, const char* login, const char* name,
                           StaffRole role = StaffRole::Clerk) {
    StaffMember out;
    out.id.value[0] = number;
    out.login = login;
    out.display_name = name;
    out.role = role;
    return out;
  }
  static MonoMs at(std::int64_t minute) { return {minute * 60'000}; }
  // "2 王敏←张 3 赵磊": window, name, who comes.
  std::string open(std::int64_t minute = 0) {
    std::string out;
    for (const HelpCall& call : board.open(at(minute))) {
      out += (out.empty() ? "" : " ") + std::to_string(call.window.value_or(0)) + " " + call.name +
             (call.coming.empty() ? "" : "←" + call.coming);
    }
    return out;
  }

  StaffMember wang = staff(1, "wangmin", "王敏");
  StaffMember zhao = staff(2, "zhaolei", "赵磊");
  StaffMember qian = staff(3, "qianli", "钱丽");
  StaffMember lead = staff(4, "lizhan", "李站", StaffRole::Lead);
  HelpBoard board;
};

BOOST_FIXTURE_TEST_SUITE(help_board_test, Hall)

BOOST_AUTO_TEST_CASE(asking_again_is_the_same_call_I1) {
  board.ask(wang, 2, at(0));
  board.ask(wang, 3, at(1));
  BOOST_TEST(open(1) == "2 王敏");
  BOOST_TEST(board.open(at(1))[0].since.value == 0);
  board.ask(zhao, std::nullopt, at(2));
  BOOST_TEST(open(2) == "2 王敏 0 赵磊");
}

BOOST_AUTO_TEST_CASE(the_first_who_says_so_is_coming_and_nobody_comes_to_themselves_I2) {
  board.ask(wang, 2, at(0));
  BOOST_TEST(refusal(board.come(wang, "wangmin", at(0))) == "Denied login");
  BOOST_TEST(refusal(board.come(zhao, "wangmin", at(0))) == "accepted");
  BOOST_TEST(refusal(board.come(lead, "wangmin", at(0))) == "accepted");
  BOOST_TEST(open() == "2 王敏←赵磊");
  BOOST_TEST(refusal(board.come(zhao, "qianli", at(0))) == "NotFound login");
}

BOOST_AUTO_TEST_CASE(it_is_over_when_who_asked_who_comes_or_a_lead_says_so) {
  for (const StaffMember& by : {wang, zhao, lead}) {
    board.ask(wang, 2, at(0));
    BOOST_TEST(refusal(board.come(zhao, "wangmin", at(0))) == "accepted");
    BOOST_TEST(refusal(board.end(qian, "wangmin", at(0))) == "Denied role");
    BOOST_TEST(refusal(board.end(by, "wangmin", at(0))) == "accepted");
    BOOST_TEST(open() == "");
    BOOST_TEST(refusal(board.end(by, "wangmin", at(0))) == "NotFound login");
  }
}

BOOST_AUTO_TEST_CASE(a_call_that_nobody_ended_ends_by_itself_I3) {
  board.ask(wang, 2, at(0));
  BOOST_TEST(open(29) == "2 王敏");
  BOOST_TEST(open(30) == "");
  BOOST_TEST(refusal(board.come(zhao, "wangmin", at(30))) == "NotFound login");
  board.ask(wang, 2, at(31));
  BOOST_TEST(open(31) == "2 王敏");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
