#include "node/app/complaint_list.h"

#include <algorithm>
#include <charconv>

#include "node/app/complaint_desk.h"
#include "node/app/record_id.h"

namespace yizhan::node {
namespace {

// Where a page ended: "1772694000000.mfzg..." is a moment and a record.
struct Position {
  sync::Scope scope;
  ComplaintEntry entry;
};

std::string cursor_text(const ComplaintEntry& entry) {
  return std::to_string(entry.at.value) + "." + record_id(entry.dot);
}

Result<Position> parse_cursor(const sync::Engine& engine, const std::string& text) {
  const auto bad = fail(Errc::BadFormat, "not a `next` of a page", "after");
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return bad;
  Position position;
  const auto read = std::from_chars(text.data(), text.data() + point, position.entry.at.value);
  if (read.ec != std::errc() || read.ptr != text.data() + point) return bad;
  const auto dot = parse_record_id(std::string_view(text).substr(point + 1));
  const auto scope = dot ? engine.scope_of(dot->stream) : std::nullopt;
  if (!scope) return bad;
  position.entry.dot = *dot;
  position.scope = *scope;
  return position;
}

// What of `scope` stands after a position of the whole list: of one moment, the scopes follow each
// other in their order.
std::optional<ComplaintMark> mark_in(const sync::Scope& scope, const std::optional<Position>& at) {
  if (!at) return std::nullopt;
  if (scope == at->scope) return ComplaintMark{at->entry.at, at->entry.dot};
  if (scope < at->scope) return ComplaintMark{at->entry.at, std::nullopt};
  return ComplaintMark{{at->entry.at.value + 1}, std::nullopt};
}

}  // namespace

Result<ComplaintPage> list_complaints(const sync::Engine& engine, const Reads& reads,
                                      const ComplaintQuery& query) {
  std::optional<Position> after;
  if (!query.after.empty()) {
    auto parsed = parse_cursor(engine, query.after);
    if (!parsed) return fail(parsed);
    after = std::move(*parsed);
  }
  std::vector<Position> found;
  for (const sync::Scope& scope : engine.scopes()) {
    if (scope.cls != sync::ScopeClass::Biz) continue;
    const auto rows = reads.complaints(scope, mark_in(scope, after), query.limit + 1);
    if (!rows) return fail(rows);
    for (const ComplaintEntry& row : *rows) found.push_back({scope, row});
  }
  std::stable_sort(found.begin(), found.end(), [](const Position& a, const Position& b) {
    return std::pair(b.entry.at, a.scope) < std::pair(a.entry.at, b.scope);
  });
  ComplaintPage page;
  const auto limit = static_cast<std::size_t>(query.limit);
  if (found.size() > limit) {
    found.resize(limit);
    page.next = cursor_text(found.back().entry);
  }
  for (const Position& one : found) {
    const auto state = reads.entity(one.scope, one.entry.dot);
    if (!state) return fail(state);
    if (*state == nullptr) continue;
    page.rows.push_back(show_complaint(engine, {one.scope, one.entry.dot}, **state));
  }
  return page;
}

}  // namespace yizhan::node
