#include "node/runtime/config.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

namespace yizhan::node {
namespace {

std::string refusal(std::string_view toml) {
  const auto parsed = parse_config(toml);
  return parsed ? "accepted" : parsed.error().field + " " + parsed.error().detail.substr(0, 6);
}

BOOST_AUTO_TEST_SUITE(config_test)

BOOST_AUTO_TEST_CASE(the_sample_configuration_says_what_the_defaults_are) {
  const auto sample = read_config(YZ_SOURCE_DIR "/node/ops/yizhan.toml");
  BOOST_REQUIRE_MESSAGE(sample.has_value(), (sample ? "" : sample.error().detail));
  const Config defaults;
  BOOST_TEST((sample->data_dir == defaults.data_dir));
  BOOST_TEST(sample->http_listen == defaults.http_listen);
  BOOST_TEST(sample->http_hosts == defaults.http_hosts);
  BOOST_TEST(sample->link_bind == defaults.link_bind);
  BOOST_TEST(sample->link_parent == defaults.link_parent);
  BOOST_TEST(sample->printer == defaults.printer);
  BOOST_TEST((sample->backup_dir == defaults.backup_dir));
  BOOST_TEST(sample->backup_keep == defaults.backup_keep);
  BOOST_TEST((sample->policy_file == defaults.policy_file));
  BOOST_TEST((sample->calendar_file == defaults.calendar_file));
  BOOST_TEST(sample->log_level == defaults.log_level);
}

BOOST_AUTO_TEST_CASE(every_line_that_is_wrong_is_named_with_its_key) {
  BOOST_TEST(refusal("data_dir = 7") == "data_dir line 1");
  BOOST_TEST(refusal("data_dir = \"var\"") == "data_dir line 1");
  BOOST_TEST(refusal("\n[http]\nlisten = true") == "http.listen line 3");
  BOOST_TEST(refusal("[http]\nhosts = \"localhost\"") == "http.hosts line 2");
  BOOST_TEST(refusal("[http]\nhosts = [1]") == "http.hosts line 2");
  BOOST_TEST(refusal("[link]\nbind = \"0.0.0.0\"") == "link.bind line 2");
  BOOST_TEST(refusal("[link]\nparent = \":7403\"") == "link.parent line 2");
  BOOST_TEST(refusal("[link]\nparent = \"host:7403x\"") == "link.parent line 2");
  BOOST_TEST(refusal("[log]\nlevel = \"loud\"") == "log.level line 2");
  BOOST_TEST(refusal("[policy]\nfile = \"policy.toml\"") == "policy.file line 2");
  BOOST_TEST(refusal("[policy]\ncalendar = 3") == "policy.calendar line 2");
  BOOST_TEST(refusal("[backup]\ndir = \"backups\"") == "backup.dir line 2");
  BOOST_TEST(refusal("[backup]\nkeep = \"7\"") == "backup.keep line 2");
  BOOST_TEST(refusal("[backup]\nkeep = 7.5") == "backup.keep line 2");
  BOOST_TEST(refusal("[backup]\nkept = 7") == "backup.kept line 2");
  BOOST_TEST(refusal("[htpp]\nlisten = \"x\"") == "htpp line 1");
  BOOST_TEST(refusal("[htpp]") == "htpp line 1");
  BOOST_TEST(refusal("colour = \"blue\"") == "colour line 1");
  BOOST_TEST(refusal("[http") == "config line 1");
}

BOOST_AUTO_TEST_CASE(limits_are_exact) {
  const auto port = [](const std::string& key, const std::string& number) {
    return refusal("[link]\n" + key + " = \"10.14.3.11:" + number + "\"");
  };
  BOOST_TEST(port("bind", "0") == "accepted");  // any free port; nobody can dial it
  BOOST_TEST(port("parent", "0") == "link.parent line 2");
  for (const std::string key : {"bind", "parent"}) {
    BOOST_TEST(port(key, "1") == "accepted");
    BOOST_TEST(port(key, "65535") == "accepted");
    BOOST_TEST(port(key, "65536") == "link." + key + " line 2");
  }
  const auto keep = [](const std::string& count) { return refusal("[backup]\nkeep = " + count); };
  BOOST_TEST(keep("0") == "backup.keep line 2");
  BOOST_TEST(keep("1") == "accepted");
  BOOST_TEST(keep("365") == "accepted");
  BOOST_TEST(keep("366") == "backup.keep line 2");
  BOOST_TEST(keep("-7") == "backup.keep line 2");
  const auto text = [](std::size_t size) {
    return refusal("[policy]\nfile = \"/" + std::string(size - 1, 'p') + "\"");
  };
  BOOST_TEST(text(1023) == "accepted");
  BOOST_TEST(text(1024) == "accepted");
  BOOST_TEST(text(1025) == "policy.file line 2");
  const auto hosts = [](std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += "\"a\",";
    return refusal("[http]\nhosts = [" + list + "]");
  };
  BOOST_TEST(hosts(16) == "accepted");
  BOOST_TEST(hosts(17) == "http.hosts line 2");
  const std::string comment = "#" + std::string(64 * 1024 - 1, 'x');
  BOOST_TEST(refusal(comment) == "accepted");
  BOOST_TEST((parse_config(comment + "x").error().code == Errc::LimitExceeded));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_said_so) {
  BOOST_TEST((read_config("/nowhere/yizhan.toml").error().code == Errc::NotFound));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
