#include "node/http/problem.h"

#include <array>
#include <string_view>

#include "node/http/json_value.h"

namespace yizhan::node::http {
namespace {

struct Words {
  const char* title;
  const char* hint;
};

Words words_of(Errc code) {
  switch (code) {
    case Errc::BadFormat: return {"填写的内容不符合要求", "没有保存。请改正后再试。"};
    case Errc::LimitExceeded: return {"内容超出限制", "没有保存。请缩短或减少后再试。"};
    case Errc::BadSignature:
    case Errc::BadChain:
    case Errc::StorageCorrupt:
      return {"本机数据核对不符", "没有保存。请停止登记，告知站长，并运行 yizhan verify。"};
    case Errc::Gap:
    case Errc::UnknownAuthor:
    case Errc::WrongStream: return {"缺少前面的记录", "没有保存。等与上级连通后再试。"};
    case Errc::OutOfScope: return {"不属于本站办理范围", "没有保存。请到所属站办理。"};
    case Errc::UnknownVersion: return {"版本不认识", "没有保存。请升级本机程序。"};
    case Errc::NotFound: return {"没有找到", "请核对编号；可能已不在本站。"};
    case Errc::Conflict: return {"记录已有变化", "这次没有保存。请刷新后查看，再决定是否修改。"};
    case Errc::NoCapacity:
      return {"该时段余号已用完", "没有保存。请换一个时段；不预约也可当天现场取号。"};
    case Errc::Denied: return {"不允许此操作", "没有保存。请重新登录，或联系站长。"};
    case Errc::Expired: return {"已过期或已使用", "请向站长索取新的一次性登录码。"};
    case Errc::Throttled: return {"请稍候再试", "没有保存。稍等片刻再试。"};
    case Errc::Busy: return {"本机正忙", "没有保存。稍等片刻再试。"};
    case Errc::Unreachable: return {"上级没有回应", "本机数据不受影响，连通后再试。"};
    case Errc::StorageIo:
      return {"无法保存：本机存储出错", "本次没有保存。请停止登记，先手写登记并告知站长。"};
    case Errc::StorageFull:
      return {"无法保存：本机存储空间不足", "本次登记没有保存，请先手写登记并告知站长。"};
    case Errc::Unsupported: return {"本机不支持此操作", "没有保存。请联系站长。"};
  }
  return {"无法完成", "请联系站长。"};
}

struct FieldHint {
  std::string_view field;
  const char* hint;
};

// For BadFormat and LimitExceeded: what to do about this field.
constexpr std::array kFieldHints = {
    FieldHint{"staff", "登录名为 1 至 32 位小写字母、数字或 . _ -。"},
    FieldHint{"secret", "请输入口令。"},
    FieldHint{"new_secret", "口令至少 6 位数字，不能连号或重复；站长及以上至少 10 个字符。"},
    FieldHint{"code", "这个码由字母和数字组成，请逐位核对。"},
    FieldHint{"item", "没有保存。请从列表中选择事项。"},
    FieldHint{"date", "没有保存。日期写作 2026-03-05。"},
    FieldHint{"window", "没有保存。请从列表中选择时段。"},
    FieldHint{"name", "没有保存。姓名为 1 至 64 个字，请按证件填写。"},
    FieldHint{"document.kind", "没有保存。请选择证件类型。"},
    FieldHint{"document.number", "没有保存。证件号校验不符：请逐位核对，或将证件放到读卡器上。"},
    FieldHint{"phone", "没有保存。手机号应为 11 位；没有手机可以不填。"},
    FieldHint{"agent.name", "没有保存。代办人姓名为 1 至 64 个字，请按证件填写。"},
    FieldHint{"agent.document.number",
              "没有保存。代办人证件号校验不符：请逐位核对，或将证件放到读卡器上。"},
    FieldHint{"agent.phone", "没有保存。请填写代办人的手机（11 位）或证件号。"},
    FieldHint{"agent.valid_until", "没有保存。请按委托书填写有效期至哪一天。"},
    FieldHint{"to_bring", "没有保存。请从所列材料中选择待带的。"},
    FieldHint{"note", "没有保存。备注最多 2000 字。"},
    FieldHint{"occurred_at_ms", "没有保存。发生时间不能晚于现在。"},
    FieldHint{"paper_number", "没有保存。请逐位核对手写单上的编号。"},
    FieldHint{"level", "没有保存。请从五个等级中选择一个，或选“不评价”。"},
    FieldHint{"reasons", "没有保存。请从列表中选择原因；只有不满意时才需要。"},
    FieldHint{"text", "没有保存。请写明内容，不要超过字数。"},
    FieldHint{"wish", "没有保存。诉求最多 500 字。"},
    FieldHint{"count", "没有保存。一次可印 1 至 50 张。"},
    FieldHint{"paper", "没有打印。请换一种纸。"},
    FieldHint{"reason", "没有保存。请写明或选择原因，最多 200 字。"},
    FieldHint{"left", "没有日结。请选择转为明日优先，或已电话告知。"},
};

// Refusals that say more than their code; a field may end in the id of a record.
struct FieldWords {
  Errc code;
  std::string_view field;
  Words words;
};
constexpr std::array kFieldWords = {
    FieldWords{Errc::Conflict,
               "duplicate/",
               {"该居民当天已约同一事项", "没有保存。请打开原预约查看或改约。"}},
    FieldWords{Errc::Conflict,
               "agent.document.number",
               {"代办人就是居民本人", "没有保存。请改选“本人”，或核对代办人的证件号。"}},
    FieldWords{Errc::Conflict,
               "agent.valid_until",
               {"委托书在预约当天已到期", "没有保存。请另选到期前的时段，或请居民重新委托。"}},
    FieldWords{
        Errc::Conflict,
        "paper_number.spoiled",
        {"该手写单已登记作废", "没有保存。核对编号；登记错了的，在日结中取消作废后再补录。"}},
    FieldWords{
        Errc::Conflict, "paper_number", {"该手写单已经补录过", "没有保存。请按编号查找原记录。"}},
    FieldWords{Errc::NotFound,
               "paper_number",
               {"本站没有印过该编号的手写单", "没有保存。请逐位核对编号。"}},
    FieldWords{Errc::Denied,
               "code",
               {"配对码不对或已过期", "请逐位核对；配对码 15 分钟内有效，只能用一次。"}},
    FieldWords{
        Errc::Denied, "yz_dev", {"本机尚未配对", "请站长在本站管理中添加本机并给出配对码。"}},
    FieldWords{
        Errc::Denied, "device", {"本机不是这种屏", "请站长在本站管理中按用途重新添加并配对。"}},
    FieldWords{Errc::Denied, "number", {"本机不在这个窗口", "请站长重新添加并选择窗口。"}},
    FieldWords{
        Errc::Expired,
        "id",
        {"已不能撤销", "没有撤销，记录没有变化。只能撤销自己 10 秒内的最后一步，请改用其他操作。"}},
    FieldWords{Errc::Denied,
               "occurred_at_ms",
               {"超出可补录的日期", "没有保存。当天以外的需要站长授权，由站长补录。"}},
    FieldWords{Errc::Denied,
               "date",
               {"超出可登记的日期", "没有保存。当天以外的需要站长授权，由站长登记。"}},
    FieldWords{Errc::NotFound, "login", {"没有这个求助", "可能已经结束，无需再处理。"}},
    FieldWords{Errc::Denied,
               "role",
               {"此操作由站点办理", "没有保存。请联系该站；站内需要站长授权的，请站长登录办理。"}},
    FieldWords{Errc::NoCapacity,
               "undo.window",
               {"该时段余号已被约走", "没有撤销，记录没有变化。请另选时段重新预约。"}},
    FieldWords{Errc::Conflict,
               "undo.duplicate/",
               {"该居民当天已另约同一事项", "没有撤销，记录没有变化。请打开新的预约查看。"}},
    FieldWords{Errc::LimitExceeded,
               "undo.person",
               {"该居民当天的预约已达上限", "没有撤销，记录没有变化。请另选日期重新预约。"}},
    FieldWords{
        Errc::Conflict, "serving", {"窗口上还有人", "没有保存。请先办结、挂起或转窗，再继续。"}},
    FieldWords{Errc::LimitExceeded,
               "calls",
               {"呼叫次数已达上限", "没有再呼叫。请按过号；居民回来后可重新排队。"}},
    FieldWords{
        Errc::LimitExceeded, "holds", {"挂起次数已达上限", "没有挂起。请继续办理，或办结后另约。"}},
    FieldWords{Errc::LimitExceeded,
               "transfers",
               {"转窗次数已达上限", "没有转窗。请在本窗口办理，或请站长协调。"}},
    FieldWords{Errc::Conflict, "visit", {"本次已评价，谢谢。", "没有再次保存。"}},
    FieldWords{Errc::Conflict,
               "invitation",
               {"评价时间已过", "没有保存。请用凭证上的二维码评价，或告诉导办员。"}},
    FieldWords{Errc::NotFound,
               "invitation",
               {"没有可评价的办理", "没有保存。请用凭证上的二维码评价，或告诉导办员。"}},
    FieldWords{Errc::Conflict, "code", {"还没有办完", "没有保存。办完后再评价。"}},
    FieldWords{
        Errc::NotFound, "code", {"评价码不对或已过期", "没有保存。请逐位核对凭证上的评价码。"}},
    FieldWords{Errc::Conflict, "cut_off", {"该时段的预约已截止", "没有保存。请另选时段。"}},
    FieldWords{Errc::Conflict, "calendar", {"该日的放假安排尚未公布", "没有保存。请另选日期。"}},
    FieldWords{Errc::LimitExceeded,
               "person",
               {"该居民当天的预约已达上限", "没有保存。请另选日期；不预约也可当天现场取号。"}},
    FieldWords{Errc::LimitExceeded,
               "phone.persons",
               {"该手机当天已为多人预约", "没有保存。请到窗口或打电话预约。"}},
};

const char* title_of(const Error& error) {
  for (const FieldWords& row : kFieldWords) {
    if (row.code == error.code && error.field.starts_with(row.field)) return row.words.title;
  }
  return words_of(error.code).title;
}

const char* hint_of(const Error& error) {
  if (error.code == Errc::BadFormat || error.code == Errc::LimitExceeded) {
    for (const FieldHint& row : kFieldHints) {
      if (row.field == error.field) return row.hint;
    }
  }
  for (const FieldWords& row : kFieldWords) {
    if (row.code == error.code && error.field.starts_with(row.field)) return row.words.hint;
  }
  if (error.field == "lock") return "已锁定，内容未丢失。输入口令继续。";
  if (error.field == "staff" && error.code == Errc::Denied) return "账号已停用，请联系站长。";
  if (error.field == "secret" && error.code == Errc::Denied)
    return "登录名或口令不对，请重新输入。";
  return words_of(error.code).hint;
}

std::string body_of(const Error& error, int status, const std::int64_t* retry_after_s) {
  JsonWriter json;
  json.begin_object()
      .text("type", std::string("urn:yizhan:problem:") + name(error.code))
      .text("title", title_of(error))
      .number("status", status)
      .text("code", name(error.code))
      .text("detail", error.detail)
      .text("field", error.field)
      .text("hint", hint_of(error));
  if (retry_after_s != nullptr) json.number("retry_after_s", *retry_after_s);
  json.end_object();
  return json.take();
}

}  // namespace

int status_of(const Error& error) {
  switch (error.code) {
    case Errc::BadFormat:
    case Errc::UnknownVersion: return 400;
    case Errc::LimitExceeded: return error.field.empty() ? 413 : 400;
    case Errc::NotFound: return 404;
    case Errc::Conflict:
    case Errc::NoCapacity:
    case Errc::Gap:
    case Errc::UnknownAuthor:
    case Errc::WrongStream: return 409;
    case Errc::Denied:
    case Errc::OutOfScope: return 403;
    // What was shown to a person is over; a one-time code is no sign-in.
    case Errc::Expired: return error.field == "id" ? 409 : 401;
    // The node has too much to do, or the person asks too often.
    case Errc::Throttled: return error.field.empty() ? 503 : 429;
    case Errc::Busy:
    case Errc::Unreachable: return 503;
    case Errc::StorageFull: return 507;
    case Errc::BadSignature:
    case Errc::BadChain:
    case Errc::StorageIo:
    case Errc::StorageCorrupt: return 500;
    case Errc::Unsupported: return 501;
  }
  return 500;
}

const char* reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Internal Server Error";
  }
}

Response problem(const Error& error) { return problem(error, status_of(error)); }

Response problem(const Error& error, int status) {
  return {.status = status,
          .content_type = "application/problem+json",
          .body = body_of(error, status, nullptr),
          .headers = {},
          .event_stream = false};
}

Response problem_wait(const Error& error, int status, std::int64_t retry_after_s) {
  Response response = problem(error, status);
  response.body = body_of(error, status, &retry_after_s);
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return response;
}

}  // namespace yizhan::node::http
