#include "node/store/table_read.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace yizhan::node {

std::vector<crdt::Dot> all_dots(const Numbering& numbering, SQLite::Statement& select) {
  std::vector<crdt::Dot> dots;
  while (select.executeStep()) dots.push_back(numbering.dot_at(select.getColumn(0).getInt64()));
  return dots;
}

std::optional<crdt::Dot> first_dot(const Numbering& numbering, SQLite::Statement& select) {
  if (!select.executeStep()) return std::nullopt;
  return numbering.dot_at(select.getColumn(0).getInt64());
}

}  // namespace yizhan::node
