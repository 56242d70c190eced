#include "node/store/queue_tables.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "node/store/table_read.h"

namespace yizhan::node {
Result<std::vector<QueueEntry>> QueueTables::open_visits(const sync::Scope& scope) const {
  return read_table<std::vector<QueueEntry>>([&] {
    std::vector<QueueEntry> rows;
    SQLite::Statement& select = statements_.get(
        "SELECT id, date, status FROM queue WHERE scope = ? AND open = 1 ORDER BY date, id");
    select.bind(1, numbering_.known_scope(scope).value_or(0));
    while (select.executeStep()) {
      rows.push_back({numbering_.dot_at(select.getColumn(0).getInt64()),
                      select.getColumn(1).getInt64(),
                      static_cast<crdt::Visit>(select.getColumn(2).getInt())});
    }
    return rows;
  });
}

Result<std::vector<QueueEntry>> QueueTables::closed_visits(const sync::Scope& scope,
                                                           std::int64_t date) const {
  return read_table<std::vector<QueueEntry>>([&] {
    std::vector<QueueEntry> rows;
    SQLite::Statement& select = statements_.get(
        "SELECT id, status FROM queue WHERE scope = ? AND open = 0 AND date = ? ORDER BY id");
    SQLite::bind(select, numbering_.known_scope(scope).value_or(0), date);
    while (select.executeStep()) {
      rows.push_back({numbering_.dot_at(select.getColumn(0).getInt64()), date,
                      static_cast<crdt::Visit>(select.getColumn(1).getInt())});
    }
    return rows;
  });
}

Result<std::int64_t> QueueTables::ticket_highest(const sync::Scope& scope,
                                                 const TicketRun& run) const {
  return read_table<std::int64_t>([&]() -> std::int64_t {
    SQLite::Statement& select = statements_.get(
        "SELECT counter FROM ticket WHERE scope = ? AND date = ? AND series = ? AND mark = ?");
    SQLite::bind(select, numbering_.known_scope(scope).value_or(0), run.date, run.series, run.mark);
    return select.executeStep() ? select.getColumn(0).getInt64() : 0;
  });
}

Result<std::optional<crdt::Dot>> QueueTables::arrival(const sync::Scope& scope,
                                                      const crdt::Dot& appointment) const {
  using Found = std::optional<crdt::Dot>;
  return read_table<Found>([&]() -> Found {
    const auto in_scope = numbering_.known_scope(scope);
    const auto stream =
        in_scope ? numbering_.known_stream(appointment.stream, *in_scope) : std::nullopt;
    if (!stream) return std::nullopt;
    SQLite::Statement& select = statements_.get(
        "SELECT visit FROM arrival WHERE appointment = ? ORDER BY visit DESC LIMIT 1");
    select.bind(1, Numbering::dot(*stream, appointment.seq, appointment.op));
    return first_dot(numbering_, select);
  });
}

Result<std::vector<crdt::Dot>> QueueTables::windows(const sync::Scope& scope) const {
  return read_table<std::vector<crdt::Dot>>([&] {
    SQLite::Statement& select = statements_.get("SELECT id FROM desk WHERE scope = ? ORDER BY id");
    select.bind(1, numbering_.known_scope(scope).value_or(0));
    return all_dots(numbering_, select);
  });
}

Result<std::optional<crdt::Dot>> QueueTables::closing(const sync::Scope& scope,
                                                      std::int64_t date) const {
  using Found = std::optional<crdt::Dot>;
  return read_table<Found>([&]() -> Found {
    SQLite::Statement& select = statements_.get(
        "SELECT id FROM closing WHERE scope = ? AND date = ? ORDER BY id DESC LIMIT 1");
    SQLite::bind(select, numbering_.known_scope(scope).value_or(0), date);
    return first_dot(numbering_, select);
  });
}

}  // namespace yizhan::node
