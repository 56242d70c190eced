// Report: what a scenario prints, and the few helpers that scenarios share.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace yizhan::bench {

struct Report {
  std::string scenario;
  double ours = 0;   // milliseconds
  double limit = 0;  // milliseconds, in the same run
};

double now_ms();
double median(std::vector<double> values);
// A fresh folder, removed at the end.
class WorkFolder {
 public:
  WorkFolder();
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  std::filesystem::path sub(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

std::vector<Report> localwrite();
std::vector<Report> coldopen();
std::vector<Report> catchup();
std::vector<Report> httpwrite();
std::vector<Report> search();

}  // namespace yizhan::bench
