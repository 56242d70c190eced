#include "node/app/overview.h"

#include <algorithm>

#include "node/app/visit_view.h"
#include "node/policy/china_time.h"
#include "node/policy/periods.h"

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;

constexpr std::int64_t kDaysShown = 7;
constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kFreshMs = 15 * 60'000;  // of today: news of a station behind a district
constexpr std::int64_t kClockAheadMs = 5 * 60'000;

bool has_arrived(Life life) {
  return life == Life::CheckedIn || life == Life::InService || life == Life::Fulfilled;
}

// Whose place was certain, whether or not they came: at a day's end nobody is merely confirmed.
bool was_firm(Life life) {
  return life == Life::Confirmed || has_arrived(life) || life == Life::NoShow ||
         life == Life::NoShowExcused;
}

Result<void> add_appointments(const Reads& reads, const sync::Scope& scope, std::int64_t day,
                              OverviewTotals& out) {
  const auto rows = reads.day(scope, day);
  if (!rows) return fail(rows);
  for (const DayEntry& row : *rows) {
    ++out.booked;
    if (was_firm(row.state)) ++out.confirmed;
    if (row.state == Life::Waitlisted) ++out.waitlisted;
    if (has_arrived(row.state)) ++out.arrived;
  }
  return {};
}

std::size_t period_of(const Policy& policy, const FoundVisit& visit) {
  auto period = visit.number(VisitField::Period);
  if (!period) {
    const auto began = visit.time(VisitField::StartedAt);
    const auto at = began ? period_at(policy, china_moment(*began)) : std::nullopt;
    period = at ? static_cast<std::int64_t>(*at) : 0;
  }
  const bool known = *period > 0 && *period <= static_cast<std::int64_t>(kPeriods.size());
  return known ? static_cast<std::size_t>(*period) : 0;
}

// Whoever was served, with an appointment or without.
Result<void> add_served(const Reads& reads, const Policy& policy, const sync::Scope& scope,
                        std::int64_t day, OverviewTotals& out) {
  const auto rows = reads.closed_visits(scope, day);
  if (!rows) return fail(rows);
  for (const QueueEntry& row : *rows) {
    if (row.state != crdt::Visit::Finished) continue;
    const auto visit = load_visit(reads, scope, row.dot);
    if (!visit) return fail(visit);
    ++out.finished;
    ++out.finished_in[period_of(policy, *visit)];
  }
  return {};
}

Result<OverviewTotals> day_totals(const Reads& reads, const Policy& policy,
                                  const sync::Scope& scope, std::int64_t day) {
  OverviewTotals out;
  auto added = add_appointments(reads, scope, day, out);
  if (added) added = add_served(reads, policy, scope, day, out);
  if (!added) return fail(added);
  return out;
}

StationState state_of(const StationFacts& facts, const OverviewStation& row, WallMs now,
                      std::int64_t agreed_ms, bool clock_ahead) {
  if (facts.invited) return StationState::Invited;
  const WallMs since = row.last_contact.value_or(facts.member_since);
  if (!facts.connected && now.value - since.value > agreed_ms) return StationState::Overdue;
  if (clock_ahead) return StationState::ClockSuspect;
  return facts.connected ? StationState::Online : StationState::AgreedOffline;
}

bool is_complete(const StationFacts& facts, const OverviewStation& row, std::int64_t day,
                 WallMs now) {
  if (facts.connected) return true;
  if (!row.last_contact) return false;
  const WallMs end = wall_at({day + 1, 0});
  return row.last_contact->value >= std::min(end.value, now.value - kFreshMs);
}

Result<OverviewStation> station_row(const Reads& reads, const Policy& policy,
                                    const StationFacts& facts, std::int64_t day, WallMs now) {
  OverviewStation row;
  row.node = facts.node;
  row.name = facts.name;
  row.division = facts.division.text();
  const auto written = newest_change(reads, facts);
  if (!written) return fail(written);
  const bool ahead = *written && (*written)->value > now.value + kClockAheadMs;
  row.last_contact = facts.last_contact;
  if (!row.last_contact && *written && !ahead) row.last_contact = *written;
  const std::int64_t agreed_ms = policy.station.agreed_interval_h * kHourMs;
  row.agreed_days = agreed_ms / kDayMs;
  row.state = state_of(facts, row, now, agreed_ms, ahead);
  if (!facts.connected && row.last_contact) {
    row.offline_days = std::max<std::int64_t>(0, now.value - row.last_contact->value) / kDayMs;
  }
  row.reported = !facts.invited && is_complete(facts, row, day, now);
  return row;
}

