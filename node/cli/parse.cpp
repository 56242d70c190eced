#include "node/cli/parse.h"

#include <CLI/CLI.hpp>

#include "node/cli/commands.h"
#include "node/identity/enrolment.h"
#include "node/runtime/clocks.h"

namespace yizhan::node::cli {
namespace {

constexpr std::size_t kArgumentMax = 512;

const CLI::Validator kShort(
    [](std::string& value) {
      return value.size() <= kArgumentMax ? std::string() : "longer than 512 bytes";
    },
    "");
const CLI::Validator kText(
    [](std::string& value) {
      return value.size() <= kEnrolmentTextMax ? std::string() : "longer than 8192 bytes";
    },
    "");
const CLI::Validator kLogin(
    [](std::string& value) {
      const bool fits =
          !value.empty() && value.size() <= 32 &&
          value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
      return fits ? std::string() : "1 to 32 of a-z 0-9 . _ -";
    },
    "");

// What the words on the line are put into, and the command that they name.
struct Line {
  Globals globals;
  std::string first;
  std::string second;
  std::string role = "clerk";
  TicketWish wish;
  std::int64_t limit = 20;
  std::function<int()> command;
};

CLI::App* group(CLI::App& app, const char* name, const char* about) {
  CLI::App* made = app.add_subcommand(name, about);
  made->require_subcommand(1);
  return made;
}

CLI::App* verb(CLI::App& app, const char* name, const char* about, Line& line,
               std::function<int()> command) {
  CLI::App* made = app.add_subcommand(name, about);
  made->callback([&line, command = std::move(command)] { line.command = command; });
  return made;
}

void add_folder_commands(CLI::App& app, Line& line) {
  CLI::App* city = group(app, "city", "建立一座城市");
  CLI::App* init = verb(*city, "init", "在本机建立城市的根和市级节点", line,
                        [&line] { return city_init(line.globals, line.first, line.second); });
  init->add_option("--division", line.first, "行政区划路径，如 1403")->required()->check(kShort);
  init->add_option("--name", line.second, "名称，如 阳泉市")->required()->check(kShort);

  CLI::App* enroll = group(app, "enroll", "把本机接入城市");
  CLI::App* start = verb(*enroll, "start", "读接入码，给出申请", line,
                         [&line] { return enroll_start(line.globals, line.first); });
  start->add_option("ticket", line.first, "接入码；- 表示从标准输入读")->required()->check(kText);
  CLI::App* finish = verb(*enroll, "finish", "读上级的批复，完成接入", line,
                          [&line] { return enroll_finish(line.globals, line.first); });
  finish->add_option("reply", line.first, "批复；- 表示从标准输入读")->required()->check(kText);
  verb(*enroll, "show", "本机接入到哪一步", line, [&line] { return enroll_show(line.globals); });

  verb(app, "serve", "运行本机节点（systemd 运行的就是它）", line,
       [&line] { return serve(line.globals); });
  verb(app, "verify", "由所存的段重新核对链、签名和摘要", line,
       [&line] { return verify(line.globals); });
  verb(app, "rebuild", "由所存的段重新算出记录和列表（先停止 serve）", line,
       [&line] { return rebuild(line.globals); });
  verb(app, "version", "版本", line, [&line] { return version(line.globals); });
}

void add_station_commands(CLI::App& app, Line& line) {
  CLI::App* station = group(app, "station", "下级节点");
  verb(*station, "list", "下级节点和未用的接入码", line,
       [&line] { return station_list(line.globals); });
  CLI::App* ticket = verb(*station, "ticket", "给一台新机器一个接入码", line,
                          [&line] { return station_ticket(line.globals, line.wish); });
  ticket->add_option("--division", line.wish.division, "如 1403/140311/140311100")
      ->required()
      ->check(kShort);
  ticket->add_option("--name", line.wish.name, "如 荫营镇便民服务中心")->required()->check(kShort);
  ticket->add_option("--role", line.wish.role, "station 或 district")
      ->check(CLI::IsMember({"station", "district"}));
  ticket->add_flag("--carry-only", line.wish.carry_only, "只转送，不能看居民信息");
  ticket->add_option("--valid-hours", line.wish.valid_hours, "有效小时数")
      ->check(CLI::Range(1, 336));
  CLI::App* approve = verb(*station, "approve", "批准一份接入申请", line,
                           [&line] { return station_approve(line.globals, line.first); });
  approve->add_option("request", line.first, "申请")->required()->check(kText);
}

void add_staff_commands(CLI::App& app, Line& line) {
  CLI::App* staff = group(app, "staff", "本站人员");
  verb(*staff, "list", "本站人员", line, [&line] { return staff_list(line.globals); });
  CLI::App* add = verb(*staff, "add", "新增人员，给出一次性登录码", line, [&line] {
    return staff_add(line.globals, line.first, line.second, line.role);
  });
  add->add_option("login", line.first, "登录名")->required()->check(kLogin);
  add->add_option("--name", line.second, "姓名")->required()->check(kShort);
  add->add_option("--role", line.role, "clerk、lead、district 或 city")
      ->check(CLI::IsMember({"clerk", "lead", "district", "city"}));
  CLI::App* disable = verb(*staff, "disable", "停用", line,
                           [&line] { return staff_disable(line.globals, line.first); });
  disable->add_option("login", line.first, "登录名")->required()->check(kLogin);
  CLI::App* reset = verb(*staff, "reset", "作废原口令，给出新的一次性登录码", line,
                         [&line] { return staff_reset(line.globals, line.first); });
  reset->add_option("login", line.first, "登录名")->required()->check(kLogin);
}

void add_sync_commands(CLI::App& app, Line& line) {
  verb(app, "status", "本机一览", line, [&line] { return status(line.globals); });
  CLI::App* sync = group(app, "sync", "与上级的往来");
  verb(*sync, "now", "现在就上报", line, [&line] { return sync_now(line.globals); });
  CLI::App* log = verb(*sync, "log", "最近的往来", line,
                       [&line] { return sync_log(line.globals, line.limit); });
  log->add_option("--limit", line.limit, "条数")->check(CLI::Range(1, 200));
  verb(*sync, "roots", "各范围的状态根，用来比对两级是否一致", line,
       [&line] { return state_roots(line.globals); });
}

}  // namespace

int run_command(int argc, char** argv) {
  if (const auto started = start_crypto(); !started) return refuse({}, started.error());
  CLI::App app{"驿站：乡镇便民服务中心的离线优先节点", "yizhan"};
  Line line;
  app.require_subcommand(1);
  app.fallthrough();
  CLI::Option* config = app.add_option("--config", line.globals.config, "配置文件")->check(kShort);
  app.add_option("--data-dir", line.globals.data_dir, "数据目录")->check(kShort);
  app.add_flag("--json", line.globals.json, "给程序读的输出");
  add_folder_commands(app, line);
  add_station_commands(app, line);
  add_staff_commands(app, line);
  add_sync_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::Usage);
  }
  line.globals.config_given = config->count() > 0;
  return line.command();
}

}  // namespace yizhan::node::cli
