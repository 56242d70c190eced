// Disk: is what is saved in a folder kept when the current fails?
//
// What        Judges the file system and its options, and what stands behind it, and measures how
//             long a written page takes to be durable.
// Invariants  I1  nothing is left behind: the file that is written to has no name.
//             I2  that a disk tells the truth cannot be seen from here; that it does not, can: a
//                 rotating disk that is done before it has turned.
// Units       Microseconds.
// Errors      none: what could not be looked at is Unknown.
// Source      ux.md ST-01, ST-03; reliability.md B "fsync".
#pragma once
#include "node/app/records_types.h"
#include "node/doctor/mounts.h"

namespace yizhan::node {

struct DiskFacts {
  bool rotates = false;
  bool by_usb = false;
  std::string write_cache = "?";  // write back, write through
  std::string device = "?";       // /dev/sda
};
DiskFacts disk_behind(const Mount& mount, const std::filesystem::path& folder);

// How long each of some pages took until it was durable.
Result<std::vector<std::int64_t>> measure_sync(const std::filesystem::path& folder);

HealthCheck judge_file_system(const std::optional<Mount>& mount);  // ST-01
HealthCheck judge_sync(const Result<std::vector<std::int64_t>>& sync_us,
                       const DiskFacts& disk);  // ST-03

std::vector<HealthCheck> disk_checks(const std::filesystem::path& folder);

}  // namespace yizhan::node
