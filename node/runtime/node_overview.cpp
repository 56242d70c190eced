// The part of NodeRecords that the levels above use.
#include <algorithm>

#include "node/policy/china_time.h"
#include "node/policy/divisions.h"
#include "node/runtime/node_records.h"
#include "node/store/sqlite_invitations.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kLogRead = 200;

StationFacts station_facts(const Core& core, const sync::Certificate& member) {
  StationFacts facts;
  facts.node = to_hex(view(member.node()));
  const DivisionEntry* entry = division_at(member.home.text());
  facts.name = entry == nullptr ? member.home.text() : std::string(entry->name);
  facts.division = member.home;
  facts.member_since = member.not_before;
  for (const sync::PeerStatus& peer : core.engine.peers()) {
    if (peer.node != member.node()) continue;
    facts.connected = peer.connected;
    facts.last_contact = peer.last_contact;
  }
  for (const sync::StreamRow& stream : core.engine.streams()) {
    if (stream.author == member.node()) facts.streams.push_back(stream);
  }
  return facts;
}

bool is_station_below(const Core& core, const sync::Certificate& member) {
  return member.role == sync::Role::Station && member.node() != core.engine.node() &&
         member.home.within(core.engine.self().home);
}

Result<std::vector<StationFacts>> stations_below(const Core& core) {
  std::vector<StationFacts> all;
  for (const sync::Certificate& member : core.engine.members()) {
    if (is_station_below(core, member)) all.push_back(station_facts(core, member));
  }
  const auto invited = SqliteInvitations(core.store).all();
  if (!invited) return fail(invited);
  for (const Invitation& row : *invited) {
    if (row.used_by || row.role != sync::Role::Station) continue;
    StationFacts facts;
    facts.name = row.name;
    facts.division = row.division;
    facts.invited = true;
    all.push_back(std::move(facts));
  }
  return all;
}

std::optional<sync::Certificate> station_below(const Core& core, const std::string& node) {
  for (const sync::Certificate& member : core.engine.members()) {
    if (is_station_below(core, member) && to_hex(view(member.node())) == node) return member;
  }
  return std::nullopt;
}

}  // namespace

void NodeRecords::overview(std::optional<std::string> date, Done<Overview> done) {
  struct Asked {
    std::vector<StationFacts> stations;
    std::int64_t day = 0;
    WallMs now;
  };
  const auto then = [this, done](Result<Asked> asked) {
    if (!asked) return done(fail(asked));
    calls_.study<Overview>(done, [this, asked = std::move(*asked)](const SqliteStore& snapshot) {
      return read_overview(StoreReads(snapshot), policy_, asked.stations, asked.day, asked.now);
    });
  };
  calls_.look<Asked>(then, [date = std::move(date)](const Core& core) -> Result<Asked> {
    const auto day = date ? parse_date(*date) : Result<std::int64_t>(china_moment(core.wall).day);
    if (!day) return fail(day);
    auto stations = stations_below(core);
    if (!stations) return fail(stations);
    return Asked{std::move(*stations), *day, core.wall};
  });
}

void NodeRecords::station(std::string node, std::optional<std::string> date,
                          Done<StationDetail> done) {
  struct Asked {
    StationFacts facts;
    std::int64_t day = 0;
    WallMs now;
    StationDetail detail;
  };
  const Done<StationDetail> with_log = [this, node, done](Result<StationDetail> read) {
    if (!read) return done(fail(read));
    node_.sync_log(kLogRead, [node, done, detail = std::move(*read)](const auto& log) mutable {
      if (!log) return done(fail(log));
      detail.log = exchanges_with(node, *log);
      done(std::move(detail));
    });
  };
  const auto then = [this, with_log](Result<Asked> asked) {
    if (!asked) return with_log(fail(asked));
    calls_.study<StationDetail>(
        with_log,
        [this, asked = std::move(*asked)](const SqliteStore& snapshot) -> Result<StationDetail> {
          StationDetail detail = asked.detail;
          auto read = read_station_history(StoreReads(snapshot), policy_, asked.facts, asked.day,
                                           asked.now, detail);
          if (!read) return fail(read);
          return detail;
        });
  };
  calls_.look<Asked>(then, [this, node, date = std::move(date)](const Core& core) -> Result<Asked> {
    const auto day = date ? parse_date(*date) : Result<std::int64_t>(china_moment(core.wall).day);
    if (!day) return fail(day);
    const auto member = station_below(core, node);
    if (!member) return fail(Errc::NotFound, "no such station below", "node");
    auto rows = station_rows(core.engine, StoreReads(core.store), policy_, member->home, *day);
    if (!rows) return fail(rows);
    auto windows = read_windows(StoreReads(core.store), {member->home, sync::ScopeClass::Ref});
    if (!windows) return fail(windows);
    Asked asked{station_facts(core, *member), *day, core.wall, {}};
    asked.detail.date = date_text(*day);
    asked.detail.member_since = member->not_before;
    asked.detail.certificate_ends = member->not_after;
    asked.detail.appointments = std::move(*rows);
    asked.detail.windows = std::move(*windows);
    return asked;
  });
}

}  // namespace yizhan::node
