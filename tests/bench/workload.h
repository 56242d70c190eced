// Workload: the appointments of tests/bench/spec.json, byte for byte those of its definition.
//
// What        Draws the phases with mulberry32, in the order of the spec's fields: every record is
//             inserted by its station, then updated by it once a phase; in the last phase every so
//             many records are also updated by the next station, which did not know of that.
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

struct Update {
  char kind = 'U';         // or C: by the next station, at the same time
  std::int64_t phase = 0;  // 1 are the inserts
  std::size_t record = 0;
  std::string id;            // of the record
  std::int64_t station = 0;  // that makes it
  std::vector<std::pair<Field, std::string>> set;
  std::string line;
};

struct Size {
  std::int64_t stations = 20;
  std::int64_t records_per_station = 500;
  std::int64_t updates = 2;
  std::int64_t conflict_every = 20;
};
struct Workload {
  std::vector<Insert> inserts;
  std::vector<Update> updates;
};
// One of the two.
struct Change {
  const Insert* insert = nullptr;
  const Update* update = nullptr;
  const std::string& line() const { return insert != nullptr ? insert->line : update->line; }
};
// What each station does, in its own order.
struct StationWork {
  std::vector<Change> before;  // its records and their updates, but those of the last phase
  std::vector<Change> last;    // these: of the neighbour's records, too, as they stood before
};
std::vector<StationWork> by_station(const Workload& all, const Size& size);
// The same changes by whose record they are about: each list in an order that needs no other.
std::vector<std::vector<Change>> by_home(const Workload& all, const Size& size);
Workload workload(const Size& size);

std::vector<Insert> inserts(std::int64_t stations, std::int64_t records_per_station);

}  // namespace yizhan::bench
