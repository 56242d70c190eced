#include "node/store/verify_queue.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <set>

#include "node/app/printed_number.h"
#include "node/app/reads.h"
#include "node/store/feedback_places.h"
#include "node/store/projections.h"

namespace yizhan::node {
namespace {

// One row of a list: who, and where.
using ListRow = std::tuple<crdt::Dot, std::int64_t, std::int64_t, std::int64_t>;
using ListRows = std::set<ListRow>;
using Links = std::set<std::pair<crdt::Dot, crdt::Dot>>;  // one record names another

struct Wanted {
  ListRows queue;
  Links arrivals;  // (appointment, visit)
  ListRows desk;
  ListRows closing;
  ListRows served;
  ListRows rateable;
  Links ratings;  // (visit, evaluation)
  ListRows complaints;
  std::map<TicketRun, std::int64_t> tickets;  // the highest
};

Wanted wanted_of(const States& states) {
  Wanted out;
  for (const auto& [dot, state] : states) {
    if (const auto spot = queue_spot(&state)) {
      out.queue.insert({dot, spot->open ? 1 : 0, spot->date, spot->state});
    }
    if (const auto came = arrival_place(&state)) out.arrivals.insert({*came, dot});
    if (is_window(&state)) out.desk.insert({dot, 0, 0, 0});
    if (const auto day = closing_place(&state)) out.closing.insert({dot, *day, 0, 0});
    if (const auto place = served_place(&state)) {
      out.served.insert({dot, place->window, place->at, 0});
    }
    if (const auto token = rateable_place(&state)) out.rateable.insert({dot, *token, 0, 0});
    if (const auto visit = rating_place(&state)) out.ratings.insert({*visit, dot});
    if (const auto at = complaint_place(&state)) out.complaints.insert({dot, *at, 0, 0});
    for (const TicketPlace& ticket : ticket_places(&state)) {
      auto& highest = out.tickets[{ticket.day, ticket.series, mark_of(ticket.counter)}];
      highest = std::max(highest, ticket.counter);
    }
  }
  return out;
}

class ListCheck {
 public:
  ListCheck(const SqliteStore& store, const Numbering& numbering, const sync::Scope& scope,
            VerifyReport& report)
      : store_(store), numbering_(numbering), scope_(scope), report_(report) {}

  // `columns`: id and up to three numbers.
  void list(const char* table, const char* columns, const ListRows& wanted) {
    ListRows stored;
    SQLite::Statement select(
        store_.sql(), std::string("SELECT ") + columns + " FROM " + table + " WHERE scope = ?");
    select.bind(1, number());
    while (select.executeStep()) {
      stored.insert({numbering_.dot_at(select.getColumn(0).getInt64()),
                     select.getColumn(1).getInt64(), select.getColumn(2).getInt64(),
                     select.getColumn(3).getInt64()});
    }
    for (const ListRow& row : wanted) {
      if (!stored.contains(row)) finding(table, std::get<0>(row));
    }
    for (const ListRow& row : stored) {
      if (!wanted.contains(row)) finding(table, std::get<0>(row));
    }
  }

  void arrivals(const Links& wanted) {
    Links stored;
    for (const std::int64_t stream : numbering_.streams_in(number())) {
      SQLite::Statement select(store_.sql(),
                               "SELECT appointment, visit FROM arrival WHERE visit >= ? AND"
                               " visit < ?");
      SQLite::bind(select, Numbering::dot(stream, 0, 0), Numbering::dot(stream + 1, 0, 0));
      read(select, stored);
    }
    compare("arrival", stored, wanted);
  }

  void ratings(const Links& wanted) {
    Links stored;
    SQLite::Statement select(store_.sql(), "SELECT visit, id FROM rating WHERE scope = ?");
    select.bind(1, number());
    read(select, stored);
    compare("rating", stored, wanted);
  }

  void tickets(const std::map<TicketRun, std::int64_t>& wanted) {
    SQLite::Statement select(
        store_.sql(),
        "SELECT counter FROM ticket WHERE scope = ? AND date = ? AND series = ? AND mark = ?");
    for (const auto& [of, highest] : wanted) {
      select.reset();
      SQLite::bind(select, number(), of.date, of.series, of.mark);
      if (select.executeStep() && select.getColumn(0).getInt64() >= highest) continue;
      report_.findings.push_back(
          {"ticket", "day " + std::to_string(of.date) + " of " + text(scope_)});
    }
  }

 private:
  void read(SQLite::Statement& select, Links& out) const {
    while (select.executeStep()) {
      out.insert({numbering_.dot_at(select.getColumn(0).getInt64()),
                  numbering_.dot_at(select.getColumn(1).getInt64())});
    }
  }
  void compare(const char* table, const Links& stored, const Links& wanted) {
    for (const auto& row : wanted) {
      if (!stored.contains(row)) finding(table, row.second);
    }
    for (const auto& row : stored) {
      if (!wanted.contains(row)) finding(table, row.second);
    }
  }
  std::int64_t number() const { return numbering_.known_scope(scope_).value_or(0); }
  void finding(const char* table, const crdt::Dot& dot) {
    report_.findings.push_back({table, "record " + to_hex(view(dot.stream)).substr(0, 8) + ":" +
                                           std::to_string(dot.seq) + ":" + std::to_string(dot.op) +
                                           " of " + text(scope_)});
  }

  const SqliteStore& store_;
  const Numbering& numbering_;
  const sync::Scope& scope_;
  VerifyReport& report_;
};

}  // namespace

void check_queue(const SqliteStore& store, const Numbering& numbering, const sync::Scope& scope,
                 const States& states, VerifyReport& report) {
  const Wanted wanted = wanted_of(states);
  ListCheck check(store, numbering, scope, report);
  check.list("queue", "id, open, date, status", wanted.queue);
  check.list("desk", "id, 0, 0, 0", wanted.desk);
  check.list("closing", "id, date, 0, 0", wanted.closing);
  check.list("served", "id, desk, at, 0", wanted.served);
  check.list("rateable", "id, token, 0, 0", wanted.rateable);
  check.list("complaint", "id, at, 0, 0", wanted.complaints);
  check.arrivals(wanted.arrivals);
  check.ratings(wanted.ratings);
  check.tickets(wanted.tickets);
}

}  // namespace yizhan::node
