#include "node/runtime/config.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace yizhan::node {
namespace {

constexpr std::size_t kFileBytesMax = 64 * 1024;
constexpr std::size_t kTextMax = 1024;
constexpr std::size_t kHostsMax = 16;
constexpr std::size_t kBackupsMax = 365;
constexpr std::array kSections = {"backup", "http", "link", "log", "paper", "policy"};
constexpr std::array kLevels = {"error", "warn", "info", "debug"};

tl::unexpected<Error> refuse(const toml::node& node, const std::string& key, const char* why) {
  return fail(Errc::BadFormat, "line " + std::to_string(node.source().begin.line) + ": " + why,
              key);
}

Result<std::string> text_at(const toml::node& node, const std::string& key) {
  const auto value = node.value<std::string>();
  if (!node.is_string() || !value) return refuse(node, key, "must be a text in quotes");
  if (value->size() > kTextMax) return refuse(node, key, "is longer than 1024 bytes");
  return *value;
}

// "HOST:PORT", or empty. Port 0 is any free one where this node listens, and nowhere that it dials.
Result<std::string> address_at(const toml::node& node, const std::string& key, int port_min) {
  auto text = text_at(node, key);
  if (!text || text->empty()) return text;
  const std::size_t colon = text->rfind(':');
  const std::string port = colon == std::string::npos ? "" : text->substr(colon + 1);
  const bool digits =
      !port.empty() && port.size() <= 5 &&
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || colon == 0 || std::stoi(port) > 65535 || std::stoi(port) < port_min) {
    return refuse(node, key, "must be HOST:PORT, e.g. \"10.14.3.11:7403\"");
  }
  return text;
}

Result<std::vector<std::string>> hosts_at(const toml::node& node, const std::string& key) {
  const toml::array* array = node.as_array();
  if (array == nullptr || array->size() > kHostsMax) {
    return refuse(node, key, "must be a list of at most 16 names");
  }
  std::vector<std::string> hosts;
  for (const toml::node& entry : *array) {
    auto host = text_at(entry, key);
    if (!host) return fail(host);
    hosts.push_back(std::move(*host));
  }
  return hosts;
}

Result<std::string> level_at(const toml::node& node, const std::string& key) {
  auto level = text_at(node, key);
  if (!level) return level;
  if (std::find(kLevels.begin(), kLevels.end(), *level) == kLevels.end()) {
    return refuse(node, key, "must be error, warn, info or debug");
  }
  return level;
}

Result<std::size_t> count_at(const toml::node& node, const std::string& key, std::size_t max) {
  const auto value = node.value<std::int64_t>();
  if (!node.is_integer() || !value || *value < 1 || *value > static_cast<std::int64_t>(max)) {
    return refuse(node, key, ("must be a number from 1 to " + std::to_string(max)).c_str());
  }
  return static_cast<std::size_t>(*value);
}

template <class T>
Result<void> put(T& out, Result<T> value) {
  if (!value) return fail(value);
  out = std::move(*value);
  return {};
}

Result<void> put_path(std::filesystem::path& out, const toml::node& node, const std::string& key) {
  auto text = text_at(node, key);
  if (!text) return fail(text);
  if (!text->starts_with('/')) return refuse(node, key, "must be a whole path");
  out = *text;
  return {};
}

Result<void> put_file(std::filesystem::path& out, const toml::node& node, const std::string& key) {
  const auto text = text_at(node, key);
  return text && text->empty() ? Result<void>() : put_path(out, node, key);
}

Result<void> put_key(Config& config, const std::string& key, const toml::node& node) {
  if (key == "data_dir") return put_path(config.data_dir, node, key);
  if (key == "backup.dir") return put_file(config.backup_dir, node, key);
  if (key == "backup.keep") return put(config.backup_keep, count_at(node, key, kBackupsMax));
  if (key == "paper.printer") return put(config.printer, text_at(node, key));
  if (key == "policy.file") return put_file(config.policy_file, node, key);
  if (key == "policy.calendar") return put_file(config.calendar_file, node, key);
  if (key == "http.listen") return put(config.http_listen, text_at(node, key));
  if (key == "http.hosts") return put(config.http_hosts, hosts_at(node, key));
  if (key == "link.bind") return put(config.link_bind, address_at(node, key, 0));
  if (key == "link.parent") return put(config.link_parent, address_at(node, key, 1));
  if (key == "log.level") return put(config.log_level, level_at(node, key));
  return refuse(node, key, "is no setting of this program");
}

}  // namespace

Result<Config> parse_config(std::string_view text) {
  if (text.size() > kFileBytesMax) return fail(Errc::LimitExceeded, "larger than 64 KiB", "config");
  toml::table settings;
  try {
    settings = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(Errc::BadFormat,
                "line " + std::to_string(error.source().begin.line) + ": " +
                    std::string(error.description()),
                "config");
  }
  Config config;
  for (const auto& [name, node] : settings) {
    const std::string section(name.str());
    const toml::table* table = node.as_table();
    const bool known = std::find(kSections.begin(), kSections.end(), section) != kSections.end();
    if (table == nullptr || !known) {
      if (auto done = put_key(config, section, node); !done) return fail(done);
      continue;
    }
    for (const auto& [key, value] : *table) {
      auto done = put_key(config, section + "." + std::string(key.str()), value);
      if (!done) return fail(done);
    }
  }
  return config;
}

Result<Config> read_config(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Errc::NotFound, "cannot be read: " + file.string(), "config");
  std::ostringstream text;
  text << in.rdbuf();
  return parse_config(text.str());
}

}  // namespace yizhan::node
