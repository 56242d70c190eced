#include "node/runtime/policy_load.h"

#include <fstream>

#include "node/policy/embedded.h"
#include "node/policy/policy_file.h"

namespace yizhan::node {
namespace {

// At most one byte more than `limit`: the reader then refuses it.
Result<std::string> read_text(const std::filesystem::path& file, std::size_t limit,
                              const char* key) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Errc::NotFound, "cannot be read: " + file.string(), key);
  std::string text(limit + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

Result<Policy> load_policy(const Config& config) {
  Result<std::string> policy(std::string(embedded_files().front().text));
  if (!config.policy_file.empty()) {
    policy = read_text(config.policy_file, kPolicyBytesMax, "policy.file");
  }
  Result<std::string> calendar{std::string()};
  if (!config.calendar_file.empty()) {
    calendar = read_text(config.calendar_file, kCalendarBytesMax, "policy.calendar");
  }
  if (!policy) return fail(policy);
  if (!calendar) return fail(calendar);
  auto made = make_policy(*policy, *calendar);
  if (made) return made;
  // Which of the two files it was, the key at fault tells.
  return fail(made.error().code, made.error().detail, "policy." + made.error().field);
}

}  // namespace yizhan::node
