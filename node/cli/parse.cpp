#include "node/cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "node/cli/commands.h"
#include "node/http/shapes.h"
#include "node/identity/enrolment.h"
#include "node/policy/china_time.h"
#include "node/runtime/clocks.h"

namespace yizhan::node::cli {
namespace {

constexpr std::size_t kPathBytesMax = 512;
constexpr std::size_t kNameMax = 64;  // characters; what docs/openapi.yaml allows

// `wanted`: completes "应为…".
CLI::Validator rule(std::function<bool(const std::string&)> fits, const std::string& wanted) {
  return {[fits = std::move(fits), wanted](std::string& value) {
            return fits(value) ? std::string() : "应为" + wanted;
          },
          ""};
}

CLI::Validator whole_number(std::int64_t min, std::int64_t max) {
  const auto fits = [min, max](const std::string& value) {
    std::int64_t number = 0;
    const char* const end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    return read.ec == std::errc() && read.ptr == end && number >= min && number <= max;
  };
  return rule(fits, " " + std::to_string(min) + " 到 " + std::to_string(max) + " 的整数");
}

const CLI::Validator kPath =
    rule([](const std::string& value) { return !value.empty() && value.size() <= kPathBytesMax; },
         " 1 到 512 字节的路径");
const CLI::Validator kName = rule(
    [](const std::string& value) {
      const std::size_t length = http::plain_length(value, false);
      return length >= 1 && length <= kNameMax;
    },
    " 1 到 64 个字，不含换行等控制字符");
const CLI::Validator kDivision =
    rule([](const std::string& value) { return http::is_division_path(value); },
         "区划代码，如 1403 或 1403/140311/140311100");
const CLI::Validator kText = rule(
    [](const std::string& value) {
      return value.size() <= kEnrolmentTextMax && http::is_printable_ascii(value);
    },
    " 1 到 8192 个可见的英文字符，中间没有空格");
const CLI::Validator kNode = rule(
    [](const std::string& value) {
      return value.size() >= 8 && value.size() <= 32 && http::is_hex(value);
    },
    " 8 到 32 位 0-9 a-f");
const CLI::Validator kLogin = rule([](const std::string& value) { return http::is_login(value); },
                                   " 1 到 32 个 a-z 0-9 . _ -");

const CLI::Validator kCheckId = rule(
    [](const std::string& value) {
      const std::string_view pattern = "AA-00";
      if (value.empty() || value.size() > pattern.size()) return false;
      for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool fits = pattern[i] == 'A'   ? c >= 'A' && c <= 'Z'
                          : pattern[i] == '0' ? c >= '0' && c <= '9'
                                              : c == pattern[i];
        if (!fits) return false;
      }
      return true;
    },
    "检查的编号或其开头，如 ST 或 ST-02");
const CLI::Validator kDate = rule(
    [](const std::string& value) { return parse_date(value).has_value(); }, "日期，如 2026-03-05");
const CLI::Validator kTime = rule(
    [](const std::string& value) { return parse_minute(value).has_value(); }, "时间，如 09:30");

// What the words on the line are put into, and the command that they name.
struct Line {
  Globals globals;
  std::string first;
  std::string second;
  std::string role = "clerk";
  TicketWish wish;
  std::int64_t limit = 20;
  bool yes = false;
  DoctorWish doctor;
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
  init->add_option("--division", line.first, "行政区划路径，如 1403")->required()->check(kDivision);
  init->add_option("--name", line.second, "名称，如 阳泉市")->required()->check(kName);

  CLI::App* again =
      verb(*city, "restore", "用 city init 写下的 root-key.yz 重建市级节点，数据由下级补回", line,
           [&line] { return city_restore(line.globals, line.first, line.second); });
  again->add_option("file", line.first, "root-key.yz 所在")->required()->check(kPath);
  again->add_option("--code", line.second, "根密钥的恢复码所在的文件；- 表示从标准输入读")
      ->required()
      ->check(kPath);

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

void add_doctor(CLI::App& app, Line& line) {
  CLI::App* made = verb(app, "doctor", "检查本机：每一项、查到什么、怎么处理；什么都不改", line,
                        [&line] { return doctor(line.globals, line.doctor); });
  made->add_option("--only", line.doctor.only, "只看这一类，如 ST 或 ST-02")->check(kCheckId);
  made->add_option("--report", line.doctor.report, "另存一个诊断包（新文件，不含个人信息）")
      ->check(kPath);
  made->add_option("--lang", line.doctor.lang, "zh 或 en")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, Lang>{{"zh", Lang::Zh}, {"en", Lang::En}}));
}

CLI::App* file_verb(CLI::App& app, const char* name, const char* about, Line& line,
                    std::function<int()> command) {
  CLI::App* made = verb(app, name, about, line, std::move(command));
  made->add_option("file", line.first, "备份文件，或 backup list 列出的文件名")
      ->required()
      ->check(kPath);
  return made;
}

void add_backup_commands(CLI::App& app, Line& line) {
  CLI::App* backup = group(app, "backup", "备份");
  verb(*backup, "create", "现在备份（每夜也会自动备份）", line,
       [&line] { return backup_create(line.globals); });
  verb(*backup, "list", "现有的备份", line, [&line] { return backup_list(line.globals); });
  const char* const code_is = "恢复码所在的文件；- 表示从标准输入读";
  CLI::App* check =
      file_verb(*backup, "verify", "把备份解到临时文件夹，全部核对一遍", line,
                [&line] { return backup_verify(line.globals, line.first, line.second); });
  check->add_option("--code", line.second, code_is)->check(kPath);
  verb(*backup, "code", "换一个恢复码", line, [&line] { return backup_code(line.globals); });

  CLI::App* restore = file_verb(
      app, "restore", "用备份换下本机数据（先停止 serve；原数据保留）", line,
      [&line] { return restore_backup(line.globals, line.first, line.second, line.yes); });
  restore->add_option("--code", line.second, code_is)->check(kPath);
  restore->add_flag("--yes", line.yes, "不再询问");
  CLI::App* replace =
      file_verb(app, "replace", "在新机器上，用备份和恢复码接替坏掉的机器", line,
                [&line] { return replace_machine(line.globals, line.first, line.second); });
  replace->add_option("--code", line.second, code_is)->required()->check(kPath);
}

