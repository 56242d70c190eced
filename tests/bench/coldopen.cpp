// coldopen: 100,000 records; open and read one, then the list of one day (file cache warm).
#include "tests/bench/draft.h"
#include "tests/bench/limit.h"
#include "tests/bench/report.h"
#include "tests/bench/station.h"

namespace yizhan::bench {
namespace {

constexpr std::int64_t kStations = 1;  // so that the list of a day is the same for both
constexpr std::int64_t kPerStation = 100'000;
constexpr std::size_t kWanted = 77'777;
constexpr int kRounds = 9;

crdt::Dot fill(const WorkFolder& work, const std::vector<Insert>& records) {
  BenchStation station(work.sub("ours"), true);
  Limit limit(work.sub("limit"));
  crdt::Dot wanted;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (i % 256 == 0) limit.begin();
    const crdt::Dot dot = station.write(records[i]);
    limit.put(records[i]);
    if (i == kWanted) wanted = dot;
    if (i % 256 != 255 && i + 1 != records.size()) continue;
    limit.commit();
    station.commit();
    station.seal();
    station.commit();
  }
  return wanted;
}

}  // namespace

std::vector<Report> coldopen() {
  const std::vector<Insert> records = inserts(kStations, kPerStation);
  const WorkFolder work;
  const crdt::Dot wanted = fill(work, records);
  const Insert& record = records[kWanted];
  std::vector<double> first[2];
  std::vector<double> list[2];
  for (int round = 0; round < kRounds; ++round) {
    double begun = now_ms();
    {
      BenchStation station(work.sub("ours"), false);
      station.get(wanted);
      first[0].push_back(now_ms() - begun);
      station.day_list(day_of(record));
      list[0].push_back(now_ms() - begun);
    }
    begun = now_ms();
    Limit limit(work.sub("limit"));
    limit.get(record.values[Id]);
    first[1].push_back(now_ms() - begun);
    limit.day_list(record.values[Station], record.values[Date]);
    list[1].push_back(now_ms() - begun);
  }
  return {{"coldopen first get", median(first[0]), median(first[1])},
          {"coldopen day list", median(list[0]), median(list[1])}};
}

}  // namespace yizhan::bench
