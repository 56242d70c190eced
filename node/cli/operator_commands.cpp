// Commands that ask the node that serves on this machine.
#include <nlohmann/json.hpp>

#include "node/cli/commands.h"
#include "node/cli/operator_call.h"
#include "node/policy/china_time.h"

namespace yizhan::node::cli {
namespace {

using nlohmann::json;

std::string text(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || !found->is_string() ? "" : found->get<std::string>();
}

std::string number(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? "?" : found->dump();
}

void show_clock(const json& node) {
  if (node.at("clock_asks").get<bool>()) {
    show("！本机时间可能不准（" + time_text(node.at("now_ms")) +
         "）。下一步: yizhan clock set 2026-03-05 09:30");
  } else if (node.at("clock_suspect").get<bool>()) {
    show("！本机时间 " + time_text(node.at("now_ms")) + " 是人工确认的，连通上级后自动核对。");
  } else if (!node.at("clock_off_ms").is_null()) {
    show("！机器的时钟不准，已按上级时间 " + time_text(node.at("now_ms")) + " 登记。请校准机器。");
  }
}

}  // namespace

int status(const Globals& globals) {
  return run(globals, {.path = "/status", .body = {}}, "yizhan.status/1", [](const json& out) {
    const json& node = out.at("node");
    const json& counts = node.at("counts");
    show(text(node, "name") + "（" + text(node, "division") + "） " + text(node, "version"));
    if (counts.is_object()) {
      show("已存本机 " + number(counts, "saved") + " · 县区已收 " + number(counts, "carried") +
           " · 市级已收 " + number(counts, "received") + " · 待上报 " + number(counts, "pending"));
    } else {
      show("数量读取失败：?");
    }
    if (text(node, "role") != "hub") {
      const bool connected = node.at("connected").get<bool>();
      show(std::string("上级：") + (connected ? "连通" : "没有连通") + "，最后联系 " +
           time_text(node.at("last_contact_ms")));
    }
    for (const json& peer : out.at("peers")) {
      show("  " + text(peer, "name") + (peer.at("connected").get<bool>() ? " 连通" : " 未连通") +
           "，最后联系 " + time_text(peer.at("last_contact_ms")));
    }
    show_clock(node);
    if (!node.at("can_save").get<bool>()) show("！本机不能保存，请停止登记并检查磁盘。");
    show("数据库 " + number(out, "database_bytes") + " 字节，记录 " + number(out, "entities") +
         "，待处理操作 " + number(out, "dead_letters"));
  });
}

// By the station's time, as people say it.
int clock_set(const Globals& globals, const std::string& date, const std::string& time) {
  const WallMs said = wall_at({parse_date(date).value(), parse_minute(time).value()});
  const json body = {{"time_ms", said.value}};
  return run(globals, {.method = "POST", .path = "/clock", .body = body.dump()}, "yizhan.clock/1",
             [](const json& out) {
               show("本机时间 " + time_text(out.at("now_ms")));
               if (out.at("clock_suspect").get<bool>()) {
                 say("机器的时钟与此不符；此后的登记会注明。连通上级后自动核对。");
               }
             });
}

int sync_now(const Globals& globals) {
  return run(globals, {.method = "POST", .path = "/sync-now", .body = {}}, "yizhan.sync/1",
             [](const json& out) {
               show(out.at("started").get<bool>() ? "已开始上报。"
                                                  : "现在没有连通；数据已存本机，连通后自动上报。");
             });
}

int sync_log(const Globals& globals, std::int64_t limit) {
  return run(globals, {.path = "/sync-log?limit=" + std::to_string(limit), .body = {}},
             "yizhan.sync-log/1", [](const json& out) {
               for (const json& row : out.at("log")) {
                 show(time_text(row.at("at_ms")) + "  " + text(row, "event") + "  " +
                      text(row, "peer") + "  " + number(row, "changes") + "  " +
                      text(row, "detail"));
               }
             });
}

int station_list(const Globals& globals) {
  return run(globals, {.path = "/stations", .body = {}}, "yizhan.stations/1", [](const json& out) {
    for (const json& row : out.at("stations")) {
      show(text(row, "division") + "  " + text(row, "name") + "  " + text(row, "role") + "  " +
           text(row, "state") + "  最后联系 " + time_text(row.at("last_contact_ms")));
    }
  });
}

int station_ticket(const Globals& globals, const TicketWish& wish) {
  const json body = {{"division", wish.division},
                     {"name", wish.name},
                     {"role", wish.role},
                     {"carry_only", wish.carry_only},
                     {"valid_hours", wish.valid_hours}};
  return run(globals, {.method = "POST", .path = "/stations/ticket", .body = body.dump()},
             "yizhan.ticket/1", [](const json& out) {
               show(text(out, "ticket"));
               say("接入码只显示一次，有效至 " + time_text(out.at("expires_at_ms")) +
                   "。下一步: 在新机器上运行 yizhan enroll start");
             });
}

int station_approve(const Globals& globals, const std::string& request) {
  const json body = {{"request", request}};
  return run(globals, {.method = "POST", .path = "/stations/approve", .body = body.dump()},
             "yizhan.approval/1", [](const json& out) {
               show(text(out, "response"));
               say("已批准 " + text(out, "name") + "（" + text(out, "division") +
                   "）。下一步: 在那台机器上运行 yizhan enroll finish");
             });
}

int staff_list(const Globals& globals) {
  return run(globals, {.path = "/staff", .body = {}}, "yizhan.staff/1", [](const json& out) {
    for (const json& row : out.at("staff")) {
      show(text(row, "login") + "  " + text(row, "display_name") + "  " + text(row, "role") +
           (row.at("disabled").get<bool>() ? "  已停用" : "") +
           (row.at("has_secret").get<bool>() ? "" : "  尚未首次登录"));
    }
  });
}

int staff_add(const Globals& globals, const std::string& login, const std::string& name,
              const std::string& role) {
  const json body = {{"login", login}, {"display_name", name}, {"role", role}};
  return run(globals, {.method = "POST", .path = "/staff", .body = body.dump()},
             "yizhan.staff-code/1", [](const json& out) {
               show(text(out, "code"));
               say("一次性登录码只显示一次，请当面交给 " + text(out, "login") + "，有效至 " +
                   time_text(out.at("expires_at_ms")) + "。");
             });
}

int staff_disable(const Globals& globals, const std::string& login) {
  return run(globals, {.method = "POST", .path = "/staff/" + login + "/disable", .body = {}},
             "yizhan.staff-row/1",
             [](const json& out) { show("已停用 " + text(out, "login") + "。"); });
}

int staff_reset(const Globals& globals, const std::string& login) {
  return run(globals, {.method = "POST", .path = "/staff/" + login + "/reset", .body = {}},
             "yizhan.staff-code/1", [](const json& out) {
               show(text(out, "code"));
               say("原口令已作废。请把新的一次性登录码当面交给 " + text(out, "login") + "。");
             });
}

int state_roots(const Globals& globals) {
  return run(globals, {.path = "/state-roots", .body = {}, .timeout = std::chrono::minutes(2)},
             "yizhan.state-roots/1", [](const json& out) {
               for (const json& row : out.at("scopes")) {
                 show(text(row, "scope") + "  " + text(row, "state_root") + "  " +
                      number(row, "entities"));
               }
             });
}

}  // namespace yizhan::node::cli
