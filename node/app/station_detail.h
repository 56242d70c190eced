// Station detail: what a level above knows of one station.
//
// What        The station as the overview lists it, its appointments of one day, its windows, how
//             much it has written that is here, and its part of the last exchanges.
// Invariants  I1  it tells what this node holds: a silent station is shown with its last contact,
//                 and what nothing here can tell is absent.
//             I2  rows are masked, and at most kStationRows of them.
// Units       See node/app/overview.h.
// Errors      NotFound, field "node": no such station below this node; storage errors.
// Source      ux.md H2.
#pragma once
#include "node/app/admin_types.h"
#include "node/app/overview.h"
#include "node/app/search_types.h"
#include "node/app/window_book.h"

namespace yizhan::sync {
class Engine;
}

namespace yizhan::node {

constexpr std::size_t kStationRows = 50;
constexpr std::size_t kStationExchanges = 20;

struct StationDetail {
  std::string date;
  StationDay day;
  WallMs member_since;
  WallMs certificate_ends;
  std::int64_t changes = 0;             // of the station, held here
  std::optional<WallMs> written;        // the newest of them, by the station's clock
  std::vector<RecordRow> appointments;  // by window
  std::vector<WindowEntry> windows;     // of its hall, as its lead wrote them
  std::vector<SyncLogRow> log;          // since this node was started, newest first
};

// The rows of the day. On the thread that owns the engine.
Result<std::vector<RecordRow>> station_rows(const sync::Engine& engine, const Reads& reads,
                                            const Policy& policy, const sync::Division& division,
                                            std::int64_t day);
// Reads what takes as long as there is history: day, changes and written.
Result<void> read_station_history(const Reads& reads, const Policy& policy,
                                  const StationFacts& facts, std::int64_t day, WallMs now,
                                  StationDetail& out);
// Of exchanges, those with this station, which are named by the first digits of its node.
std::vector<SyncLogRow> exchanges_with(const std::string& node, const std::vector<SyncLogRow>& log);

}  // namespace yizhan::node
