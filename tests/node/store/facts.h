// Facts: all by which a store could have changed.
//
// What        The rows of every table and, per scope, state root and log digest. What is refused
//             must leave them equal.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "node/store/sqlite_store.h"

namespace yizhan::node::test {

struct Facts {
  std::map<std::string, std::int64_t> rows;  // by table
  std::vector<std::string> roots;            // a scope each: its name, state root, log digest
  friend bool operator==(const Facts&, const Facts&) = default;
};

Facts facts_of(const SqliteStore& store);

}  // namespace yizhan::node::test
