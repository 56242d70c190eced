#include "node/cli/local_node.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "node/cli/operator_call.h"
#include "node/runtime/clocks.h"

namespace yizhan::node::cli {

std::string argument_or_input(const std::string& argument) {
  if (argument != "-") return argument;
  std::string text;
  for (char c = 0; text.size() <= kEnrolmentTextMax && std::cin.get(c);) {
    if (c != '\n' && c != '\r' && c != ' ') text += c;
  }
  return text;
}

Result<NodeFiles> files_in(const Config& config) {
  if (const auto there = is_there(config.data_dir / ".", "data_dir"); !there) return fail(there);
  return NodeFiles(config.data_dir);
}

Result<NodeFiles> files_of(const Globals& globals) {
  const auto config = config_of(globals);
  if (!config) return fail(config);
  return files_in(*config);
}

Result<OpenNode> open_node(const NodeFiles& files, Damage damage) {
  if (!files.enrolled()) return tl::unexpected<Error>(not_enrolled());
  auto identity = files.identity();
  if (!identity) return fail(identity);
  auto keys = files.keys();
  if (!keys) return fail(keys);
  SystemEntropy entropy;
  StoreOptions options{files.folder(), false};
  options.damage = damage;
  auto store = SqliteStore::open(options, entropy);
  if (!store) return fail(store);
  return OpenNode{std::move(*identity), std::move(*keys), std::move(*store)};
}

Error not_enrolled() {
  return {Errc::Denied, "this folder has no node in it; run yizhan enroll start", "data_dir"};
}

void print(const Globals& globals, nlohmann::json out, const char* schema,
           const std::string& words) {
  if (globals.json) {
    out["schema"] = schema;
    out["ok"] = true;
    show(out.dump());
  } else {
    show(words);
  }
}

}  // namespace yizhan::node::cli
