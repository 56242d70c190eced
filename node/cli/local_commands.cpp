// Commands that work on this machine's own folder.
#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>

#include "node/cli/code_text.h"
#include "node/cli/commands.h"
#include "node/cli/local_node.h"
#include "node/cli/operator_call.h"
#include "node/identity/city_init.h"
#include "node/identity/recovery_code.h"
#include "node/runtime/clocks.h"
#include "node/runtime/log.h"
#include "node/runtime/serve.h"
#include "node/runtime/version.h"
#include "node/store/journal_repair.h"
#include "node/store/rebuild.h"
#include "node/store/verify.h"

namespace yizhan::node::cli {
namespace {

using nlohmann::json;

int print_report(const Globals& globals, const json& report) {
  json out = report;
  out["schema"] = "yizhan.verify/1";
  const bool ok = report.at("ok").get<bool>();
  if (globals.json) {
    show(out.dump());
  } else {
    for (const json& finding : report.at("findings")) {
      show("不符 " + finding.at("what").get<std::string>() + "  " +
           finding.at("where").get<std::string>());
    }
    say((ok ? "核对完成，全部相符：" : "核对完成，有不符：") + report.at("segments").dump() +
        " 段，" + report.at("changes").dump() + " 次变更，" + report.at("entities").dump() +
        " 条记录。");
  }
  return static_cast<int>(ok ? Exit::Ok : Exit::Verification);
}

json report_json(const VerifyReport& report) {
  json findings = json::array();
  for (const VerifyFinding& finding : report.findings) {
    findings.push_back({{"what", finding.what}, {"where", finding.where}});
  }
  return {{"ok", report.ok},
          {"segments", report.segments},
          {"changes", report.changes},
          {"entities", report.entities},
          {"findings", findings}};
}

JournalOwner owner_of(const OpenNode& node) {
  return {node.identity.certificate.node(), journal_key(node.keys.secrets.sign)};
}

}  // namespace

int city_init(const Globals& globals, const std::string& division, const std::string& name) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  const auto parsed = sync::Division::parse(division);
  if (!parsed) return refuse(globals, {Errc::BadFormat, parsed.error().detail, "division"});
  SystemEntropy entropy;
  const auto made = init_city(*files, {*parsed, name}, entropy, wall_now());
  if (!made) return refuse(globals, made.error());
  const std::string node = to_hex(view(made->hub.certificate.node()));
  print(globals,
        {{"node", node}, {"root_code", made->root_code}, {"recovery_code", made->recovery_code}},
        "yizhan.city/1", "根密钥的恢复码  " + made->root_code);
  if (!globals.json) {
    show("备份的恢复码  " + made->recovery_code);
    say("城市已建立：" + name + "，本机为市级节点。");
    say("上面两个码只显示一次：请抄下、分别封存，并把 " +
        (files->folder() / "root-key.yz").string() + " 移到离线介质。");
    say("下一步: yizhan serve，然后 yizhan station ticket");
  }
  return 0;
}

namespace {

constexpr std::size_t kCityFileMax = 64 * 1024;

Result<CityKeys> city_in(const std::string& file, const std::string& code_source) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Errc::NotFound, "cannot be read: " + file, "city");
  Bytes encrypted(kCityFileMax + 1);
  in.read(reinterpret_cast<char*>(encrypted.data()),
          static_cast<std::streamsize>(encrypted.size()));
  encrypted.resize(static_cast<std::size_t>(in.gcount()));
  auto code = code_text(code_source);
  if (!code) return fail(code);
  while (!code->empty() && std::isspace(static_cast<unsigned char>(code->back())) != 0) {
    code->pop_back();
  }
  auto city = open_city(encrypted, *code);
  wipe(*code);
  return city;
}

}  // namespace

int city_restore(const Globals& globals, const std::string& file, const std::string& code) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  auto city = city_in(file, code);
  if (!city) return refuse(globals, city.error());
  SystemEntropy entropy;
  const auto made = rebuild_hub(*files, std::move(*city), entropy, wall_now());
  if (!made) return refuse(globals, made.error());
  print(globals,
        {{"node", to_hex(view(made->hub.certificate.node()))},
         {"name", made->hub.name},
         {"epoch", made->hub.epoch.counter},
         {"recovery_code", made->recovery_code}},
        "yizhan.city-restored/1", made->recovery_code);
  if (!globals.json) {
    say("上面是今后备份的恢复码，只显示一次：请抄下、封存。");
    say("市级节点已重建：" + made->hub.name + "。数据由下级补回，各下级不用重新接入。");
    say("下一步: yizhan serve；人员的口令不在下级，用 yizhan staff reset 取一次性登录码。");
  }
  return 0;
}

int enroll_start(const Globals& globals, const std::string& argument) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  if (files->enrolled()) {
    return refuse(globals, {Errc::Busy, "this folder has a node in it already", "data_dir"});
  }
  const auto ticket = parse_ticket(argument_or_input(argument));
  if (!ticket) return refuse(globals, ticket.error());
  if (auto ok = check_ticket(*ticket, wall_now()); !ok) return refuse(globals, ok.error());
  auto keys = files->keys();
  if (!keys && keys.error().code == Errc::NotFound) {
    SystemEntropy entropy;
    keys = make_node_keys(entropy);
    if (auto saved = files->save_keys(*keys); !saved) return refuse(globals, saved.error());
  }
  if (!keys) return refuse(globals, keys.error());
  if (auto saved = files->save_joining(*ticket); !saved) return refuse(globals, saved.error());
  const std::string request = request_text(make_request(*ticket, keys->secrets));
  print(globals,
        {{"request", request}, {"division", ticket->division.text()}, {"name", ticket->name}},
        "yizhan.enroll-request/1", request);
  if (!globals.json) {
    say("将接入为 " + ticket->name + "（" + ticket->division.text() +
        "）。下一步: 把上面的申请交给上级，由其运行 yizhan station approve，再在本机运行 yizhan "
        "enroll finish");
  }
  return 0;
}

