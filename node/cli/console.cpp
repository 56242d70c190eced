#include "node/cli/console.h"

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

namespace yizhan::node::cli {
namespace {

struct Words {
  const char* title;
  const char* remedy;
};

// Of a backup file.
std::optional<Words> words_of_backup(Errc code) {
  switch (code) {
    case Errc::StorageCorrupt:
      return Words{"不是驿站的备份，或已损坏、不完整", "请换一份: yizhan backup list"};
    case Errc::UnknownVersion: return Words{"备份由更新的版本写成", "请升级本机程序。"};
    case Errc::BadSignature:
    case Errc::BadChain: return Words{"备份里的内容核对不符", "请换一份: yizhan backup list"};
    case Errc::Denied:
      return Words{"本机的密钥打不开这份备份", "请用那台机器的恢复码: --code 文件"};
    case Errc::Conflict: return Words{"这是另一个站点的备份", "请核对文件。"};
    case Errc::Busy: return Words{"正在备份或核对", "请稍候再试。"};
    case Errc::NotFound: return Words{"没有找到备份文件", "请核对路径: yizhan backup list"};
    default: return std::nullopt;
  }
}

std::optional<Words> words_of_code(Errc code) {
  switch (code) {
    case Errc::BadFormat: return Words{"恢复码抄写有误", "请对照纸面逐组核对后再试。"};
    case Errc::BadSignature: return Words{"恢复码不是这份备份的", "请用那台机器的恢复码。"};
    default: return std::nullopt;
  }
}

// Of the file from which a hub is built once more.
std::optional<Words> words_of_city(Errc code) {
  switch (code) {
    case Errc::BadFormat:
    case Errc::NotFound:
      return Words{"没有找到根密钥文件", "请取出 city init 写下的 root-key.yz。"};
    case Errc::BadSignature:
      return Words{"恢复码不对，或文件已损坏", "请用封存的根密钥恢复码，对照纸面再试。"};
    default: return std::nullopt;
  }
}

const Words kAwaited{"本机重建或退回不久，下级所存的还没有补齐",
                     "请等县区接通并补齐后再试: yizhan sync log"};
const Words kDiskFailed{"本机存储出错，已停止以保护数据",
                        "已保存的记录不受影响。请检查磁盘，再启动: 启动时会自动核对。"};

Words words_of(const Error& error) {
  std::optional<Words> known;
  if (error.field == "backup") known = words_of_backup(error.code);
  if (error.field == "code") known = words_of_code(error.code);
  if (error.field == "city") known = words_of_city(error.code);
  if (error.field == "awaited") known = kAwaited;
  if (error.field == "disk") known = kDiskFailed;
  if (known) return *known;
  switch (error.code) {
    case Errc::BadFormat: return {"内容不符合要求", "请按提示改正后再运行。"};
    case Errc::LimitExceeded: return {"内容超出限制", "请缩短或减少后再运行。"};
    case Errc::Expired: return {"接入码已过期", "请向市级索取新码，再运行: yizhan enroll start"};
    case Errc::Conflict: return {"已被使用或已有变化", "请核对后再试。"};
    case Errc::Busy: return {"已有程序在使用", "请先停止另一个 yizhan，再试。"};
    case Errc::NotFound: return {"没有找到", "请核对名称或路径。"};
    case Errc::Unreachable:
      return {"本机服务没有回应", "数据不受影响。请运行: systemctl status yizhan"};
    case Errc::Denied:
    case Errc::OutOfScope: return {"不允许此操作", "请由有权限的一级办理。"};
    case Errc::BadSignature:
    case Errc::BadChain: return {"核对不符", "请勿使用这份内容，向上级重新索取。"};
    case Errc::StorageFull: return {"存储空间不足", "请腾出空间后再试。"};
    case Errc::StorageIo: return {"读写存储失败", "请检查磁盘，再试。"};
    case Errc::StorageCorrupt: return {"文件已损坏，或不是本程序的文件", "请勿删除；联系市级。"};
    case Errc::UnknownVersion: return {"文件由更新的版本写成", "请升级本机程序。"};
    default: return {"没有完成", "请联系站长。"};
  }
}

}  // namespace

Exit exit_of(const Error& error) {
  switch (error.code) {
    case Errc::Denied:
    case Errc::OutOfScope:
    case Errc::Expired: return Exit::NotAllowed;
    case Errc::Unreachable: return Exit::Unreachable;
    case Errc::StorageIo:
    case Errc::StorageFull:
    case Errc::StorageCorrupt:
    case Errc::UnknownVersion: return Exit::Storage;
    case Errc::BadSignature:
    case Errc::BadChain: return Exit::Verification;
    case Errc::Busy: return Exit::Busy;
    default: return Exit::Failed;
  }
}

int refuse(const Globals& globals, const Error& error) {
  const Words words = words_of(error);
  if (globals.json) {
    const nlohmann::json out = {{"schema", "yizhan.error/1"}, {"ok", false},
                                {"code", name(error.code)},   {"field", error.field},
                                {"message", error.detail},    {"hint", words.remedy}};
    // A detail may quote an argument, which may be anything.
    show(out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    const std::string field = error.field.empty() ? "" : " [" + error.field + "]";
    say(std::string("错误 ") + name(error.code) + "：" + words.title + field + "（" + error.detail +
        "）。本机没有改变。" + words.remedy);
  }
  return static_cast<int>(exit_of(error));
}

void say(const std::string& line) { std::cerr << line << '\n'; }
void show(const std::string& line) { std::cout << line << std::endl; }

}  // namespace yizhan::node::cli
