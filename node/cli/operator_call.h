// Operator call: one request of a command to the node that serves on this machine.
//
// What        Names the route, sends JSON, prints the answer: as it is with --json, in words of the
//             command otherwise.
// Errors      Those of node/http/unix_client.h.
#pragma once
#include <chrono>
#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "node/cli/console.h"
#include "node/runtime/config.h"

namespace yizhan::node::cli {

// Whether a path leads to anything. StorageIo naming `field` when it cannot be looked at.
Result<bool> is_there(const std::filesystem::path& path, const char* field);

// The configuration that the command runs under: the file when there is one, and --data-dir.
Result<Config> config_of(const Globals& globals);

struct OperatorCall {
  const char* method = "GET";
  std::string path;  // below /api/v1/admin
  std::string body;
  std::chrono::milliseconds timeout{10'000};
};
Result<nlohmann::json> ask(const Globals& globals, const OperatorCall& call);

// Asks and prints: `in_words` for people, the answer with a schema name for programs.
int run(const Globals& globals, const OperatorCall& call, const char* schema,
        const std::function<void(const nlohmann::json&)>& in_words);

std::string time_text(const nlohmann::json& ms);  // 2026-03-05 09:30, or 从未

}  // namespace yizhan::node::cli
