// Machine: the checks of `doctor` on what is around a node; it need not run.
//
// What        Disk, keys, time zone, and for a counter its printer.
// Invariants  I1  nothing is changed, and nothing is left behind.
// Units       none.
// Errors      none. Some seconds: call it on a thread that may wait.
// Source      ux.md section 7 "doctor".
#pragma once
#include <filesystem>

#include "node/app/paper_types.h"
#include "node/app/records_types.h"

namespace yizhan::node {

struct MachinePlan {
  std::filesystem::path data;
  bool has_counter = true;   // prints slips
  std::string printer = {};  // empty: the one that CUPS says
};

std::vector<HealthCheck> machine_checks(const MachinePlan& plan);  // in the order of their ids

HealthCheck judge_zone(long offset_s);  // OS-04
HealthCheck judge_printers(const std::vector<PrinterRow>& rows,
                           const std::string& wanted);  // DV-01

}  // namespace yizhan::node
