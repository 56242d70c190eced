#include "tests/node/store/facts.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <boost/test/unit_test.hpp>

#include "node/store/verify.h"

namespace yizhan::node::test {

Facts facts_of(const SqliteStore& store) {
  Facts facts;
  SQLite::Statement tables(store.sql(), "SELECT name FROM sqlite_master WHERE type = 'table'");
  while (tables.executeStep()) {
    const std::string table = tables.getColumn(0).getString();
    SQLite::Statement count(store.sql(), "SELECT count(*) FROM " + table);
    count.executeStep();
    facts.rows[table] = count.getColumn(0).getInt64();
  }
  const auto roots = state_roots(store);
  BOOST_REQUIRE(roots.has_value());
  for (const ScopeRoot& root : *roots) {
    facts.roots.push_back(root.scope + " " + root.state_root + " " + root.log_digest);
  }
  return facts;
}

}  // namespace yizhan::node::test
