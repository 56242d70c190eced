// yizhan-bench: times what users wait for, as a ratio against the bare work in the same run.
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/bench/report.h"
#include "tests/bench/workload.h"

namespace {

using yizhan::bench::Report;

std::vector<Report> run(const std::string& scenario) {
  if (scenario == "localwrite") return yizhan::bench::localwrite();
  if (scenario == "catchup") return yizhan::bench::catchup();
  if (scenario == "search") return yizhan::bench::search();
  if (scenario == "httpwrite") return yizhan::bench::httpwrite();
  return yizhan::bench::coldopen();
}

void print(const std::vector<Report>& reports, bool json) {
  for (const Report& report : reports) {
    const double ratio = report.ours / report.limit;
    if (json) {
      std::cout << nlohmann::json{{"scenario", report.scenario},
                                  {"ours", report.ours},
                                  {"limit", report.limit},
                                  {"ratio", ratio}}
                << '\n';
    } else {
      std::cout << report.scenario << "  ours " << report.ours << " ms  limit " << report.limit
                << " ms  ratio " << ratio << '\n';
    }
  }
}

}  // namespace

int main(int count, char** arguments) try {
  CLI::App app("Times what users wait for against the bare work.", "yizhan-bench");
  std::string scenario;
  std::string workload;
  bool json = false;
  auto* chosen =
      app.add_option("--scenario", scenario, "localwrite, httpwrite, catchup, coldopen or search")
          ->check(CLI::IsMember({"localwrite", "httpwrite", "catchup", "coldopen", "search"}));
  app.add_option("--workload", workload, "write the 30,500 changes of the spec to a file")
      ->excludes(chosen);
  app.add_flag("--json", json, "one JSON object a line");
  CLI11_PARSE(app, count, arguments);
  if (sodium_init() < 0) return 2;
  if (!workload.empty()) {
    std::ofstream out(workload);
    const auto all = yizhan::bench::workload({});
    for (const auto& insert : all.inserts) out << insert.line << '\n';
    for (const auto& update : all.updates) out << update.line << '\n';
    return out ? 0 : 1;
  }
  if (scenario.empty()) {
    std::cerr << app.help();
    return 2;
  }
  print(run(scenario), json);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "yizhan-bench: " << error.what() << '\n';
  return 2;
}
