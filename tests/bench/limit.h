// Limit: the bare work on the same records: SQLite with synchronous=FULL, one hash, one signature.
//
// What        One row and one log entry a record, nothing else: what no design can do without.
// Errors      Throws std::runtime_error with SQLite's text.
// Source      design.md section 11 ("limit").
#pragma once
#include <array>
#include <filesystem>
#include <memory>
#include <span>

#include "tests/bench/workload.h"

namespace yizhan::bench {

class Limit {
 public:
  explicit Limit(const std::filesystem::path& folder);
  ~Limit();
  Limit(const Limit&) = delete;
  Limit& operator=(const Limit&) = delete;

  void begin();
  void put(const Insert& record);  // hash, signature, row, log entry
  void commit();
  // The other end's work: a signature over the hash chain of a run of changes.
  struct Run {
    std::vector<Change> changes;
    std::array<unsigned char, 64> signature{};
  };
  Run seal(std::vector<Change> changes) const;
  void take(const Run& run);  // chain, one verification, rows, log entries

  bool get(const std::string& id);
  int day_list(const std::string& station, const std::string& date);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::bench
