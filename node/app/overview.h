// Overview: one day of every station below a hub or district, from what it holds.
//
// What        Sums the appointments and the visits of the day, tells how each station stands with
//             its agreed time without contact, and of how many the day is complete.
// Invariants  I1  silence is not a zero and not a closed station: totals stand beside the number of
//                 stations that reported.
//             I2  what nothing here can tell is absent.
//             I3  sorted by need: overdue, wrong clock, invited, agreed offline, online.
// Units       Days since 1970-01-01, China time. Booked to arrived count appointments of the day;
//             finished and `visits` count visits whose ticket is of that day, walk-ins too.
// Errors      Storage errors.
// Source      ux.md H1; domain.md section 7 (ratios of sums; N2: visits in no-rest periods).
#pragma once
#include <array>

#include "node/app/reads.h"
#include "node/app/service_types.h"
#include "node/app/visit_tally.h"
#include "node/policy/policy.h"

namespace yizhan::node {

enum class StationState : std::uint8_t { Overdue, ClockSuspect, Invited, AgreedOffline, Online };

// What is known of a station without its records.
struct StationFacts {
  std::string node;  // hex; empty: invited only
  std::string name;
  sync::Division division;
  bool invited = false;
  bool connected = false;  // to this node itself
  std::optional<WallMs> last_contact;
  WallMs member_since;
  std::vector<sync::StreamRow> streams;  // that it wrote
};

struct OverviewStation {
  std::string node;
  std::string name;
  std::string division;  // path
  StationState state = StationState::AgreedOffline;
  std::optional<WallMs> last_contact;
  std::int64_t offline_days = 0;  // whole
  std::int64_t agreed_days = 0;
  std::int64_t booked = 0;
  std::int64_t finished = 0;
  bool reported = false;  // the day is complete here
  std::optional<std::int64_t> satisfaction_pct;
};

struct OverviewTotals {
  std::int64_t booked = 0;
  std::int64_t confirmed = 0;  // come since or not, but not cancelled
  std::int64_t waitlisted = 0;
  std::int64_t arrived = 0;
  std::int64_t finished = 0;
  std::array<std::int64_t, kPeriods.size() + 1> finished_in{};  // by Period; 0: outside of all
  std::int64_t off_hours() const {
    std::int64_t sum = 0;
    for (const Period period : kPeriods) {
      if (node::off_hours(period)) sum += finished_in[static_cast<std::size_t>(period)];
    }
    return sum;
  }
  void add(const OverviewTotals& more);
};

// The newest stamp that the station itself wrote: it was heard of after that.
Result<std::optional<WallMs>> newest_change(const Reads& reads, const StationFacts& station);

// One station as the overview lists it: how it stands, and its day.
struct StationDay {
  OverviewStation row;
  OverviewTotals totals;  // of what is here
  VisitTally visits;
};
Result<StationDay> read_station_day(const Reads& reads, const Policy& policy,
                                    const StationFacts& facts, std::int64_t day, WallMs now);

struct OverviewDay {
  std::string date;
  std::int64_t regular = 0;  // finished
  std::int64_t off_hours = 0;
};

struct Overview {
  std::string date;
  WallMs as_of;
  std::int64_t expected = 0;
  std::int64_t reported = 0;
  OverviewTotals totals;
  VisitTally visits;
  std::int64_t attention = 0;
  std::vector<OverviewStation> stations;
  std::vector<OverviewDay> days;  // the last seven, oldest first
};

Result<Overview> read_overview(const Reads& reads, const Policy& policy,
                               const std::vector<StationFacts>& stations, std::int64_t day,
                               WallMs now);

}  // namespace yizhan::node
