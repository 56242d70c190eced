#include "node/app/station_detail.h"

#include "node/app/record_finder.h"

namespace yizhan::node {

Result<std::vector<RecordRow>> station_rows(const sync::Engine& engine, const Reads& reads,
                                            const Policy& policy, const sync::Division& division,
                                            std::int64_t day) {
  const auto entries = reads.day({division, sync::ScopeClass::Biz}, day);
  if (!entries) return fail(entries);
  std::vector<RecordRow> rows;
  for (const DayEntry& entry : *entries) {
    if (rows.size() == kStationRows) break;
    auto row = show_record(engine, reads, policy, entry.dot);
    if (!row) return fail(row);
    if (*row) rows.push_back(std::move(**row));
  }
  return rows;
}

Result<void> read_station_history(const Reads& reads, const Policy& policy,
                                  const StationFacts& facts, std::int64_t day, WallMs now,
                                  StationDetail& out) {
  auto read = read_station_day(reads, policy, facts, day, now);
  if (!read) return fail(read);
  out.day = std::move(*read);
  for (const sync::StreamRow& stream : facts.streams) {
    out.changes += static_cast<std::int64_t>(stream.seq);
  }
  auto written = newest_change(reads, facts);
  if (!written) return fail(written);
  out.written = *written;
  return {};
}

std::vector<SyncLogRow> exchanges_with(const std::string& node,
                                       const std::vector<SyncLogRow>& log) {
  std::vector<SyncLogRow> rows;
  for (const SyncLogRow& row : log) {
    if (rows.size() == kStationExchanges) break;
    if (!row.peer.empty() && node.starts_with(row.peer)) rows.push_back(row);
  }
  return rows;
}

}  // namespace yizhan::node
