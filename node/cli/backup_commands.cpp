// Backups: made by the node that serves or from its folder, and what is done with them.
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "node/backup/restore.h"
#include "node/cli/code_text.h"
#include "node/cli/commands.h"
#include "node/cli/local_node.h"
#include "node/cli/operator_call.h"
#include "node/identity/recovery_code.h"
#include "node/policy/china_time.h"
#include "node/runtime/backup_plan.h"
#include "node/runtime/clocks.h"

namespace yizhan::node::cli {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string when(WallMs at) { return time_text(json(at.value)); }

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKib = 1024;
  constexpr std::uint64_t kMib = kKib * kKib;
  if (bytes < kMib) return std::to_string((bytes + kKib - 1) / kKib) + " KB";
  const std::uint64_t tenths = bytes * 10 / kMib;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

Result<sync::Secret32> secret_in_code(const std::string& source) {
  auto text = code_text(source);
  if (!text) return fail(text);
  const auto seed = parse_recovery(*text);
  wipe(*text);
  if (!seed) return fail(seed);
  return recovery_secret(*seed);
}

// With the code when there is one, else with the key of the node in this folder.
Result<sync::Secret32> secret_for(const Config& config, const std::string& code) {
  if (!code.empty()) return secret_in_code(code);
  const auto keys = NodeFiles(config.data_dir).keys();
  if (keys) return keys->secrets.box.clone();
  return fail(Errc::Denied, "this folder has no keys: give the recovery code", "--code");
}

// A code that opens nothing here is the code's fault, not the file's.
Error of_code(Error error, const std::string& code) {
  const bool no_box = error.code == Errc::Denied && error.field == "backup";
  if (no_box && !code.empty()) return {Errc::BadSignature, "is the code of another node", "code"};
  return error;
}

// As it was typed, or a name among this node's backups.
fs::path file_at(const Config& config, const std::string& given) {
  std::error_code absent;
  const fs::path shelved = backup_plan(config).shelf / given;
  const bool known = given.find('/') == std::string::npos && !fs::exists(given, absent) &&
                     fs::exists(shelved, absent);
  return known ? shelved : fs::path(given);
}

json json_of(const BackupManifest& manifest) {
  return {{"node", to_hex(view(manifest.certificate.node()))},
          {"name", manifest.name},
          {"division", manifest.division.text()},
          {"taken_at_ms", manifest.taken_at.value},
          {"program", manifest.program}};
}

const char* state_text(BackupState state) {
  switch (state) {
    case BackupState::Unverified: return "未核对";
    case BackupState::Verified: return "已核对";
    case BackupState::Bad: return "核对不符，不能用";
    case BackupState::Unreadable: return "已损坏，或不是驿站的备份";
  }
  return "";
}

const char* state_name(BackupState state) {
  switch (state) {
    case BackupState::Unverified: return "unverified";
    case BackupState::Verified: return "verified";
    case BackupState::Bad: return "bad";
    case BackupState::Unreadable: return "unreadable";
  }
  return "";
}

json json_of(const BackupRow& row) {
  json out = {{"file", row.file.string()},
              {"bytes", row.bytes},
              {"state", state_name(row.state)},
              {"verified_at_ms", nullptr}};
  if (row.state == BackupState::Unreadable) return out;
  out["node"] = to_hex(view(row.node));
  out["name"] = row.name;
  out["taken_at_ms"] = row.taken_at.value;
  if (row.verified_at) out["verified_at_ms"] = row.verified_at->value;
  return out;
}

void print_row(const BackupRow& row) {
  const bool readable = row.state != BackupState::Unreadable;
  show((readable ? when(row.taken_at) + "  " + row.name + "  " : std::string()) +
       size_text(row.bytes) + "  " + state_text(row.state) +
       (row.verified_at ? " " + when(*row.verified_at) : "") + "  " + row.file.string());
}

void print_made(const Globals& globals, const json& out) {
  const std::string file = out.at("file").get<std::string>();
  print(globals, out, "yizhan.backup/1",
        "已备份（" + size_text(out.at("bytes").get<std::uint64_t>()) + "）：" + file);
  if (!globals.json) {
    say("下一步: yizhan backup verify " + fs::path(file).filename().string() +
        "，并把文件复制到另一块盘。");
  }
}

int create_here(const Globals& globals) {
  const auto config = config_of(globals);
  if (!config) return refuse(globals, config.error());
  const auto files = files_in(*config);
  if (!files) return refuse(globals, files.error());
  const auto node = open_node(*files);
  if (!node) return refuse(globals, node.error());
  const auto snapshot = node->store->snapshot();
  if (!snapshot) return refuse(globals, snapshot.error());
  SystemEntropy entropy;
  const auto made =
      make_backup(**snapshot, backup_plan(*config), entropy, wall_now(), [] { return true; });
  if (!made) return refuse(globals, made.error());
  print_made(globals, {{"file", made->file.string()},
                       {"bytes", made->bytes},
                       {"taken_at_ms", made->taken_at.value},
                       {"removed", made->removed}});
  return 0;
}

fs::path scratch_for(const Config& config) {
  std::error_code absent;
  if (fs::is_directory(config.data_dir, absent)) return config.data_dir / "verify.scratch";
  return config.data_dir.string() + ".verifying";
}

void tell_step(const Globals& globals, RestoreStep step) {
  if (globals.json) return;
  switch (step) {
    case RestoreStep::Begun: return say("正在解开备份……");
    case RestoreStep::Unpacked: return say("正在核对……");
    case RestoreStep::Verified: return say("核对相符。正在接回原来的日志……");
    case RestoreStep::Settled:
    case RestoreStep::TakenOver:
    case RestoreStep::Repaired:
    case RestoreStep::Swapped:
    case RestoreStep::Kept: return;
  }
}

void print_restored(const Globals& globals, const Restored& done) {
  const BackupManifest& manifest = done.manifest;
  json out = json_of(manifest);
  out["epoch"] = done.epoch.counter;
  out["taken_back"] = done.taken_back;
  out["journal_left"] = done.journal_left;
  out["old_folder"] = done.old_folder ? json(done.old_folder->string()) : json(nullptr);
  print(globals, std::move(out), "yizhan.restored/1",
        "已恢复 " + manifest.name + "（" + manifest.division.text() + "）：" +
            when(manifest.taken_at) + " 的备份，由日志取回其后 " + std::to_string(done.taken_back) +
            " 次变更。");
  if (globals.json) return;
  if (done.journal_left) say("原来的日志不属于这份备份，没有接回；它还在原文件夹里。");
  if (done.old_folder) {
    say("原文件夹保留在 " + done.old_folder->string() + "，确认无误后再删除。");
  }
  say("下一步: 启动本机服务。之后新写的内容另起一段，原有内容由上级补回。");
}

// Whoever restores says so by name, or by --yes.
Result<void> confirm(const fs::path& file, bool yes) {
  if (yes) return {};
  const BackupRow row = look_at_backup(file);
  if (::isatty(STDIN_FILENO) == 0) {
    return fail(Errc::BadFormat, "say --yes: the data folder will be exchanged", "--yes");
  }
  say("将用 " + row.name + " " + when(row.taken_at) +
      " 的备份换下本机现有数据（原数据会保留）。请输入站点名称确认：");
  std::string typed;
  std::getline(std::cin, typed);
  if (typed != row.name)
    return fail(Errc::BadFormat, "the name is not that of the backup", "--yes");
  return {};
}

int restore_from(const Globals& globals, const std::string& given, const std::string& code,
                 bool replace) {
  const auto config = config_of(globals);
  if (!config) return refuse(globals, config.error());
  const auto secret = secret_for(*config, code);
  if (!secret) return refuse(globals, secret.error());
  SystemEntropy entropy;
  const auto done =
      node::restore({file_at(*config, given), config->data_dir, replace}, *secret, entropy,
                    {wall_now(), mono_now()}, [&](RestoreStep step) { tell_step(globals, step); });
  if (!done) return refuse(globals, of_code(done.error(), code));
  print_restored(globals, *done);
  return 0;
}

}  // namespace

