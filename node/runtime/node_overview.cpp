// The part of NodeRecords that the levels above use.
#include <algorithm>

#include "node/policy/china_time.h"
#include "node/policy/divisions.h"
#include "node/runtime/node_records.h"
#include "node/store/sqlite_invitations.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

StationFacts facts_of(const Core& core, const sync::Certificate& member) {
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

Result<std::vector<StationFacts>> stations_below(const Core& core) {
  std::vector<StationFacts> all;
  const sync::Certificate& self = core.engine.self();
  for (const sync::Certificate& member : core.engine.members()) {
    if (member.role != sync::Role::Station || member.node() == core.engine.node()) continue;
    if (member.home.within(self.home)) all.push_back(facts_of(core, member));
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

}  // namespace yizhan::node
