// Words: filled in both languages; of this very finding before those of the check.
#include "node/doctor/words.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace yizhan::node {
namespace {

HealthCheck finding(const char* id, Verdict verdict, const char* found) {
  return {.id = id,
          .verdict = verdict,
          .found = found,
          .with = {{"file", "/d/secrets.yz"}, {"mode", "0644"}}};
}

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(the_table_stands_in_order_and_each_row_has_both_languages) {
  const auto rows = words_table();
  BOOST_TEST(rows.size() > 100U);
  BOOST_TEST(std::is_sorted(rows.begin(), rows.end(),
                            [](const auto& a, const auto& b) { return a.key < b.key; }));
  for (const WordsRow& row : rows) BOOST_TEST((!row.zh.empty() && !row.en.empty()), row.key);
}

BOOST_AUTO_TEST_CASE(a_finding_names_what_it_found) {
  const HealthCheck check = finding("ID-01", Verdict::Fail, "open");
  BOOST_TEST(title_of(check, Lang::Zh) == "本机密钥");
  BOOST_TEST(found_words(check, Lang::Zh) == "/d/secrets.yz 的权限是 0644，别的用户也能读");
  BOOST_TEST(found_words(check, Lang::En) == "/d/secrets.yz has mode 0644: others can read it");
  BOOST_TEST(remedy_words(check, Lang::Zh) == "请运行: chmod 600 /d/secrets.yz");
}

BOOST_AUTO_TEST_CASE(the_remedy_of_the_check_serves_a_finding_without_one_of_its_own) {
  const std::string of_check = remedy_words(finding("ID-01", Verdict::Fail, "missing"), Lang::En);
  BOOST_TEST(of_check == "Find the backup or the old disk and call the city; do not join anew.");
  BOOST_TEST(remedy_words(finding("ID-01", Verdict::Ok, "kept"), Lang::En).empty());
}

BOOST_AUTO_TEST_CASE(a_value_that_looks_like_a_place_is_not_filled_again) {
  HealthCheck check = finding("ID-01", Verdict::Fail, "missing");
  check.with["file"] = "{file}{mode}";
  BOOST_TEST(found_words(check, Lang::En) == "{file}{mode} is missing");
}

BOOST_AUTO_TEST_CASE(what_has_no_words_is_its_own_name) {
  const HealthCheck check = finding("XX-99", Verdict::Warn, "odd");
  BOOST_TEST(title_of(check, Lang::Zh) == "XX-99");
  BOOST_TEST(found_words(check, Lang::Zh) == "odd");
  BOOST_TEST(remedy_words(check, Lang::Zh).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
