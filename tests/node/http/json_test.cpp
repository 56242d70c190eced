// The parser takes what docs/openapi.yaml states, and nothing at limit + 1.
#include <boost/test/unit_test.hpp>

#include "node/http/json_value.h"

namespace yizhan::node::http {
namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string object_of(int members) {
  std::string text = "{";
  for (int i = 0; i < members; ++i) {
    text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
  }
  return text + "}";
}

std::string string_of(std::size_t bytes) { return "\"" + std::string(bytes, 'a') + "\""; }

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(limits_hold_and_one_more_is_refused) {
  BOOST_TEST(parse_json(nested(8)).has_value());
  BOOST_TEST(!parse_json(nested(9)).has_value());
  BOOST_TEST(parse_json(object_of(128)).has_value());
  BOOST_TEST(!parse_json(object_of(129)).has_value());
  BOOST_TEST(parse_json(string_of(16384)).has_value());
  BOOST_TEST(!parse_json(string_of(16385)).has_value());
  BOOST_TEST(parse_json("9007199254740991").has_value());
  BOOST_TEST(!parse_json("9007199254740992").has_value());
  BOOST_TEST(parse_json("-9007199254740991").has_value());
  BOOST_TEST(!parse_json("-9007199254740992").has_value());
}

BOOST_AUTO_TEST_CASE(what_two_readers_could_read_differently_is_refused) {
  for (const char* text : {"", "{", "{\"a\":1,\"a\":2}", "1.5", "1e3", "NaN", "{\"a\":1}x", "[1,]",
                           "\"\xff\"", "\"\\ud800\"", "\xef\xbb\xbf{}", "{'a':1}", "/*c*/{}"}) {
    BOOST_TEST(!parse_json(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::http
