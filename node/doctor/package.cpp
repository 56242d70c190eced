#include "node/doctor/package.h"

#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include <algorithm>
#include <fstream>

#include "node/app/health_text.h"
#include "node/doctor/check_lines.h"
#include "node/doctor/scrub.h"
#include "node/doctor/zip.h"

namespace yizhan::node {
namespace {

std::string moment_or_never(const std::optional<WallMs>& at) { return at ? moment_text(*at) : "-"; }

std::string checks_text(const std::vector<HealthCheck>& checks, Lang lang) {
  std::string text;
  for (const HealthCheck& check : checks) text += lines_of(check, lang) + "\n";
  return text + summary_of(checks, lang) + "\n";
}

std::string counts_text(const NodeStatus& node) {
  if (!node.counts) return "changes ?\n";
  return "changes saved=" + std::to_string(node.counts->saved) +
         " carried=" + std::to_string(node.counts->carried) +
         " received=" + std::to_string(node.counts->received) +
         " pending=" + std::to_string(node.counts->pending) + "\n";
}

std::string node_text(const PackageParts& parts) {
  std::string text = "program " + parts.program + "\nmade " + moment_text(parts.made_at) + "\n";
  if (!parts.status) return text + "node not serving\n";
  const NodeStatus& node = parts.status->node;
  text += "node " + node.node + "\nname " + node.name + "\ndivision " + node.division +
          "\ndatabase " + node.database + "\npolicy " + node.policy_version + "\n";
  text += counts_text(node);
  text += "line connected=" + std::to_string(node.connected ? 1 : 0) +
          " last_contact=" + moment_or_never(node.last_contact) + "\n";
  text += "store segments=" + std::to_string(parts.status->segments) +
          " entities=" + std::to_string(parts.status->entities) +
          " bytes=" + std::to_string(parts.status->database_bytes) + "\n";
  for (const PeerRow& peer : parts.status->peers) {
    text += "peer " + peer.node + " " + peer.name +
            " connected=" + std::to_string(peer.connected ? 1 : 0) +
            " last_contact=" + moment_or_never(peer.last_contact) + "\n";
  }
  return text;
}

std::string exchanges_text(const std::vector<SyncLogRow>& rows) {
  std::string text;
  for (const SyncLogRow& row : rows) {
    text += moment_text(row.at) + " " + row.event + " " + row.peer + " " +
            std::to_string(row.changes) + " " + scrubbed(row.detail) + "\n";
  }
  return text;
}

std::string log_text(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += scrubbed(line) + "\n";
  return text;
}

std::string name_of(const PackageParts& parts) {
  std::string when = moment_text(parts.made_at);
  std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
  std::replace(when.begin(), when.end(), ' ', '-');
  const std::string node = parts.status ? parts.status->node.node.substr(0, 8) : "stopped";
  return "yizhan-" + node + "-" + when + ".zip";
}

}  // namespace

std::string system_text() {
  struct utsname system {};
  struct sysinfo memory {};
  std::string text;
  if (::uname(&system) == 0) {
    text += std::string("kernel ") + system.sysname + " " + system.release + " " + system.machine +
            "\n";
  }
  std::ifstream release("/etc/os-release");
  for (std::string line; std::getline(release, line);) {
    if (line.starts_with("PRETTY_NAME=")) text += line + "\n";
  }
  if (::sysinfo(&memory) == 0) {
    const auto total = static_cast<std::int64_t>(memory.totalram) * memory.mem_unit;
    text +=
        "memory " + size_text(total) + "\nup_minutes " + std::to_string(memory.uptime / 60) + "\n";
  }
  return text;
}

HealthPackage package_of(const PackageParts& parts) {
  return {name_of(parts), zip_of({{"doctor.txt", checks_text(parts.checks, Lang::Zh)},
                                  {"doctor.en.txt", checks_text(parts.checks, Lang::En)},
                                  {"node.txt", node_text(parts)},
                                  {"system.txt", system_text()},
                                  {"exchanges.txt", exchanges_text(parts.exchanges)},
                                  {"log.txt", log_text(parts.log)}},
                                 parts.made_at)};
}

}  // namespace yizhan::node
