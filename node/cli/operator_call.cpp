#include "node/cli/operator_call.h"

#include <nlohmann/json.hpp>

#include "node/http/unix_client.h"
#include "node/policy/china_time.h"

namespace yizhan::node::cli {

Result<bool> is_there(const std::filesystem::path& path, const char* field) {
  std::error_code failed;
  const bool there = std::filesystem::exists(path, failed);
  if (failed) return fail(Errc::StorageIo, failed.message(), field);
  return there;
}

Result<Config> config_of(const Globals& globals) {
  Config config;
  const auto there = is_there(globals.config, "config");
  if (!globals.config_given && globals.data_dir.empty() && !there) return fail(there);
  if (globals.config_given || (globals.data_dir.empty() && *there)) {
    auto read = read_config(globals.config);
    if (!read) return read;
    config = std::move(*read);
  }
  if (!globals.data_dir.empty()) {
    std::error_code failed;
    config.data_dir = std::filesystem::absolute(globals.data_dir, failed);
    if (failed) return fail(Errc::StorageIo, failed.message(), "data_dir");
  }
  return config;
}

Result<nlohmann::json> ask(const Globals& globals, const OperatorCall& call) {
  const auto config = config_of(globals);
  if (!config) return fail(config);
  const auto answer = http::call((config->data_dir / "yizhan.sock").string(), call.method,
                                 "/api/v1/admin" + call.path, call.body, call.timeout);
  if (!answer) return fail(answer);
  auto parsed = nlohmann::json::parse(answer->body, nullptr, false);
  if (parsed.is_discarded()) return fail(Errc::BadFormat, "the node's answer is no JSON");
  return parsed;
}

int run(const Globals& globals, const OperatorCall& call, const char* schema,
        const std::function<void(const nlohmann::json&)>& in_words) {
  auto answer = ask(globals, call);
  if (!answer) return refuse(globals, answer.error());
  if (globals.json) {
    (*answer)["schema"] = schema;
    if (!answer->contains("ok")) (*answer)["ok"] = true;
    show(answer->dump());
  } else {
    in_words(*answer);
  }
  return static_cast<int>(Exit::Ok);
}

std::string time_text(const nlohmann::json& ms) {
  if (!ms.is_number_integer()) return "从未";
  const ChinaMoment at = china_moment({ms.get<std::int64_t>()});
  return date_text(at.day) + " " + minute_text(at.minute);
}

}  // namespace yizhan::node::cli
