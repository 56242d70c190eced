// Printers: the print queues of this machine, through the commands of CUPS.
//
// What        Lists queues with what is wrong with them, and prints a slip with its exact medium.
//             A slip that does not come out is taken back, so that it is not printed twice later.
// Invariants  I1  every call ends within kPrintLimit and some seconds: call it on a thread that may
//                 wait.
//             I2  nothing of a slip stands in a command line.
// Errors      none: a machine without CUPS has no printers, and what went wrong is a PrintProblem.
// Source      ux.md section 5 Print (explicit media; paper-out is read back).
#pragma once
#include <chrono>

#include "node/app/paper_types.h"
#include "node/paper/page.h"

namespace yizhan::node::paper {

struct PrinterTimes {
  std::chrono::milliseconds command{3000};  // of one command
  std::chrono::milliseconds job{6000};      // until a job must have left the queue
  std::chrono::milliseconds poll{250};
};

class Printers {
 public:
  // `configured`: the printer of this station; empty: the one that CUPS says.
  explicit Printers(std::string configured, PrinterTimes times = {})
      : configured_(std::move(configured)), times_(times) {}

  std::vector<PrinterRow> list() const;
  // Empty problem: it left the queue, or is being printed.
  PrintProblem print(const std::string& wanted, const Pdf& pdf, Paper paper) const;

 private:
  const PrinterRow* choose(const std::vector<PrinterRow>& rows, const std::string& wanted) const;
  PrintProblem watch(const std::string& printer, const std::string& job) const;

  std::string configured_;
  PrinterTimes times_;
};

}  // namespace yizhan::node::paper