int enroll_finish(const Globals& globals, const std::string& argument) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  const auto reply = parse_reply(argument_or_input(argument));
  if (!reply) return refuse(globals, reply.error());
  if (files->enrolled()) {
    const auto identity = files->identity();
    const bool same = identity && identity->certificate == reply->certificate;
    if (!same) return refuse(globals, {Errc::Busy, "this folder has another node", "data_dir"});
    print(globals, {{"node", to_hex(view(identity->certificate.node()))}}, "yizhan.enrolled/1",
          "已接入 " + identity->name + "。");
    return 0;
  }
  const auto ticket = files->joining();
  if (!ticket) {
    return refuse(globals, {Errc::Denied, "run yizhan enroll start first", "reply"});
  }
  const auto keys = files->keys();
  if (!keys) return refuse(globals, keys.error());
  if (auto ok = check_reply(*reply, *ticket, keys->secrets); !ok) {
    return refuse(globals, ok.error());
  }
  NodeIdentity identity;
  identity.name = ticket->name;
  identity.root_public = ticket->root_public;
  identity.certificate = reply->certificate;
  identity.parent = ticket->parent;
  identity.above = ticket->above;
  SystemEntropy entropy;
  entropy.fill(identity.epoch.nonce);
  const auto recovery = new_recovery(*files, entropy);
  if (!recovery) return refuse(globals, recovery.error());
  if (auto saved = files->save_identity(identity); !saved) return refuse(globals, saved.error());
  print(globals,
        {{"node", to_hex(view(identity.certificate.node()))}, {"recovery_code", *recovery}},
        "yizhan.enrolled/1", *recovery);
  if (!globals.json) {
    say("上面是本机备份的恢复码，只显示一次：请抄下、封存，由站长保管。机器坏了，要用它接替。");
    say("已接入 " + identity.name + "。下一步: yizhan serve，然后 yizhan staff add");
  }
  return 0;
}

int enroll_show(const Globals& globals) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  if (files->enrolled()) {
    const auto identity = files->identity();
    if (!identity) return refuse(globals, identity.error());
    const std::string node = to_hex(view(identity->certificate.node()));
    print(globals,
          {{"state", "enrolled"},
           {"node", node},
           {"name", identity->name},
           {"division", identity->certificate.home.text()}},
          "yizhan.enroll/1",
          "已接入 " + identity->name + "（" + identity->certificate.home.text() + "）节点 " + node);
    return 0;
  }
  const auto ticket = files->joining();
  if (!ticket) return refuse(globals, not_enrolled());
  print(globals,
        {{"state", "joining"}, {"name", ticket->name}, {"division", ticket->division.text()}},
        "yizhan.enroll/1",
        "正在接入 " + ticket->name + "（" + ticket->division.text() + "），等待上级批准。");
  return 0;
}

int serve(const Globals& globals) {
  const auto config = config_of(globals);
  if (!config) {
    refuse(globals, config.error());
    return static_cast<int>(Exit::Config);
  }
  const auto files = files_in(*config);
  if (!files) return refuse(globals, files.error());
  if (!files->enrolled()) return refuse(globals, not_enrolled());
  start_log(config->log_level);
  const auto served = node::serve(*config);
  if (served) return 0;
  const std::string& field = served.error().field;
  const bool settings =
      field.starts_with("http.") || field.starts_with("link.") || field.starts_with("policy.");
  const int code = refuse(globals, served.error());
  return settings && served.error().code != Errc::Busy ? static_cast<int>(Exit::Config) : code;
}

int verify(const Globals& globals) {
  auto answer =
      ask(globals,
          {.method = "POST", .path = "/verify", .body = {}, .timeout = std::chrono::minutes(10)});
  if (answer) return print_report(globals, *answer);
  if (answer.error().code != Errc::Unreachable) return refuse(globals, answer.error());
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  const auto open = open_node(*files, Damage::Tell);
  if (!open) return refuse(globals, open.error());
  const JournalOwner journal = owner_of(*open);
  const auto report = node::verify(*open->store, open->identity.root_public, &journal);
  if (!report) return refuse(globals, report.error());
  return print_report(globals, report_json(*report));
}

int rebuild(const Globals& globals) {
  const auto files = files_of(globals);
  if (!files) return refuse(globals, files.error());
  const auto open = open_node(*files, Damage::Tell);
  if (!open) return refuse(globals, open.error());
  if (const auto may = may_rebuild(*open->store); !may) return refuse(globals, may.error());
  SystemEntropy entropy;
  const auto repair = open_with_journal(
      *open->store, owner_of(*open), [&] { return engine_identity(open->identity, open->keys); },
      entropy, {wall_now(), mono_now()}, ScanDepth::Every);
  if (!repair) return refuse(globals, repair.error());
  const auto rebuilt = node::rebuild(*open->store);
  if (!rebuilt) return refuse(globals, rebuilt.error());
  print(globals,
        {{"entities", *rebuilt},
         {"journal", {{"taken_back", repair->taken_back}, {"completed", repair->completed}}}},
        "yizhan.rebuild/1",
        "已由各段重新算出 " + std::to_string(*rebuilt) + " 条记录及其列表；日志补齐 " +
            std::to_string(repair->completed) + " 次变更，由日志取回 " +
            std::to_string(repair->taken_back) + " 次。");
  return 0;
}

int version(const Globals& globals) {
  print(globals, {{"version", kVersion}}, "yizhan.version/1", std::string("yizhan ") + kVersion);
  return 0;
}

}  // namespace yizhan::node::cli
