// Doctor: every check of this machine, with what was found and what to do about it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "node/backup/files.h"
#include "node/cli/commands.h"
#include "node/cli/health_lines.h"
#include "node/cli/local_node.h"
#include "node/cli/operator_call.h"
#include "node/cli/stopped_node.h"
#include "node/doctor/machine.h"
#include "node/doctor/package.h"
#include "node/http/unix_client.h"
#include "node/paper/child_process.h"
#include "node/runtime/clocks.h"
#include "node/runtime/version.h"

namespace yizhan::node::cli {
namespace {

using nlohmann::json;

constexpr std::chrono::minutes kVerifyLimit{10};
constexpr std::chrono::seconds kPackageLimit{30};

MachinePlan plan_of(const Config& config) {
  MachinePlan plan{.data = config.data_dir, .printer = config.printer};
  const auto identity = NodeFiles(config.data_dir).identity();
  plan.has_counter = !identity || identity->parent.has_value();
  return plan;
}

// Its own half of a node that serves: asked over the socket, after everything was recomputed.
Result<std::vector<HealthCheck>> ask_serving(const Globals& globals, const Config& config) {
  const auto verified =
      ask(globals, {.method = "POST", .path = "/verify", .body = {}, .timeout = kVerifyLimit});
  if (!verified) return fail(verified);
  const auto answer = ask(globals, {.path = "/health", .body = {}});
  if (!answer) return fail(answer);
  auto checks = checks_in(*answer);
  const bool down = std::any_of(checks.begin(), checks.end(), [](const HealthCheck& check) {
    return check.id == "SY-01" && check.verdict == Verdict::Warn;
  });
  if (down) checks = merged(std::move(checks), {line_check(config.link_parent)});
  return checks;
}

std::vector<HealthCheck> all_checks(const Globals& globals, const Config& config) {
  auto checks = ask_serving(globals, config);
  auto service = service_checks(config, checks.has_value());
  if (!checks)
    checks = merged(stopped_node_checks(config, wall_now()), machine_checks(plan_of(config)));
  return merged(std::move(*checks), std::move(service));
}

// Of a node that serves it is made there; else here, with what the system kept of its log.
std::string package_bytes(const Config& config, const std::vector<HealthCheck>& checks) {
  const auto answer = http::call((config.data_dir / "yizhan.sock").string(), "GET",
                                 "/api/v1/admin/health/package", "", kPackageLimit);
  if (answer && answer->status == 200) return answer->body;
  PackageParts parts{.made_at = wall_now(), .program = kVersion, .checks = checks};
  const auto log = paper::run_child(
      {"journalctl", "-u", "yizhan", "-n", "400", "--no-pager", "-o", "cat"}, "", kPackageLimit);
  std::istringstream lines(log ? log->output : "");
  for (std::string line; std::getline(lines, line);) parts.log.push_back(line);
  return package_of(parts).bytes;
}

Result<void> write_new(const std::string& path, const std::string& bytes) {
  if (const auto there = is_there(path, "--report"); !there || *there) {
    return there ? fail(Errc::Busy, "there is such a file already", "--report") : fail(there);
  }
  return write_small(path, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                     "--report");
}

Exit exit_of(const std::vector<HealthCheck>& checks) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(checks.begin(), checks.end(),
                       [verdict](const HealthCheck& check) { return check.verdict == verdict; });
  };
  if (any(Verdict::Fail)) return Exit::DoctorFailed;
  return any(Verdict::Warn) ? Exit::DoctorWarned : Exit::Ok;
}

std::string saved_words(const DoctorWish& wish) {
  return wish.lang == Lang::Zh ? "诊断包已存为 " + wish.report + "，不含个人信息。"
                               : "Saved as " + wish.report + "; nothing personal is in it.";
}

}  // namespace

int doctor(const Globals& globals, const DoctorWish& wish) {
  const auto config = config_of(globals);
  if (!config) {
    static_cast<void>(refuse(globals, config.error()));
    return static_cast<int>(Exit::Config);
  }
  std::vector<HealthCheck> checks = all_checks(globals, *config);
  if (!wish.report.empty()) {
    const auto written = write_new(wish.report, package_bytes(*config, checks));
    if (!written) return refuse(globals, written.error());
  }
  std::erase_if(checks, [&](const HealthCheck& check) { return !check.id.starts_with(wish.only); });
  const Exit exit = exit_of(checks);
  if (globals.json) {
    show(json{{"schema", "yizhan.doctor/1"},
              {"ok", exit == Exit::Ok},
              {"checked_at_ms", wall_now().value},
              {"checks", json_of(checks, wish.lang)}}
             .dump(-1, ' ', false, json::error_handler_t::replace));
  } else {
    for (const HealthCheck& check : checks) show(lines_of(check, wish.lang));
    say(summary_of(checks, wish.lang));
    if (!wish.report.empty()) say(saved_words(wish));
  }
  return static_cast<int>(exit);
}

}  // namespace yizhan::node::cli