int backup_create(const Globals& globals) {
  const auto answer =
      ask(globals,
          {.method = "POST", .path = "/backup", .body = {}, .timeout = std::chrono::minutes(30)});
  if (!answer && answer.error().code == Errc::Unreachable) return create_here(globals);
  if (!answer) return refuse(globals, answer.error());
  print_made(globals, *answer);
  return 0;
}

int backup_list(const Globals& globals) {
  const auto config = config_of(globals);
  if (!config) return refuse(globals, config.error());
  const fs::path shelf = backup_plan(*config).shelf;
  const auto rows = BackupShelf(shelf).rows();
  if (!rows) return refuse(globals, rows.error());
  json listed = json::array();
  for (const BackupRow& row : *rows) listed.push_back(json_of(row));
  if (globals.json) {
    print(globals, {{"folder", shelf.string()}, {"backups", listed}}, "yizhan.backups/1", {});
    return 0;
  }
  for (const BackupRow& row : *rows) print_row(row);
  if (rows->empty()) say(shelf.string() + " 里没有备份。下一步: yizhan backup create");
  return 0;
}

int backup_verify(const Globals& globals, const std::string& given, const std::string& code) {
  const auto config = config_of(globals);
  if (!config) return refuse(globals, config.error());
  const fs::path file = file_at(*config, given);
  const auto secret = secret_for(*config, code);
  if (!secret) return refuse(globals, secret.error());
  SystemEntropy entropy;
  const auto verified = verify_and_mark(file, *secret, scratch_for(*config), entropy, wall_now());
  if (!verified) return refuse(globals, of_code(verified.error(), code));
  if (verified->mark_failed) say("这份备份所在的盘不能写入，清单里不会显示核对结果。");
  const BackupManifest& manifest = verified->unpacked.manifest;
  const VerifyReport& report = verified->report;
  json out = json_of(manifest);
  out.update(
      {{"segments", report.segments}, {"changes", report.changes}, {"entities", report.entities}});
  print(globals, std::move(out), "yizhan.backup-verified/1",
        "备份完好：" + manifest.name + "（" + manifest.division.text() + "）" +
            when(manifest.taken_at) + "，" + std::to_string(report.changes) + " 次变更，" +
            std::to_string(report.entities) + " 条记录，全部相符。");
  return 0;
}

int backup_code(const Globals& globals) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  if (!files->enrolled()) return refuse(globals, not_enrolled());
  SystemEntropy entropy;
  const auto code = new_recovery(*files, entropy);
  if (!code) return refuse(globals, code.error());
  print(globals, {{"recovery_code", *code}}, "yizhan.recovery-code/1", *code);
  if (!globals.json)
    say("新恢复码只显示一次，请抄下、封存。它打开今后的备份；以前的备份仍用旧码。");
  return 0;
}

int restore_backup(const Globals& globals, const std::string& given, const std::string& code,
                   bool yes) {
  const auto config = config_of(globals);
  if (!config) return refuse(globals, config.error());
  if (const auto sure = confirm(file_at(*config, given), yes); !sure) {
    static_cast<void>(refuse(globals, sure.error()));
    return static_cast<int>(Exit::Usage);
  }
  return restore_from(globals, given, code, false);
}

int replace_machine(const Globals& globals, const std::string& given, const std::string& code) {
  return restore_from(globals, given, code, true);
}

}  // namespace yizhan::node::cli
