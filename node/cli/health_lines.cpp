#include "node/cli/health_lines.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace yizhan::node::cli {
namespace {

using nlohmann::json;

struct NamedVerdict {
  Verdict verdict;
  const char* name;
};
constexpr std::array<NamedVerdict, 4> kVerdicts = {{{Verdict::Ok, "ok"},
                                                    {Verdict::Warn, "warn"},
                                                    {Verdict::Fail, "fail"},
                                                    {Verdict::Unknown, "unknown"}}};

const char* name_of(Verdict verdict) {
  return std::find_if(kVerdicts.begin(), kVerdicts.end(),
                      [verdict](const NamedVerdict& named) { return named.verdict == verdict; })
      ->name;
}

Verdict verdict_named(const std::string& name) {
  const auto found = std::find_if(kVerdicts.begin(), kVerdicts.end(),
                                  [&](const NamedVerdict& named) { return name == named.name; });
  return found == kVerdicts.end() ? Verdict::Unknown : found->verdict;
}

}  // namespace

std::vector<HealthCheck> checks_in(const json& report) {
  std::vector<HealthCheck> checks;
  for (const json& row : report.at("checks")) {
    HealthCheck check;
    check.id = row.at("id").get<std::string>();
    check.verdict = verdict_named(row.at("verdict").get<std::string>());
    if (row.at("value").is_number_integer()) check.value = row.at("value").get<std::int64_t>();
    check.found = row.at("found").get<std::string>();
    for (const auto& [name, value] : row.at("with").items()) {
      check.with[name] = value.get<std::string>();
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

json json_of(const std::vector<HealthCheck>& checks, Lang lang) {
  json rows = json::array();
  for (const HealthCheck& check : checks) {
    rows.push_back({{"id", check.id},
                    {"verdict", name_of(check.verdict)},
                    {"value", check.value ? json(*check.value) : json(nullptr)},
                    {"found", check.found},
                    {"with", check.with},
                    {"title", title_of(check, lang)},
                    {"message", found_words(check, lang)},
                    {"hint", remedy_words(check, lang)}});
  }
  return rows;
}

}  // namespace yizhan::node::cli
