// Workload: the appointments of tests/bench/spec.json, byte for byte those of its definition.
//
// What        Draws the inserts of phase 1 with mulberry32, in the order of the spec's fields.
// Units       Milliseconds since 1970.
// Errors      Throws when the spec cannot be read.
// Source      tests/bench/spec.json ("prng", "line", "phases").
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace yizhan::bench {

constexpr std::size_t kFields = 14;
enum Field {
  Id,
  Station,
  Service,
  Date,
  Slot,
  Name,
  Idno,
  Phone,
  Channel,
  Status,
  Clerk,
  Created,
  Updated,
  Note
};

struct Insert {
  std::int64_t station = 0;
  std::int64_t ts = 0;
  std::array<std::string, kFields> values;
  std::string line;  // its canonical bytes
};

std::vector<Insert> inserts(std::int64_t stations, std::int64_t records_per_station);

}  // namespace yizhan::bench