void add_station_commands(CLI::App& app, Line& line) {
  CLI::App* station = group(app, "station", "下级节点");
  verb(*station, "list", "下级节点和未用的接入码", line,
       [&line] { return station_list(line.globals); });
  CLI::App* ticket = verb(*station, "ticket", "给一台新机器一个接入码", line,
                          [&line] { return station_ticket(line.globals, line.wish); });
  ticket->add_option("--division", line.wish.division, "如 1403/140311/140311100")
      ->required()
      ->check(kDivision);
  ticket->add_option("--name", line.wish.name, "如 荫营镇便民服务中心")->required()->check(kName);
  ticket->add_option("--role", line.wish.role, "station 或 district")
      ->check(CLI::IsMember({"station", "district"}));
  ticket->add_flag("--carry-only", line.wish.carry_only, "只转送，不能看居民信息");
  ticket->add_option("--valid-hours", line.wish.valid_hours, "有效小时数")
      ->check(whole_number(1, 336));
  CLI::App* approve = verb(*station, "approve", "批准一份接入申请", line,
                           [&line] { return station_approve(line.globals, line.first); });
  approve->add_option("request", line.first, "申请")->required()->check(kText);
  CLI::App* revoke = verb(*station, "revoke", "撤销一个下级节点：此后它写的都不再计入", line,
                          [&line] { return station_revoke(line.globals, line.first); });
  revoke->add_option("node", line.first, "节点编号，见 station list")->required()->check(kNode);
}

void add_staff_commands(CLI::App& app, Line& line) {
  CLI::App* staff = group(app, "staff", "本站人员");
  verb(*staff, "list", "本站人员", line, [&line] { return staff_list(line.globals); });
  CLI::App* add = verb(*staff, "add", "新增人员，给出一次性登录码", line, [&line] {
    return staff_add(line.globals, line.first, line.second, line.role);
  });
  add->add_option("login", line.first, "登录名")->required()->check(kLogin);
  add->add_option("--name", line.second, "姓名")->required()->check(kName);
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
  CLI::App* clock = group(app, "clock", "本机时间");
  CLI::App* set = verb(*clock, "set", "机器的时钟不准时，告诉本机现在的时间", line,
                       [&line] { return clock_set(line.globals, line.first, line.second); });
  set->add_option("date", line.first, "日期，如 2026-03-05")->required()->check(kDate);
  set->add_option("time", line.second, "时间，如 09:30")->required()->check(kTime);
  CLI::App* sync = group(app, "sync", "与上级的往来");
  verb(*sync, "now", "现在就上报", line, [&line] { return sync_now(line.globals); });
  CLI::App* log = verb(*sync, "log", "最近的往来", line,
                       [&line] { return sync_log(line.globals, line.limit); });
  log->add_option("--limit", line.limit, "条数")->check(whole_number(1, 200));
  verb(*sync, "roots", "各范围的状态根，用来比对两级是否一致", line,
       [&line] { return state_roots(line.globals); });
}

// The command that was meant, as far as it was understood: "yizhan station ticket".
std::string command_of(const CLI::App& app) {
  std::string words = app.get_name();
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    words += " " + at->get_name();
  }
  return words;
}

// The argument that the parser's message is about; empty when it is about something else.
std::string argument_in(const std::string& message) {
  const std::size_t end = message.find_first_of(": ");
  if (end == std::string::npos) return {};
  const std::string_view rest = std::string_view(message).substr(end);
  return rest.starts_with(": ") || rest == " is required" ? message.substr(0, end) : "";
}

// Says which argument is wrong, what it should be, and where to read more.
int refuse_usage(const Globals& globals, const CLI::App& app, const CLI::ParseError& error) {
  std::string detail = error.what();
  const std::string field = argument_in(detail);
  if (detail.starts_with(field + ": ")) detail.erase(0, field.size() + 2);
  static_cast<void>(refuse(globals, {Errc::BadFormat, detail, field}));
  if (!globals.json) say("写法见: " + command_of(app) + " --help");
  return static_cast<int>(Exit::Usage);
}

}  // namespace

int run_command(int argc, char** argv) {
  if (const auto started = start_crypto(); !started) return refuse({}, started.error());
  CLI::App app{"驿站：乡镇便民服务中心的离线优先节点", "yizhan"};
  Line line;
  app.require_subcommand(1);
  app.fallthrough();
  CLI::Option* config = app.add_option("--config", line.globals.config, "配置文件")->check(kPath);
  app.add_option("--data-dir", line.globals.data_dir, "数据目录")->check(kPath);
  app.add_flag("--json", line.globals.json, "给程序读的输出");
  add_folder_commands(app, line);
  add_doctor(app, line);
  add_backup_commands(app, line);
  add_station_commands(app, line);
  add_staff_commands(app, line);
  add_sync_commands(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    const auto is_json = [](const char* word) { return std::string_view(word) == "--json"; };
    line.globals.json = std::any_of(argv, argv + argc, is_json);  // whether or not it came so far
    return refuse_usage(line.globals, app, error);
  }
  line.globals.config_given = config->count() > 0;
  return line.command();
}

}  // namespace yizhan::node::cli
