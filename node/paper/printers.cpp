#include "node/paper/printers.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <thread>

#include "node/paper/child_process.h"

namespace yizhan::node::paper {
namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Empty when the command is not there or does not answer.
std::string output_of(const std::vector<std::string>& command, const PrinterTimes& times) {
  const auto done = run_child(command, "", times.command);
  return done ? done->output : "";
}

std::string word_after(std::string_view line, std::string_view start) {
  line.remove_prefix(start.size());
  return std::string(line.substr(0, line.find(' ')));
}

void read_state(PrinterRow& row, std::string_view line) {
  if (has(line, " disabled")) {
    row.state = PrinterState::Stopped;
    row.problem = PrintProblem::Offline;
  } else if (has(line, " is idle")) {
    row.state = PrinterState::Idle;
  } else if (has(line, " now printing")) {
    row.state = PrinterState::Printing;
  }
}

// What CUPS reports below a printer: its alerts, or why it stopped.
void read_alert(PrinterRow& row, std::string_view line) {
  if (has(line, "media-empty") || has(line, "media-needed") || has(line, "out of paper")) {
    row.problem = PrintProblem::PaperOut;
  } else if (row.problem == PrintProblem::None &&
             (has(line, "offline") || has(line, "connecting-to-device") || has(line, "timed-out") ||
              has(line, "shutdown"))) {
    row.problem = PrintProblem::Offline;
  }
}

std::vector<PrinterRow> read_printers(const std::string& text) {
  constexpr std::string_view kStart = "printer ";
  std::vector<PrinterRow> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kStart)) {
      rows.push_back({word_after(line, kStart), PrinterState::Unknown, PrintProblem::None, false});
      read_state(rows.back(), line);
    } else if (!rows.empty()) {
      read_alert(rows.back(), line);
    }
  }
  return rows;
}

void mark_rejecting(std::vector<PrinterRow>& rows, const std::string& text) {
  for (PrinterRow& row : rows) {
    if (has(text, row.name + " not accepting")) row.problem = PrintProblem::Rejected;
  }
}

std::string default_printer(const std::string& text) {
  constexpr std::string_view kStart = "system default destination: ";
  const std::size_t at = text.find(kStart);
  if (at == std::string::npos) return "";
  const std::string_view rest = std::string_view(text).substr(at + kStart.size());
  return std::string(rest.substr(0, rest.find_first_of("\r\n")));
}

std::string medium(const Pdf& pdf, Paper paper) {
  switch (paper) {
    case Paper::Roll80:
      return "media=Custom.80x" + std::to_string(static_cast<int>(std::ceil(pdf.height))) + "mm";
    case Paper::A5: return "media=A5";
    case Paper::A4: return "media=A4";
  }
  return "media=A4";
}

// "request id is slips-12 (1 file(s))"
std::string job_of(const std::string& text) {
  constexpr std::string_view kStart = "request id is ";
  return text.starts_with(kStart) ? word_after(text, kStart) : "";
}

const PrinterRow* find(const std::vector<PrinterRow>& rows, const std::string& name) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const PrinterRow& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::vector<PrinterRow> Printers::list() const {
  std::vector<PrinterRow> rows = read_printers(output_of({"lpstat", "-l", "-p"}, times_));
  if (rows.empty()) return rows;
  mark_rejecting(rows, output_of({"lpstat", "-a"}, times_));
  std::string own = configured_;
  if (own.empty()) own = default_printer(output_of({"lpstat", "-d"}, times_));
  for (PrinterRow& row : rows) row.is_default = row.name == own;
  return rows;
}

const PrinterRow* Printers::choose(const std::vector<PrinterRow>& rows,
                                   const std::string& wanted) const {
  if (!wanted.empty()) return find(rows, wanted);
  for (const PrinterRow& row : rows) {
    if (row.is_default) return &row;
  }
  return rows.size() == 1 && configured_.empty() ? &rows.front() : nullptr;
}

PrintProblem Printers::watch(const std::string& printer, const std::string& job) const {
  const auto end = std::chrono::steady_clock::now() + times_.job;
  while (true) {
    const std::string waiting = output_of({"lpstat", "-W", "not-completed", "-o", printer}, times_);
    if (!has(waiting, job + " ")) return PrintProblem::None;
    const std::vector<PrinterRow> rows = read_printers(output_of({"lpstat", "-l", "-p"}, times_));
    const PrinterRow* row = find(rows, printer);
    if (row == nullptr) return PrintProblem::Offline;
    if (row->problem != PrintProblem::None) return row->problem;
    if (std::chrono::steady_clock::now() >= end) {
      return row->state == PrinterState::Printing ? PrintProblem::None : PrintProblem::Offline;
    }
    std::this_thread::sleep_for(times_.poll);
  }
}

PrintProblem Printers::print(const std::string& wanted, const Pdf& pdf, Paper paper) const {
  const std::vector<PrinterRow> rows = list();
  const PrinterRow* printer = choose(rows, wanted);
  if (printer == nullptr) return PrintProblem::NoPrinter;
  if (printer->problem != PrintProblem::None) return printer->problem;
  const auto sent = run_child({"lp", "-d", printer->name, "-t", "yizhan", "-o", medium(pdf, paper),
                               "-o", "print-scaling=none", "-"},
                              pdf.bytes, times_.command);
  if (!sent) return PrintProblem::Offline;
  const std::string job = job_of(sent->output);
  if (sent->status != 0 || job.empty()) return PrintProblem::Rejected;
  const PrintProblem problem = watch(printer->name, job);
  if (problem != PrintProblem::None) output_of({"cancel", job}, times_);
  return problem;
}

}  // namespace yizhan::node::paper
