// Machine: time zone and printers, and that every check of a folder is there.
#include "node/doctor/machine.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tests/node/store/temp_folder.h"

namespace yizhan::node::test {
namespace {

std::string printer_found(const std::vector<PrinterRow>& rows, const std::string& wanted = "") {
  return judge_printers(rows, wanted).found;
}

BOOST_AUTO_TEST_SUITE(machine)

BOOST_AUTO_TEST_CASE(only_the_offset_of_china_is_well) {
  BOOST_TEST((judge_zone(8 * 3600).verdict == Verdict::Ok));
  BOOST_TEST((judge_zone(0).verdict == Verdict::Warn));
  BOOST_TEST(judge_zone(0).with.at("zone") == "UTC+00:00");
  BOOST_TEST(judge_zone(-(3 * 3600 + 1800)).with.at("zone") == "UTC-03:30");
  BOOST_TEST(judge_zone(8 * 3600).with.at("zone") == "UTC+08:00");
}

BOOST_AUTO_TEST_CASE(the_printer_of_the_station_is_the_one_that_is_judged) {
  const PrinterRow spare{"spare", PrinterState::Idle, PrintProblem::None, false};
  const PrinterRow slips{"slips", PrinterState::Idle, PrintProblem::PaperOut, true};
  BOOST_TEST(printer_found({}) == "none");
  BOOST_TEST(printer_found({}, "slips") == "not_there");
  BOOST_TEST(printer_found({spare, slips}) == "paper_out");
  BOOST_TEST(printer_found({spare, slips}, "spare") == "ready");
  BOOST_TEST(printer_found({spare}) == "ready");
  BOOST_TEST((judge_printers({spare}, "").verdict == Verdict::Ok));
  BOOST_TEST((judge_printers({slips}, "").verdict == Verdict::Warn));
}

BOOST_AUTO_TEST_CASE(a_node_without_a_counter_is_not_asked_for_a_printer) {
  const TempFolder folder;
  const auto has_printer = [&](bool counter) {
    const auto checks = machine_checks({.data = folder.path(), .has_counter = counter});
    for (const char* id : {"ID-01", "OS-04", "ST-01", "ST-03"}) {
      BOOST_TEST(std::any_of(checks.begin(), checks.end(),
                             [&](const auto& check) { return check.id == id; }),
                 id);
    }
    return checks.front().id == "DV-01";
  };
  BOOST_TEST(has_printer(true));
  BOOST_TEST(!has_printer(false));
  BOOST_TEST(fs::is_empty(folder.path()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
