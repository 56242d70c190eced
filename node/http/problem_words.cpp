#include "node/http/problem_words.h"

#include <array>
#include <string_view>

namespace yizhan::node::http {
namespace {

ProblemWords words_of(Errc code) {
  switch (code) {
    case Errc::BadFormat:
      return {"填写的内容不符合要求", "没有保存。请改正后再试。", "What was filled in is not valid",
              "Nothing was saved. Correct it and try again."};
    case Errc::LimitExceeded:
      return {"内容超出限制", "没有保存。请缩短或减少后再试。", "Above a limit",
              "Nothing was saved. Make it shorter or fewer, and try again."};
    case Errc::BadSignature:
    case Errc::BadChain:
    case Errc::StorageCorrupt:
      return {"数据库检查未通过", "没有保存，以保护数据。请停止登记，联系市级，不要重装。",
              "The check of the database failed",
              "Nothing was saved, to protect the data. Stop entering, call the city, do not "
              "reinstall."};
    case Errc::Gap:
    case Errc::UnknownAuthor:
    case Errc::WrongStream:
      return {"缺少前面的记录", "没有保存。等与上级连通后再试。", "Earlier records are missing",
              "Nothing was saved. Try again once the line is back."};
    case Errc::OutOfScope:
      return {"不属于本站办理范围", "没有保存。请到所属站办理。", "Not for this station",
              "Nothing was saved. Go to the station in charge."};
    case Errc::UnknownVersion:
      return {"版本不认识", "没有保存。请升级本机程序。", "An unknown version",
              "Nothing was saved. Upgrade this machine."};
    case Errc::NotFound:
      return {"没有找到", "请核对编号；可能已不在本站。", "Not found",
              "Check the number; it may not be at this station any more."};
    case Errc::Conflict:
      return {"记录已有变化", "这次没有保存。请刷新后查看，再决定是否修改。",
              "The record has changed",
              "Nothing was saved this time. Look at it again before you change it."};
    case Errc::NoCapacity:
      return {"该时段余号已用完", "没有保存。请换一个时段；不预约也可当天现场取号。",
              "No places left at that time",
              "Nothing was saved. Choose another time; or take a walk-in number on the day."};
    case Errc::Denied:
      return {"不允许此操作", "没有保存。请重新登录，或联系站长。", "This is not allowed",
              "Nothing was saved. Sign in again, or ask the station lead."};
    case Errc::Expired:
      return {"已过期或已使用", "请向站长索取新的一次性登录码。", "Expired or already used",
              "Ask the station lead for a new one-time code."};
    case Errc::Throttled:
      return {"请稍候再试", "没有保存。稍等片刻再试。", "Please wait",
              "Nothing was saved. Try again in a moment."};
    case Errc::Busy:
      return {"本机正忙", "没有保存。稍等片刻再试。", "This machine is busy",
              "Nothing was saved. Try again in a moment."};
    case Errc::Unreachable:
      return {"市级未应答，已转为离线", "数据在本机，稍后自动重试。",
              "The city did not answer, working offline",
              "The data is on this machine; it is tried again by itself."};
    case Errc::StorageIo:
      return {"无法保存：本机存储出错", "本次没有保存。请停止登记，先手写登记并告知站长。",
              "Cannot save: the disk of this machine failed",
              "This was not saved. Stop entering, write by hand and tell the station lead."};
    case Errc::StorageFull:
      return {"无法保存：本机存储空间不足", "本次登记没有保存，请先手写登记并告知站长。",
              "Cannot save: the disk of this machine is full",
              "This entry was not saved. Write it by hand and tell the station lead."};
    case Errc::Unsupported:
      return {"本机不支持此操作", "没有保存。请联系站长。", "This machine cannot do that",
              "Nothing was saved. Ask the station lead."};
  }
  return {"无法完成", "请联系站长。", "Not done", "Ask the station lead."};
}

struct FieldHint {
  std::string_view field;
  const char* hint;
  const char* hint_en;
};

// For BadFormat and LimitExceeded: what to do about this field.
constexpr std::array kFieldHints = {
    FieldHint{"staff", "登录名为 1 至 32 位小写字母、数字或 . _ -。",
              "A login has 1 to 32 lower-case letters, digits or . _ -."},
    FieldHint{"secret", "请输入口令。", "Type the PIN."},
    FieldHint{"new_secret", "口令至少 6 位数字，不能连号或重复；站长及以上至少 10 个字符。",
              "At least 6 digits, neither in a row nor all alike; leads and above at least 10 "
              "characters."},
    FieldHint{"code", "这个码由字母和数字组成，请逐位核对。",
              "The code has letters and digits; compare it sign by sign."},
    FieldHint{
        "node", "没有变化。编号为 8 至 32 位 0-9 a-f，见 yizhan station list。",
        "Nothing has changed. A node has 8 to 32 digits of 0-9 a-f; see yizhan station list."},
    FieldHint{"item", "没有保存。请从列表中选择事项。",
              "Nothing was saved. Choose a service from the list."},
    FieldHint{"date", "没有保存。日期写作 2026-03-05。",
              "Nothing was saved. A date is written 2026-03-05."},
    FieldHint{"window", "没有保存。请从列表中选择时段。",
              "Nothing was saved. Choose a time from the list."},
    FieldHint{"name", "没有保存。姓名为 1 至 64 个字，请按证件填写。",
              "Nothing was saved. A name has 1 to 64 characters, as on the document."},
    FieldHint{"document.kind", "没有保存。请选择证件类型。",
              "Nothing was saved. Choose the kind of document."},
    FieldHint{"document.number", "没有保存。证件号校验不符：请逐位核对，或将证件放到读卡器上。",
              "Nothing was saved. The number fails its check: compare it digit by digit, or put "
              "the card on the reader."},
    FieldHint{"phone", "没有保存。手机号应为 11 位；没有手机可以不填。",
              "Nothing was saved. A mobile number has 11 digits; leave it out if there is none."},
    FieldHint{"agent.name", "没有保存。代办人姓名为 1 至 64 个字，请按证件填写。",
              "Nothing was saved. The agent's name has 1 to 64 characters, as on the document."},
    FieldHint{"agent.document.number",
              "没有保存。代办人证件号校验不符：请逐位核对，或将证件放到读卡器上。",
              "Nothing was saved. The agent's number fails its check: compare it digit by digit, "
              "or put the card on the reader."},
    FieldHint{
        "agent.phone", "没有保存。请填写代办人的手机（11 位）或证件号。",
        "Nothing was saved. Fill in the agent's mobile number (11 digits) or document number."},
    FieldHint{"agent.valid_until", "没有保存。请按委托书填写有效期至哪一天。",
              "Nothing was saved. Fill in until when the power of attorney is good."},
    FieldHint{"to_bring", "没有保存。请从所列材料中选择待带的。",
              "Nothing was saved. Choose from the papers that are listed."},
    FieldHint{"note", "没有保存。备注最多 2000 字。",
              "Nothing was saved. A note has at most 2,000 characters."},
    FieldHint{"occurred_at_ms", "没有保存。发生时间不能晚于现在。",
              "Nothing was saved. It cannot have happened later than now."},
    FieldHint{"paper_number", "没有保存。请逐位核对手写单上的编号。",
              "Nothing was saved. Compare the number of the form digit by digit."},
    FieldHint{"level", "没有保存。请从五个等级中选择一个，或选“不评价”。",
              "Nothing was saved. Choose one of the five levels, or “Do not rate”."},
    FieldHint{"reasons", "没有保存。请从列表中选择原因；只有不满意时才需要。",
              "Nothing was saved. Choose reasons from the list; only a low level has them."},
    FieldHint{"text", "没有保存。请写明内容，不要超过字数。",
              "Nothing was saved. Say what happened, within the limit of characters."},
    FieldHint{"wish", "没有保存。诉求最多 500 字。",
              "Nothing was saved. The wish has at most 500 characters."},
    FieldHint{"count", "没有保存。一次可印 1 至 50 张。",
              "Nothing was saved. 1 to 50 forms at a time."},
    FieldHint{"paper", "没有打印。请换一种纸。", "Not printed. Choose another paper."},
    FieldHint{"reason", "没有保存。请写明或选择原因，最多 200 字。",
              "Nothing was saved. Write or choose a reason of at most 200 characters."},
    FieldHint{"left", "没有日结。请选择转为明日优先，或已电话告知。",
              "The day was not closed. Choose “first tomorrow” or “told by phone”."},
};

// Refusals that say more than their code; a field may end in the id of a record.
struct FieldWords {
  Errc code;
  std::string_view field;
  ProblemWords words;
};
constexpr ProblemWords kDiskFailed{
    "本机存储出错，已停止写入以保护数据",
    "刚才这一笔是否保存还不确定。请停止登记，先手写登记并告知站长；程序会自行重启并检查，之后先查找"
    "，"
    "没有再补录。",
    "The disk of this machine failed; writing has stopped, to protect the data",
    "Whether this last entry was saved is not known. Stop entering, write by hand and tell the "
    "station lead; the program starts again by itself and checks. Look for the entry then, before "
    "you enter it anew."};

constexpr std::array kFieldWords = {
    FieldWords{Errc::StorageIo, "disk", kDiskFailed},
    FieldWords{Errc::StorageFull, "disk", kDiskFailed},
    FieldWords{Errc::Conflict,
               "duplicate/",
               {"该居民当天已约同一事项", "没有保存。请打开原预约查看或改约。",
                "The same service is already booked for this person on that day",
                "Nothing was saved. Open the other appointment, or move it."}},
    FieldWords{Errc::Conflict,
               "agent.document.number",
               {"代办人就是居民本人", "没有保存。请改选“本人”，或核对代办人的证件号。",
                "The agent is the resident",
                "Nothing was saved. Choose “in person”, or check the agent's document number."}},
    FieldWords{Errc::Conflict,
               "agent.valid_until",
               {"委托书在预约当天已到期", "没有保存。请另选到期前的时段，或请居民重新委托。",
                "The power of attorney ends before that day",
                "Nothing was saved. Choose an earlier time, or ask for a new power of attorney."}},
    FieldWords{Errc::Conflict,
               "paper_number.spoiled",
               {"该手写单已登记作废", "没有保存。核对编号；登记错了的，在日结中取消作废后再补录。",
                "This form is registered as spoiled",
                "Nothing was saved. Check the number; if that was wrong, take it back in the day "
                "close first."}},
    FieldWords{Errc::Conflict,
               "paper_number",
               {"该手写单已经补录过", "没有保存。请按编号查找原记录。",
                "This form has been entered already",
                "Nothing was saved. Find the record by its number."}},
    FieldWords{Errc::NotFound,
               "paper_number",
               {"本站没有印过该编号的手写单", "没有保存。请逐位核对编号。",
                "This station has printed no form with that number",
                "Nothing was saved. Compare the number digit by digit."}},
    FieldWords{Errc::Denied,
               "code",
               {"配对码不对或已过期", "请逐位核对；配对码 15 分钟内有效，只能用一次。",
                "The pairing code is wrong or over",
                "Compare it sign by sign; it is good for 15 minutes, once."}},
    FieldWords{
        Errc::Denied,
        "yz_dev",
        {"本机尚未配对", "请站长在本站管理中添加本机并给出配对码。", "This device is not paired",
         "Ask the station lead to add it and to hand out its pairing code."}},
    FieldWords{
        Errc::Denied,
        "device",
        {"本机不是这种屏", "请站长在本站管理中按用途重新添加并配对。",
         "This device is of another kind", "Ask the station lead to add it anew for this use."}},
    FieldWords{
        Errc::Denied,
        "number",
        {"本机不在这个窗口", "请站长重新添加并选择窗口。", "This device is not at that window",
         "Ask the station lead to add it anew with its window."}},
    FieldWords{
        Errc::Expired,
        "id",
        {"已不能撤销", "没有撤销，记录没有变化。只能撤销自己 10 秒内的最后一步，请改用其他操作。",
         "It can be taken back no more",
         "Nothing was taken back, the record is as it was. Only your own last act can be, within "
         "10 seconds; use another action."}},
    FieldWords{Errc::Denied,
               "occurred_at_ms",
               {"超出可补录的日期", "没有保存。当天以外的需要站长授权，由站长补录。",
                "Too long ago to be entered here",
                "Nothing was saved. What is not of today needs the station lead, who enters it."}},
    FieldWords{Errc::Denied,
               "date",
               {"超出可登记的日期", "没有保存。当天以外的需要站长授权，由站长登记。",
                "That day is not open to you",
                "Nothing was saved. What is not of today needs the station lead, who enters it."}},
    FieldWords{Errc::NotFound,
               "login",
               {"没有这个求助", "可能已经结束，无需再处理。", "There is no such call for help",
                "It may be over already; nothing is left to do."}},
    FieldWords{
        Errc::Denied,
        "role",
        {"此操作由站点办理", "没有保存。请联系该站；站内需要站长授权的，请站长登录办理。",
         "This is done by the station",
         "Nothing was saved. Call that station; within it, the station lead signs in for it."}},
    FieldWords{Errc::NoCapacity,
               "undo.window",
               {"该时段余号已被约走", "没有撤销，记录没有变化。请另选时段重新预约。",
                "That place has been given away",
                "Nothing was taken back, the record is as it was. Book another time."}},
    FieldWords{Errc::Conflict,
               "undo.duplicate/",
               {"该居民当天已另约同一事项", "没有撤销，记录没有变化。请打开新的预约查看。",
                "The same service is booked anew for this person on that day",
                "Nothing was taken back, the record is as it was. Open the new appointment."}},
    FieldWords{Errc::LimitExceeded,
               "undo.person",
               {"该居民当天的预约已达上限", "没有撤销，记录没有变化。请另选日期重新预约。",
                "This person has all the appointments of that day",
                "Nothing was taken back, the record is as it was. Book another day."}},
    FieldWords{
        Errc::Conflict,
        "serving",
        {"窗口上还有人", "没有保存。请先办结、挂起或转窗，再继续。",
         "Somebody is still at the window", "Nothing was saved. Finish, hold or transfer first."}},
    FieldWords{Errc::LimitExceeded,
               "calls",
               {"呼叫次数已达上限", "没有再呼叫。请按过号；居民回来后可重新排队。",
                "Called as often as is allowed",
                "Not called again. Mark as missed; who comes back may queue again."}},
    FieldWords{
        Errc::LimitExceeded,
        "holds",
        {"挂起次数已达上限", "没有挂起。请继续办理，或办结后另约。", "Held as often as is allowed",
         "Not held. Go on, or finish and book another time."}},
    FieldWords{Errc::LimitExceeded,
               "transfers",
               {"转窗次数已达上限", "没有转窗。请在本窗口办理，或请站长协调。",
                "Transferred as often as is allowed",
                "Not transferred. Serve at this window, or ask the station lead."}},
    FieldWords{Errc::Conflict,
               "visit",
               {"本次已评价，谢谢。", "没有再次保存。", "This service is already rated, thank you",
                "It was not saved again."}},
    FieldWords{
        Errc::Conflict,
        "invitation",
        {"评价时间已过", "没有保存。请用凭证上的二维码评价，或告诉导办员。",
         "The time for rating is over",
         "Nothing was saved. Rate with the code on the slip, or tell the staff in the hall."}},
    FieldWords{
        Errc::NotFound,
        "invitation",
        {"没有可评价的办理", "没有保存。请用凭证上的二维码评价，或告诉导办员。",
         "There is nothing to rate",
         "Nothing was saved. Rate with the code on the slip, or tell the staff in the hall."}},
    FieldWords{Errc::Conflict,
               "code",
               {"还没有办完", "没有保存。办完后再评价。", "It is not finished yet",
                "Nothing was saved. Rate it when it is finished."}},
    FieldWords{Errc::NotFound,
               "code",
               {"评价码不对或已过期", "没有保存。请逐位核对凭证上的评价码。",
                "The rating code is wrong or over",
                "Nothing was saved. Compare the code on the slip sign by sign."}},
    FieldWords{Errc::Conflict,
               "cut_off",
               {"该时段的预约已截止", "没有保存。请另选时段。", "Booking has closed for that time",
                "Nothing was saved. Choose another time."}},
    FieldWords{Errc::Conflict,
               "calendar",
               {"该日的放假安排尚未公布", "没有保存。请另选日期。",
                "The holidays of that day are not published yet",
                "Nothing was saved. Choose another day."}},
    FieldWords{Errc::Denied,
               "revoked",
               {"本机已被上级撤销", "没有保存。请停止登记，先手写登记，并联系县区或市级重新接入。",
                "This machine was revoked by the level above",
                "Nothing was saved. Stop entering, write by hand, and call the district or the "
                "city to join anew."}},
    FieldWords{
        Errc::NotFound,
        "node",
        {"没有这个节点", "没有变化。请用 yizhan station list 核对编号。", "There is no such node",
         "Nothing has changed. Compare the number with yizhan station list."}},
    FieldWords{Errc::Conflict,
               "node.several",
               {"有几个节点以此开头", "没有变化。请多写几位编号。", "Several nodes begin like that",
                "Nothing has changed. Write more of the number."}},
    FieldWords{Errc::Conflict,
               "node",
               {"该节点已经撤销", "没有变化。撤销不能收回；要再接入，请发新的接入码。",
                "That node is revoked already",
                "Nothing has changed. A revocation is not taken back; to join anew it needs a new "
                "ticket."}},
    FieldWords{Errc::OutOfScope,
               "node",
               {"该节点不归本级管理", "没有变化。只能撤销下级节点。",
                "That node does not stand below this one",
                "Nothing has changed. Only nodes below can be revoked."}},
    FieldWords{Errc::LimitExceeded,
               "person",
               {"该居民当天的预约已达上限", "没有保存。请另选日期；不预约也可当天现场取号。",
                "This person has all the appointments of that day",
                "Nothing was saved. Choose another day; or take a walk-in number on the day."}},
    FieldWords{Errc::LimitExceeded,
               "phone.persons",
               {"该手机当天已为多人预约", "没有保存。请到窗口或打电话预约。",
                "That phone has booked for several persons on that day",
                "Nothing was saved. Book at the window or by telephone."}},
};

// For Denied and Throttled, and the lock: in place of the hint of the code.
constexpr FieldHint kLocked{"lock", "已锁定，内容未丢失。输入口令继续。",
                            "Locked, nothing is lost. Type the PIN to go on."};
constexpr std::array kDenied = {
    FieldHint{"staff", "账号已停用，请联系站长。",
              "This account is disabled. Ask the station lead."},
    FieldHint{"secret", "登录名或口令不对，请重新输入。", "Wrong login or PIN. Type it again."},
};

ProblemWords with_hint(ProblemWords words, const FieldHint& row) {
  words.hint = row.hint;
  words.hint_en = row.hint_en;
  return words;
}

}  // namespace

ProblemWords words_for(const Error& error) {
  ProblemWords words = words_of(error.code);
  for (const FieldWords& row : kFieldWords) {
    if (row.code == error.code && error.field.starts_with(row.field)) {
      words = row.words;
      break;
    }
  }
  if (error.code == Errc::BadFormat || error.code == Errc::LimitExceeded) {
    for (const FieldHint& row : kFieldHints) {
      if (row.field == error.field) return with_hint(words, row);
    }
  }
  if (error.field == kLocked.field) return with_hint(words, kLocked);
  if (error.code == Errc::Denied || error.code == Errc::Throttled) {
    for (const FieldHint& row : kDenied) {
      if (row.field == error.field) return with_hint(words, row);
    }
  }
  return words;
}

}  // namespace yizhan::node::http
