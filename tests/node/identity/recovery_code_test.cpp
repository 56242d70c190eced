#include "node/identity/recovery_code.h"

#include <boost/test/unit_test.hpp>

#include "tests/node/store/temp_folder.h"
#include "tests/sync/fixture.h"

namespace yizhan::node::test {
namespace {

RecoverySeed seed_of(std::uint64_t number) { return sync::test::bytes_of<20>(number); }

std::string replaced(std::string text, char from, char to) {
  for (char& c : text) c = c == from ? to : c;
  return text;
}

BOOST_AUTO_TEST_SUITE(recovery_code_test)

BOOST_AUTO_TEST_CASE(a_code_is_read_however_it_was_written_down_I1) {
  for (std::uint64_t number = 0; number < 200; ++number) {
    const RecoverySeed seed = seed_of(number);
    const std::string text = recovery_text(seed);
    BOOST_TEST(text.size() == 44);
    BOOST_TEST(text.find_first_of("ILOU") == std::string::npos);
    std::string lower = text;
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    for (const std::string& written :
         {text, lower, replaced(text, '-', ' '), replaced(text, '0', 'O'),
          replaced(lower, '1', 'l'), replaced(text, '1', 'I'), "  " + text + "\r\n"}) {
      const auto read = parse_recovery(written);
      BOOST_REQUIRE(read.has_value());
      BOOST_TEST((*read == seed));
    }
  }
}

BOOST_AUTO_TEST_CASE(golden_code) {
  RecoverySeed seed{};
  for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(i * 13);
  BOOST_TEST(recovery_text(seed) == "006H-M9SM-8575-PT3N-GA7S-SADP-RF8D-VTQQ-NV0T");
  BOOST_TEST(recovery_text(RecoverySeed{}).starts_with("0000-0000-0000-0000-0000-0000-0000-0000-"));
}

// Every letter changed to every other, two neighbours changed, one left out, one too many.
BOOST_AUTO_TEST_CASE(a_slip_of_the_pen_is_told_I2) {
  const std::string text = recovery_text(seed_of(7));
  std::size_t wrong = 0;
  const auto refuse = [&](const std::string& written) {
    const auto read = parse_recovery(written);
    if (read.has_value() && *read != seed_of(7)) BOOST_ERROR("accepted as another code");
    if (!read.has_value()) BOOST_TEST(read.error().field == "code");
    wrong += read.has_value() ? 0 : 1;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '-') continue;
    for (const char other : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
      if (other == text[at]) continue;
      std::string written = text;
      written[at] = other;
      refuse(written);
    }
    std::string shorter = text;
    shorter.erase(at, 1);
    refuse(shorter);
    if (at + 1 < text.size() && text[at + 1] != '-' && text[at] != text[at + 1]) {
      std::string turned = text;
      std::swap(turned[at], turned[at + 1]);
      refuse(turned);
    }
  }
  BOOST_TEST(wrong > 36 * 32);
  for (const std::string& written :
       {std::string(), text + "0", text.substr(0, 39), std::string(200, '0'), text + "U",
        std::string("密码"), std::string("abcd-efgh-ijkl-mnop")}) {
    YZ_REQUIRE_ERROR(parse_recovery(written), Errc::BadFormat);
  }
}

BOOST_AUTO_TEST_CASE(the_folder_keeps_the_public_half_and_a_new_code_takes_its_place) {
  const TempFolder folder;
  const NodeFiles files(folder.path());
  BOOST_TEST(!files.recovery_key().value().has_value());
  sync::test::SeededEntropy entropy(3);
  const auto first = new_recovery(files, entropy);
  BOOST_REQUIRE(first.has_value());
  const auto public_of = [](const std::string& code) {
    return sync::x25519_public(recovery_secret(parse_recovery(code).value()));
  };
  BOOST_TEST((files.recovery_key().value() == public_of(*first)));
  const auto second = new_recovery(files, entropy);
  BOOST_REQUIRE(second.has_value());
  BOOST_TEST((*first != *second));
  BOOST_TEST((files.recovery_key().value() == public_of(*second)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
