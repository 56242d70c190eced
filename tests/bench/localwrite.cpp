// localwrite: one record, one durable commit, at a station that holds 500; turn by turn with the
// limit, so that both meet the same disk.
#include "tests/bench/limit.h"
#include "tests/bench/report.h"
#include "tests/bench/station.h"

namespace yizhan::bench {

std::vector<Report> localwrite() {
  constexpr std::size_t kHeld = 500;
  const std::vector<Insert> records = inserts(2, kHeld);
  const WorkFolder work;
  BenchStation station(work.sub("ours"), true);
  Limit limit(work.sub("limit"));
  limit.begin();
  for (std::size_t i = 0; i < kHeld; ++i) {
    station.write(records[i]);
    limit.put(records[i]);
  }
  limit.commit();
  station.commit();
  station.seal();
  station.commit();

  std::vector<double> ours;
  std::vector<double> bare;
  for (std::size_t i = kHeld; i < records.size(); ++i) {
    const double begun = now_ms();
    station.write(records[i]);
    station.commit();
    const double between = now_ms();
    limit.begin();
    limit.put(records[i]);
    limit.commit();
    ours.push_back(between - begun);
    bare.push_back(now_ms() - between);
  }
  return {{"localwrite p50", median(ours), median(bare)}};
}

}  // namespace yizhan::bench
