#include "node/doctor/machine.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "node/doctor/disk.h"
#include "node/doctor/key_files.h"
#include "node/paper/printers.h"

namespace yizhan::node {
namespace {

constexpr long kChinaOffsetS = 8L * 3600;

long zone_offset_s() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::tzset();
  ::localtime_r(&now, &local);
  return local.tm_gmtoff;
}

std::string zone_text(long offset_s) {
  const long minutes = std::abs(offset_s) / 60;
  const auto two = [](long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return (offset_s < 0 ? "UTC-" : "UTC+") + two(minutes / 60) + ":" + two(minutes % 60);
}

const char* finding_of(PrintProblem problem) {
  switch (problem) {
    case PrintProblem::None: return "ready";
    case PrintProblem::NoPrinter: return "none";
    case PrintProblem::PaperOut: return "paper_out";
    case PrintProblem::Offline: return "offline";
    case PrintProblem::Rejected: return "rejected";
  }
  return "offline";
}

}  // namespace

HealthCheck judge_zone(long offset_s) {
  const bool china = offset_s == kChinaOffsetS;
  return {.id = "OS-04",
          .verdict = china ? Verdict::Ok : Verdict::Warn,
          .value = offset_s / 60,
          .found = china ? "china" : "other",
          .with = {{"zone", zone_text(offset_s)}}};
}

// The one that is configured; without one, the default; without that, the first.
HealthCheck judge_printers(const std::vector<PrinterRow>& rows, const std::string& wanted) {
  auto found = std::find_if(rows.begin(), rows.end(), [&](const PrinterRow& row) {
    return wanted.empty() ? row.is_default : row.name == wanted;
  });
  if (found == rows.end() && wanted.empty()) found = rows.begin();
  if (found == rows.end()) {
    return {.id = "DV-01",
            .verdict = Verdict::Warn,
            .found = wanted.empty() ? "none" : "not_there",
            .with = {{"printer", wanted}}};
  }
  return {.id = "DV-01",
          .verdict = found->problem == PrintProblem::None ? Verdict::Ok : Verdict::Warn,
          .found = finding_of(found->problem),
          .with = {{"printer", found->name}}};
}

std::vector<HealthCheck> machine_checks(const MachinePlan& plan) {
  std::vector<HealthCheck> checks;
  if (plan.has_counter) {
    checks.push_back(judge_printers(paper::Printers(plan.printer).list(), plan.printer));
  }
  checks.push_back(key_files_check(plan.data));
  checks.push_back(judge_zone(zone_offset_s()));
  for (HealthCheck& check : disk_checks(plan.data)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace yizhan::node