void sort_by_need(std::vector<OverviewStation>& stations) {
  std::sort(stations.begin(), stations.end(),
            [](const OverviewStation& a, const OverviewStation& b) {
              const auto longest = [](const OverviewStation& row) { return -row.offline_days; };
              return std::tuple(a.state, longest(a), a.division, a.node) <
                     std::tuple(b.state, longest(b), b.division, b.node);
            });
}

}  // namespace

Result<std::optional<WallMs>> newest_change(const Reads& reads, const StationFacts& station) {
  std::optional<WallMs> newest;
  for (const sync::StreamRow& stream : station.streams) {
    if (stream.seq == 0) continue;
    const auto read = reads.changes(stream, stream.seq, [&](const crdt::Change& change) {
      const WallMs at{crdt::wall_ms(change.hlc)};
      if (!newest || at > *newest) newest = at;
      return true;
    });
    if (!read) return fail(read);
  }
  return newest;
}

void OverviewTotals::add(const OverviewTotals& more) {
  booked += more.booked;
  confirmed += more.confirmed;
  waitlisted += more.waitlisted;
  arrived += more.arrived;
  finished += more.finished;
  for (std::size_t i = 0; i < finished_in.size(); ++i) finished_in[i] += more.finished_in[i];
}

Result<StationDay> read_station_day(const Reads& reads, const Policy& policy,
                                    const StationFacts& facts, std::int64_t day, WallMs now) {
  auto row = station_row(reads, policy, facts, day, now);
  if (!row) return fail(row);
  StationDay out{std::move(*row), {}, {}};
  if (facts.invited) return out;
  const sync::Scope scope{facts.division, sync::ScopeClass::Biz};
  auto totals = day_totals(reads, policy, scope, day);
  if (!totals) return fail(totals);
  auto visits = tally_visits(reads, scope, day);
  if (!visits) return fail(visits);
  out.row.booked = totals->booked;
  out.row.finished = totals->finished;
  out.row.satisfaction_pct = visits->satisfaction_pct();
  out.totals = *totals;
  out.visits = *visits;
  return out;
}

Result<Overview> read_overview(const Reads& reads, const Policy& policy,
                               const std::vector<StationFacts>& stations, std::int64_t day,
                               WallMs now) {
  Overview out;
  out.date = date_text(day);
  out.as_of = now;
  std::array<OverviewTotals, kDaysShown> week;
  for (const StationFacts& facts : stations) {
    auto station = read_station_day(reads, policy, facts, day, now);
    if (!station) return fail(station);
    week[0].add(station->totals);
    out.visits.add(station->visits);
    const sync::Scope scope{facts.division, sync::ScopeClass::Biz};
    for (std::int64_t back = 1; back < kDaysShown && !facts.invited; ++back) {
      const auto totals = day_totals(reads, policy, scope, day - back);
      if (!totals) return fail(totals);
      week[static_cast<std::size_t>(back)].add(*totals);
    }
    OverviewStation& row = station->row;
    out.expected += facts.invited ? 0 : 1;
    out.reported += row.reported ? 1 : 0;
    const bool needs_someone =
        row.state == StationState::Overdue || row.state == StationState::ClockSuspect;
    out.attention += needs_someone ? 1 : 0;
    out.stations.push_back(std::move(row));
  }
  out.totals = week[0];
  for (std::int64_t back = kDaysShown - 1; back >= 0; --back) {
    const OverviewTotals& totals = week[static_cast<std::size_t>(back)];
    out.days.push_back({date_text(day - back), totals.finished_in[1], totals.off_hours()});
  }
  sort_by_need(out.stations);
  return out;
}

}  // namespace yizhan::node
