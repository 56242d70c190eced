#include "node/store/feedback_tables.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <limits>

#include "node/store/table_read.h"

namespace yizhan::node {
std::int64_t FeedbackTables::number(const sync::Scope& scope) const {
  return numbering_.known_scope(scope).value_or(0);
}

std::optional<std::int64_t> FeedbackTables::number(const sync::Scope& scope,
                                                   const crdt::Dot& dot) const {
  const auto stream = numbering_.known_stream(dot.stream, number(scope));
  return stream ? std::optional(Numbering::dot(*stream, dot.seq, dot.op)) : std::nullopt;
}

Result<std::optional<crdt::Dot>> FeedbackTables::last_served(const sync::Scope& scope,
                                                             std::int64_t window) const {
  using Found = std::optional<crdt::Dot>;
  return read_table<Found>([&]() -> Found {
    SQLite::Statement& select = statements_.get(
        "SELECT id FROM served WHERE scope = ? AND desk = ? ORDER BY at DESC, id DESC LIMIT 1");
    SQLite::bind(select, number(scope), window);
    return first_dot(numbering_, select);
  });
}

Result<std::vector<crdt::Dot>> FeedbackTables::evaluations(const sync::Scope& scope,
                                                           const crdt::Dot& visit) const {
  return read_table<std::vector<crdt::Dot>>([&] {
    const auto of = number(scope, visit);
    if (!of) return std::vector<crdt::Dot>();
    SQLite::Statement& select =
        statements_.get("SELECT id FROM rating WHERE scope = ? AND visit = ? ORDER BY id");
    SQLite::bind(select, number(scope), *of);
    return all_dots(numbering_, select);
  });
}

Result<std::vector<crdt::Dot>> FeedbackTables::rateable(const sync::Scope& scope,
                                                        std::int64_t token) const {
  return read_table<std::vector<crdt::Dot>>([&] {
    SQLite::Statement& select =
        statements_.get("SELECT id FROM rateable WHERE scope = ? AND token = ? ORDER BY id");
    SQLite::bind(select, number(scope), token);
    return all_dots(numbering_, select);
  });
}

Result<std::vector<ComplaintEntry>> FeedbackTables::complaints(
    const sync::Scope& scope, const std::optional<ComplaintMark>& after, std::int64_t most) const {
  return read_table<std::vector<ComplaintEntry>>([&] {
    std::vector<ComplaintEntry> rows;
    const std::int64_t at = after ? after->at.value : std::numeric_limits<std::int64_t>::max();
    const std::int64_t below = after && after->dot ? number(scope, *after->dot).value_or(0) : 0;
    SQLite::Statement& select = statements_.get(
        "SELECT id, at FROM complaint WHERE scope = ? AND (at, id) < (?, ?)"
        " ORDER BY at DESC, id DESC LIMIT ?");
    SQLite::bind(select, number(scope), at, below, most);
    while (select.executeStep()) {
      rows.push_back(
          {numbering_.dot_at(select.getColumn(0).getInt64()), {select.getColumn(1).getInt64()}});
    }
    return rows;
  });
}

}  // namespace yizhan::node
