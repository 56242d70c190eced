// Console: how commands speak: data on standard output, talk on standard error.
//
// What        One object of JSON with --json, lines for people otherwise; errors with what
//             happened, what stands, and what to do now.
// Errors      none.
// Source      ux.md section 8.
#pragma once
#include <filesystem>
#include <string>

#include "node/cli/exit_codes.h"

namespace yizhan::node::cli {

struct Globals {
  std::filesystem::path config = "/etc/yizhan/yizhan.toml";
  bool config_given = false;
  std::filesystem::path data_dir;  // empty: the configuration's
  bool json = false;
};

// Prints the error and gives its exit code.
int refuse(const Globals& globals, const Error& error);
void say(const std::string& line);   // standard error
void show(const std::string& line);  // standard output

}  // namespace yizhan::node::cli
