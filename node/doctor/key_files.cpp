#include "node/doctor/key_files.h"

#include <pwd.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecrets = "secrets.yz";
constexpr const char* kRootKey = "root-key.yz";  // at the hub, until it is moved away
constexpr unsigned kOthers = 077;

std::string mode_text(mode_t mode) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%04o", static_cast<unsigned>(mode) & 07777U);
  return text.data();
}

// The name of the system's user, never of a person who is signed in.
std::string owner_text(uid_t uid) {
  std::array<char, 1024> space{};
  struct passwd entry {};
  struct passwd* found = nullptr;
  ::getpwuid_r(uid, &entry, space.data(), space.size(), &found);
  return found != nullptr ? found->pw_name : std::to_string(uid);
}

HealthCheck finding(Verdict verdict, const char* found, const fs::path& file) {
  return {.id = "ID-01", .verdict = verdict, .found = found, .with = {{"file", file.string()}}};
}

bool is_open(const struct stat& facts) { return (facts.st_mode & kOthers) != 0; }

}  // namespace

HealthCheck key_files_check(const fs::path& folder) {
  struct stat home {};
  if (::stat(folder.c_str(), &home) != 0) return finding(Verdict::Fail, "no_folder", folder);
  for (const char* name : {kSecrets, kRootKey}) {
    const fs::path file = folder / name;
    struct stat facts {};
    if (::lstat(file.c_str(), &facts) != 0) {
      if (name == kSecrets) return finding(Verdict::Fail, "missing", file);
      continue;
    }
    const bool open = is_open(facts);
    if (!open && facts.st_uid == home.st_uid) continue;
    auto check = finding(Verdict::Fail, open ? "open" : "foreign", file);
    check.with["mode"] = mode_text(facts.st_mode);
    check.with["owner"] = owner_text(facts.st_uid);
    check.with["wanted"] = owner_text(home.st_uid);
    return check;
  }
  if (is_open(home)) {
    auto check = finding(Verdict::Warn, "folder", folder);
    check.with["mode"] = mode_text(home.st_mode);
    return check;
  }
  return finding(Verdict::Ok, "kept", folder / kSecrets);
}

}  // namespace yizhan::node
