// The vectors of the standard's notes, section 9: GB 11643-1999 and its relatives.
#include "node/policy/person_document.h"

#include <boost/test/unit_test.hpp>

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

const std::int64_t kToday = *parse_date("2026-11-24");

std::string outcome(DocumentKind kind, std::string_view number) {
  const auto parsed = parse_document(kind, number, kToday);
  return parsed ? *parsed : "refused: " + parsed.error().detail;
}

BOOST_AUTO_TEST_SUITE(person_document_test)

BOOST_AUTO_TEST_CASE(valid_resident_ids) {
  for (const char* number :
       {"11010519491231002X", "440524188001010014", "34052419800101001X", "140399199003070013",
        "140399199003070021", "140399202002290027", "140399201510310042", "140399194508150112"}) {
    BOOST_TEST(outcome(DocumentKind::ResidentId, number) == number);
  }
}

BOOST_AUTO_TEST_CASE(typed_ids_are_brought_to_one_spelling) {
  for (const char* typed : {"11010519491231002x", " 110105 19491231 002X ", "110105-19491231-002x",
                            "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002ｘ"}) {
    BOOST_TEST(outcome(DocumentKind::ResidentId, typed) == "11010519491231002X");
  }
}

BOOST_AUTO_TEST_CASE(invalid_resident_ids_say_why) {
  const auto refused = [](const char* number) { return outcome(DocumentKind::ResidentId, number); };
  BOOST_TEST(refused("110105194912310021") == "refused: check_digit");
  BOOST_TEST(refused("140399199003070031") == "refused: check_digit");
  BOOST_TEST(refused("140399194508150113") == "refused: check_digit");
  BOOST_TEST(refused("140311202102290013") == "refused: birth_date");  // no 29 February 2021
  BOOST_TEST(refused("14039919900307001") == "refused: length");
  BOOST_TEST(refused("140399900307001") == "refused: old_15_digits");
  BOOST_TEST(refused("914840198001010016") == "refused: first_digit");
  BOOST_TEST(refused("") == "refused: length");
  BOOST_TEST(refused("1403991990030700ab") == "refused: characters");
  const auto bad = parse_document(DocumentKind::ResidentId, "140399199003700013", kToday);
  BOOST_REQUIRE(!bad.has_value());
  BOOST_TEST(bad.error().field == "document.number");
}

BOOST_AUTO_TEST_CASE(a_birth_date_in_the_future_is_refused) {
  // The same person, seen on the day of birth and the day before.
  const std::int64_t born = *parse_date("1990-03-07");
  BOOST_TEST(parse_document(DocumentKind::ResidentId, "140399199003070013", born).has_value());
  BOOST_TEST(!parse_document(DocumentKind::ResidentId, "140399199003070013", born - 1).has_value());
}

BOOST_AUTO_TEST_CASE(every_wrong_digit_of_an_id_is_found) {
  const std::string right = "140399199003070013";
  for (std::size_t at = 0; at < right.size(); ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == right[at]) continue;
      std::string wrong = right;
      wrong[at] = digit;
      BOOST_TEST(!parse_document(DocumentKind::ResidentId, wrong, kToday).has_value(), wrong);
    }
  }
}

BOOST_AUTO_TEST_CASE(residence_permits_of_other_people) {
  for (const char* number : {"810000199001010019", "820000198802290038", "830000199205050024"}) {
    BOOST_TEST(outcome(DocumentKind::HmtResidence, number) == number);
  }
  BOOST_TEST(outcome(DocumentKind::HmtResidence, "140399199003070013") == "refused: region");
  BOOST_TEST(outcome(DocumentKind::ForeignPermanent, "914840198001010016") == "914840198001010016");
  BOOST_TEST(outcome(DocumentKind::ForeignPermanent, "USA110080101123") == "USA110080101123");
  BOOST_TEST(outcome(DocumentKind::ForeignPermanent, "140399199003070013") ==
             "refused: first_digit");
}

BOOST_AUTO_TEST_CASE(permits_and_passports) {
  BOOST_TEST(outcome(DocumentKind::HmPermit, "h12345678") == "H12345678");
  BOOST_TEST(outcome(DocumentKind::HmPermit, "M1234567801") == "M1234567801");
  BOOST_TEST(outcome(DocumentKind::HmPermit, "H1234567") == "refused: length");
  BOOST_TEST(outcome(DocumentKind::HmPermit, "C12345678") == "refused: characters");
  BOOST_TEST(outcome(DocumentKind::TaiwanPermit, "12345678") == "12345678");
  BOOST_TEST(outcome(DocumentKind::TaiwanPermit, "1234567890b") == "1234567890B");
  BOOST_TEST(outcome(DocumentKind::TaiwanPermit, "1234567") == "refused: length");
  BOOST_TEST(outcome(DocumentKind::Passport, "E12345678") == "E12345678");
  BOOST_TEST(outcome(DocumentKind::Passport, "E123") == "refused: length");
  BOOST_TEST(outcome(DocumentKind::Passport, "E123;45") == "refused: characters");
  BOOST_TEST(outcome(DocumentKind::Other, "户口簿 第3页") == "户口簿 第3页");
  BOOST_TEST(outcome(DocumentKind::Other, std::string(32, '1')) == std::string(32, '1'));
  BOOST_TEST(outcome(DocumentKind::Other, std::string(33, '1')) == "refused: length");
}

BOOST_AUTO_TEST_CASE(kinds_have_one_name_each) {
  for (int kind = 1; kind <= 7; ++kind) {
    const auto value = static_cast<DocumentKind>(kind);
    BOOST_TEST((parse_document_kind(name(value)) == value));
  }
  BOOST_TEST(parse_document_kind("driving_licence").error().field == "document.kind");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
