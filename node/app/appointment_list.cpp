#include "node/app/appointment_list.h"

#include "node/app/record_id.h"
#include "node/app/visit_view.h"
#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

// Where a page ended: "0930.mfzg..." is a window and a record.
struct Position {
  sync::Scope scope;
  std::int64_t window = 0;
  crdt::Dot dot;
  friend auto operator<=>(const Position&, const Position&) = default;
};

std::string cursor_text(const Position& at) {
  std::string window = minute_text(at.window);
  window.erase(2, 1);
  return window + "." + record_id(at.dot);
}

Result<Position> parse_cursor(const sync::Engine& engine, const std::string& text) {
  const auto bad = fail(Errc::BadFormat, "not a `next` of a page", "after");
  if (text.size() < 6 || text[4] != '.') return bad;
  const auto window = parse_minute(text.substr(0, 2) + ":" + text.substr(2, 2));
  const auto dot = parse_record_id(std::string_view(text).substr(5));
  if (!window || !dot) return bad;
  const auto scope = engine.scope_of(dot->stream);
  if (!scope) return bad;
  return Position{*scope, *window, *dot};
}

}  // namespace

Result<AppointmentPage> list_appointments(const sync::Engine& engine, const Reads& reads,
                                          const AppointmentQuery& query) {
  const auto day = parse_date(query.date);
  if (!day) return fail(day);
  std::optional<Position> after;
  if (!query.after.empty()) {
    auto parsed = parse_cursor(engine, query.after);
    if (!parsed) return fail(parsed);
    after = std::move(*parsed);
  }
  AppointmentPage page;
  std::optional<Position> last;
  for (const sync::Scope& scope : engine.scopes()) {
    if (scope.cls != sync::ScopeClass::Biz || (after && scope < after->scope)) continue;
    const auto rows = reads.day(scope, *day);
    if (!rows) return fail(rows);
    for (const DayEntry& row : *rows) {
      Position at{scope, row.window, row.dot};
      if (after && at <= *after) continue;
      if (page.rows.size() == static_cast<std::size_t>(query.limit)) {
        page.next = cursor_text(*last);
        return page;
      }
      const auto state = reads.entity(scope, row.dot);
      if (!state) return fail(state);
      if (*state == nullptr) continue;
      const auto visit = arrived_visit(reads, {scope, row.dot});
      if (!visit) return fail(visit);
      AppointmentRow shown = show_row(engine, {scope, row.dot}, **state);
      if (*visit) {
        shown.visit_state = (*visit)->life;
        shown.ticket = (*visit)->text(VisitField::Ticket);
      }
      page.rows.push_back(std::move(shown));
      last = std::move(at);
    }
  }
  return page;
}

}  // namespace yizhan::node
