// Printers, over commands of CUPS that the test plays.
#include "node/paper/printers.h"

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "node/paper/child_process.h"
#include "tests/node/store/temp_folder.h"

namespace yizhan::node::paper {
namespace {

using std::chrono::milliseconds;

// A folder of commands that stands before PATH: lp keeps what it was given, lpstat says what the
// test wrote.
struct FakeCups {
  FakeCups() : path(::getenv("PATH")) {
    ::setenv("PATH", folder.path().c_str(), 1);
    ::setenv("FAKE_CUPS", folder.path().c_str(), 1);
    idle();
  }
  ~FakeCups() { ::setenv("PATH", path.c_str(), 1); }

  void command(const std::string& name, const std::string& lines) const {
    const auto file = folder.path() / name;
    std::ofstream(file) << "#!/bin/sh\nPATH=/usr/bin:/bin\n" << lines;
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  void say(const std::string& name, const std::string& text) const {
    std::ofstream(folder.path() / name) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(folder.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // One printer, ready; whatever is sent leaves at once.
  void idle() const {
    command("lp",
            "echo \"$@\" >$FAKE_CUPS/asked; cat >$FAKE_CUPS/sent\n"
            "echo 'request id is slips-12 (1 file(s))'\n");
    command("lpstat",
            "case $1 in\n-l) cat $FAKE_CUPS/state;;\n-a) cat $FAKE_CUPS/accepts;;\n"
            "-d) cat $FAKE_CUPS/default;;\n-W) cat $FAKE_CUPS/jobs;;\nesac\n");
    command("cancel", "echo \"$1\" >$FAKE_CUPS/cancelled\n");
    say("state", "printer slips is idle.  enabled since Thu 05 Mar 2026\n\tAlerts: none\n");
    say("accepts", "slips accepting requests since Thu 05 Mar 2026\n");
    say("default", "system default destination: slips\n");
    say("jobs", "");
  }

  test::TempFolder folder;
  std::string path;
  // A command that is started on a loaded machine takes its time.
  Printers printers{"", {milliseconds(20'000), milliseconds(300), milliseconds(20)}};
  Pdf pdf{"%PDF-1.5 slip", 1, 107.2};
};

BOOST_FIXTURE_TEST_SUITE(printers_test, FakeCups)

BOOST_AUTO_TEST_CASE(a_slip_goes_to_the_printer_with_its_exact_medium) {
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::None));
  BOOST_TEST(read("sent") == pdf.bytes);
  BOOST_TEST(read("asked") ==
             "-d slips -t yizhan -o media=Custom.80x108mm -o print-scaling=none -\n");
  BOOST_TEST((printers.print("slips", pdf, Paper::A5) == PrintProblem::None));
  BOOST_TEST(read("asked").find("media=A5") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(printers_are_listed_with_what_is_wrong) {
  say("state",
      "printer slips is idle.  enabled since Thu 05 Mar 2026\n\tAlerts: media-empty-error\n"
      "printer forms disabled since Thu 05 Mar 2026 -\n\tUnplugged or turned off\n"
      "printer lists now printing lists-3.  enabled since Thu 05 Mar 2026\n\tAlerts: none\n");
  say("accepts", "lists not accepting requests since Thu 05 Mar 2026\n");
  const auto rows = printers.list();
  BOOST_REQUIRE(rows.size() == 3U);
  BOOST_TEST((rows[0].problem == PrintProblem::PaperOut));
  BOOST_TEST(rows[0].is_default);
  BOOST_TEST((rows[1].state == PrinterState::Stopped));
  BOOST_TEST((rows[1].problem == PrintProblem::Offline));
  BOOST_TEST((rows[2].state == PrinterState::Printing));
  BOOST_TEST((rows[2].problem == PrintProblem::Rejected));
  BOOST_TEST(!rows[2].is_default);
}

BOOST_AUTO_TEST_CASE(no_paper_is_told_and_the_job_is_taken_back) {
  // The printer finds out only when the job is there.
  say("jobs", "slips-12 yizhan 1024 Thu 05 Mar 2026\n");
  command("lp",
          "echo 'printer slips now printing slips-12.  enabled' >$FAKE_CUPS/state\n"
          "echo '\tAlerts: media-needed-error' >>$FAKE_CUPS/state\n"
          "echo 'request id is slips-12 (1 file(s))'\n");
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::PaperOut));
  BOOST_TEST(read("cancelled") == "slips-12\n");
  // And the next one is not even sent.
  command("lp", "echo sent >$FAKE_CUPS/second\n");
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::PaperOut));
  BOOST_TEST(read("second").empty());
}

BOOST_AUTO_TEST_CASE(a_job_that_does_not_leave_is_taken_back) {
  say("jobs", "slips-12 yizhan 1024 Thu 05 Mar 2026\n");
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::Offline));
  BOOST_TEST(read("cancelled") == "slips-12\n");
}

BOOST_AUTO_TEST_CASE(a_machine_without_printers_has_none) {
  say("state", "");
  BOOST_TEST(printers.list().empty());
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::NoPrinter));
  std::filesystem::remove(folder.path() / "lpstat");
  std::filesystem::remove(folder.path() / "lp");
  BOOST_TEST(printers.list().empty());
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::NoPrinter));
}

BOOST_AUTO_TEST_CASE(a_printer_that_is_not_there_is_never_replaced_by_another) {
  BOOST_TEST((printers.print("other", pdf, Paper::Roll80) == PrintProblem::NoPrinter));
  const Printers configured("other", {milliseconds(20'000), milliseconds(300), milliseconds(20)});
  BOOST_TEST((configured.print("", pdf, Paper::Roll80) == PrintProblem::NoPrinter));
}

BOOST_AUTO_TEST_CASE(a_refusal_of_lp_is_told) {
  command("lp", "echo 'lp: Error - unsupported document-format.'; exit 1\n");
  BOOST_TEST((printers.print("", pdf, Paper::Roll80) == PrintProblem::Rejected));
}

BOOST_AUTO_TEST_CASE(a_command_that_hangs_is_ended) {
  command("lp", "sleep 300\n");
  const Printers hasty("", {milliseconds(2'000), milliseconds(300), milliseconds(20)});
  const auto begun = std::chrono::steady_clock::now();
  BOOST_TEST((hasty.print("", pdf, Paper::Roll80) == PrintProblem::Offline));
  BOOST_TEST((std::chrono::steady_clock::now() - begun < std::chrono::seconds(60)));
}

BOOST_AUTO_TEST_CASE(children_get_their_input_and_end) {
  const std::string much(300'000, 'x');
  command("count", "wc -c\n");
  BOOST_TEST(run_child({"count"}, much, milliseconds(60'000))->output == "300000\n");
  command("loud", "head -c 200000 /dev/zero\n");
  BOOST_TEST(run_child({"loud"}, "", milliseconds(60'000))->output.size() == 64U * 1024);
  command("seven", "exit 7\n");
  BOOST_TEST(run_child({"seven"}, much, milliseconds(60'000))->status == 7);
  BOOST_TEST((run_child({"nowhere"}, "", milliseconds(60'000)).error().code == Errc::NotFound));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::paper
