#include "node/store/verify.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>

#include "crdt/codec/state_codec.h"
#include "node/app/printed_number.h"
#include "node/store/replay.h"
#include "node/store/sqlite_error.h"
#include "node/store/verify_log.h"
#include "node/store/verify_queue.h"

namespace yizhan::node {
namespace {

std::string short_hex(ByteView bytes) { return to_hex(bytes).substr(0, 8); }

std::string record_name(const sync::Scope& scope, const crdt::Dot& dot) {
  return "record " + short_hex(view(dot.stream)) + ":" + std::to_string(dot.seq) + ":" +
         std::to_string(dot.op) + " of " + text(scope);
}

void check_file_structure(SQLite::Database& sql, VerifyReport& report) {
  SQLite::Statement check(sql, "PRAGMA integrity_check(20)");
  while (check.executeStep()) {
    const std::string line = check.getColumn(0).getString();
    if (line != "ok") report.findings.push_back({"file", line});
  }
}

// Stored states of one scope against those that its segments give.
void check_states(const SqliteStore& store, const sync::Scope& scope, const States& wanted,
                  VerifyReport& report) {
  std::set<crdt::Dot> seen;
  const auto visited =
      store.for_each_entity(scope, [&](const crdt::Dot& dot, const crdt::EntityState& state) {
        seen.insert(dot);
        ++report.entities;
        const auto found = wanted.find(dot);
        if (found == wanted.end() || found->second != state) {
          report.findings.push_back({"entity", record_name(scope, dot)});
        }
      });
  if (!visited) report.findings.push_back({"entity", text(scope) + ": " + visited.error().detail});
  for (const auto& [dot, state] : wanted) {
    if (!seen.contains(dot)) report.findings.push_back({"entity", record_name(scope, dot)});
  }
}

// The lists of one scope against those that its states give.
void check_projections(const SqliteStore& store, const Numbering& numbering,
                       const sync::Scope& scope, const States& states, VerifyReport& report) {
  std::set<std::tuple<crdt::Dot, DayPlace>> places;
  std::set<std::tuple<crdt::Dot, FormsPlace>> forms;
  std::set<crdt::Dot> staff;
  for (const auto& [dot, state] : states) {
    if (const auto place = day_place(&state)) places.insert({dot, *place});
    if (const auto place = forms_place(&state)) forms.insert({dot, *place});
    if (in_roster(&state)) staff.insert(dot);
  }
  const std::int64_t number = numbering.known_scope(scope).value_or(0);
  const auto compare = [&](bool known, const char* table, const crdt::Dot& dot) {
    if (!known) report.findings.push_back({table, record_name(scope, dot)});
  };
  SQLite::Statement day(store.sql(), "SELECT id, date, slot, status FROM day WHERE scope = ?");
  day.bind(1, number);
  while (day.executeStep()) {
    const crdt::Dot dot = numbering.dot_at(day.getColumn(0).getInt64());
    const DayPlace place{day.getColumn(1).getInt64(), day.getColumn(2).getInt64(),
                         static_cast<crdt::LifeState>(day.getColumn(3).getInt())};
    compare(places.erase({dot, place}) == 1, "day", dot);
  }
  for (const auto& [dot, place] : places) compare(false, "day", dot);
  SQLite::Statement paper(store.sql(),
                          "SELECT id, date, first, count FROM paper_form WHERE scope = ?");
  paper.bind(1, number);
  while (paper.executeStep()) {
    const crdt::Dot dot = numbering.dot_at(paper.getColumn(0).getInt64());
    const FormsPlace place{paper.getColumn(1).getInt64(), paper.getColumn(2).getInt64(),
                           paper.getColumn(3).getInt64()};
    compare(forms.erase({dot, place}) == 1, "paper_form", dot);
  }
  for (const auto& [dot, place] : forms) compare(false, "paper_form", dot);
  SQLite::Statement roster(store.sql(), "SELECT id FROM roster WHERE scope = ?");
  roster.bind(1, number);
  while (roster.executeStep()) {
    const crdt::Dot dot = numbering.dot_at(roster.getColumn(0).getInt64());
    compare(staff.erase(dot) == 1, "roster", dot);
  }
  for (const crdt::Dot& dot : staff) compare(false, "roster", dot);
}

// A number must never be printed twice: the highest of each day and epoch may not stand too low.
void check_printed(const SqliteStore& store, const Numbering& numbering, const sync::Scope& scope,
                   const States& states, VerifyReport& report) {
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> highest;  // by day and mark
  for (const auto& [dot, state] : states) {
    const auto place = printed_place(&state);
    if (!place) continue;
    std::int64_t& held = highest[{place->day, mark_of(place->counter)}];
    held = std::max(held, place->counter);
  }
  SQLite::Statement select(store.sql(),
                           "SELECT counter FROM printed WHERE scope = ? AND date = ? AND mark = ?");
  for (const auto& [of, counter] : highest) {
    select.reset();
    SQLite::bind(select, numbering.known_scope(scope).value_or(0), of.first, of.second);
    if (select.executeStep() && select.getColumn(0).getInt64() >= counter) continue;
    report.findings.push_back(
        {"printed", "day " + std::to_string(of.first) + " of " + text(scope)});
  }
}

void check_digests(const SqliteStore& store, const Numbering& numbering,
                   std::map<sync::Scope, sync::ScopeDigest> wanted, VerifyReport& report) {
  SQLite::Statement select(store.sql(), "SELECT scope, sum, terms FROM digest");
  while (select.executeStep()) {
    const sync::Scope scope = numbering.scope_at(select.getColumn(0).getInt64());
    const Bytes sum = blob_of(select.getColumn(1));
    const auto found = wanted.find(scope);
    const bool same = found != wanted.end() && equal(sum, found->second.sum) &&
                      from_sql(select.getColumn(2).getInt64()) == found->second.terms;
    if (!same) report.findings.push_back({"digest", "digest of " + text(scope)});
    if (found != wanted.end()) wanted.erase(found);
  }
  for (const auto& [scope, digest] : wanted) {
    if (digest.terms > 0) report.findings.push_back({"digest", "digest of " + text(scope)});
  }
}

}  // namespace

Result<VerifyReport> verify(const SqliteStore& store, const sync::Key32& root_public,
                            const JournalOwner* journal, const std::function<bool()>& go_on) {
  const auto stopped = fail(Errc::Busy, "stopped on the way");
  try {
    VerifyReport report;
    Statements statements(store.sql());
    Numbering numbering(statements);
    numbering.load();
    check_file_structure(store.sql(), report);
    const Members members = check_certificates(store, root_public, report);
    Log log = check_log(store, numbering, members, report, go_on);
    if (!go_on()) return stopped;
    check_revocations(store, root_public, members, log, report);
    check_receipts(store, numbering, members, report);
    check_scope_keys(store, numbering, log, report);
    check_digests(store, numbering, log.digests, report);
    restamp(store, root_public, members, log);
    for (const auto& [scope, changes] : log.scopes) {
      if (!go_on()) return stopped;
      const States states = replay(changes);
      check_states(store, scope, states, report);
      check_projections(store, numbering, scope, states, report);
      check_printed(store, numbering, scope, states, report);
      check_queue(store, numbering, scope, states, report);
    }
    for (const std::uint32_t page : store.damaged_pages()) {
      report.findings.push_back({"page", "page " + std::to_string(page)});
    }
    if (journal != nullptr) check_journal(store, *journal, report);
    report.ok = report.findings.empty();
    return report;
  } catch (const std::exception& caught) {
    return tl::unexpected<Error>(storage_error(caught));
  }
}

Result<std::vector<ScopeRoot>> state_roots(const SqliteStore& store) {
  std::vector<ScopeRoot> roots;
  for (const auto& [scope, digest] : store.digests()) {
    ScopeRoot row;
    row.scope = text(scope);
    row.log_digest = to_hex(digest.sum);
    crdt::StateRoot root;
    const auto visited =
        store.for_each_entity(scope, [&](const crdt::Dot& dot, const crdt::EntityState& state) {
          root.add(dot, state);
          ++row.entities;
        });
    if (!visited) return fail(visited);
    for (const sync::StreamRow& stream : store.streams()) {
      if (stream.scope == scope) row.changes += static_cast<std::int64_t>(stream.seq);
    }
    row.state_root = to_hex(root.finish());
    roots.push_back(std::move(row));
  }
  if (const auto damage = store.met_damage()) return tl::unexpected<Error>(*damage);
  return roots;
}

}  // namespace yizhan::node
