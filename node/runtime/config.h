// Config: one node's settings from its TOML file.
//
// What        Where data lie, where the node listens, what it dials, how much it logs. What a node
//             is stands in its certificate.
// Invariants  I1  an unknown key is an error: a mistyped setting never silently does nothing.
// Units       As in the names.
// Errors      BadFormat with field "section.key" and the line; NotFound (no such file).
// Source      node/ops/yizhan.toml; design.md section 9.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan::node {

struct Config {
  std::filesystem::path data_dir = "/var/lib/yizhan";
  std::string http_listen = "127.0.0.1:8080";
  std::vector<std::string> http_hosts = {"localhost"};
  std::string link_bind;    // HOST:PORT; empty: nobody can connect
  std::string link_parent;  // HOST:PORT; empty: dial nobody
  std::string log_level = "info";
  std::filesystem::path backup_dir;  // empty: `backups` in the data folder
  std::size_t backup_keep = 7;
  std::string printer;                  // of slips; empty: the one that CUPS says
  std::filesystem::path policy_file;    // empty: the built-in policy
  std::filesystem::path calendar_file;  // days that replace or follow the built-in ones; or empty
};

Result<Config> parse_config(std::string_view toml);
Result<Config> read_config(const std::filesystem::path& file);

}  // namespace yizhan::node
