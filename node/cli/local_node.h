// Local node: the folder of this machine, for commands that work on it themselves.
//
// Errors      Denied: no node is in the folder. Those of node_files.h and sqlite_store.h.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "node/cli/console.h"
#include "node/identity/node_files.h"
#include "node/runtime/config.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node::cli {

// An argument, or the text on standard input when it is "-": a ticket is too long to type twice.
std::string argument_or_input(const std::string& argument);

// Of a folder that can be looked into, whether or not a node is in it.
Result<NodeFiles> files_in(const Config& config);
Result<NodeFiles> files_of(const Globals& globals);

struct OpenNode {
  NodeIdentity identity;
  NodeKeys keys;
  std::unique_ptr<SqliteStore> store;
};
// Busy while it serves.
Result<OpenNode> open_node(const NodeFiles& files, Damage damage = Damage::Refuse);
Error not_enrolled();

// With --json `out` under its schema, the words otherwise.
void print(const Globals& globals, nlohmann::json out, const char* schema,
           const std::string& words);

}  // namespace yizhan::node::cli
