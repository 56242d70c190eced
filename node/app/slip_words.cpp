#include "node/app/slip_words.h"

#include "node/policy/china_time.h"
#include "node/policy/policy_values.h"
#include "node/policy/service_items.h"

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;
constexpr const char* kWeekdays[] = {"周日", "周一", "周二", "周三", "周四", "周五", "周六"};

std::string month_day(std::int64_t day) {
  const CivilDate date = civil_date(day);
  return std::to_string(date.month) + "月" + std::to_string(date.day) + "日";
}

}  // namespace

std::string item_name(const std::string& code) {
  const ServiceItem* item = service_item(code);
  return item == nullptr ? code : std::string(item->name);
}

std::string long_date(std::int64_t day) {
  return std::to_string(civil_date(day).year) + "年" + month_day(day) + " " +
         kWeekdays[weekday(day)];
}

std::string short_moment(WallMs at) {
  const ChinaMoment moment = china_moment(at);
  return month_day(moment.day) + " " + minute_text(moment.minute);
}

std::string window_text(const Policy& policy, std::int64_t day, std::int64_t window) {
  const auto slot = slot_at(policy, day, window);
  return minute_text(window) + (slot ? "–" + minute_text(slot->end) : "");
}

std::string period_text(std::optional<Period> period) {
  return period && off_hours(*period) ? title_of(*period) : "";
}

Certainty certainty_of(Life life) {
  switch (life) {
    case Life::Confirmed:
    case Life::Rescheduled:
    case Life::CheckedIn:
    case Life::InService:
    case Life::Fulfilled: return Certainty::Firm;
    case Life::Submitted:
    case Life::Tentative:
    case Life::CounterOffered:
    case Life::Disputed: return Certainty::Tentative;
    case Life::Waitlisted: return Certainty::Waitlisted;
    case Life::Rejected:
    case Life::CancelledByClient:
    case Life::CancelledByStation:
    case Life::NoShow:
    case Life::NoShowExcused:
    case Life::Expired: return Certainty::Void;
  }
  return Certainty::Tentative;
}

const char* state_text(Life life) {
  switch (life) {
    case Life::Submitted: return "已提交";
    case Life::Confirmed:
    case Life::Rescheduled: return "已确认";
    case Life::Tentative:
    case Life::CounterOffered: return "待确认";
    case Life::Rejected: return "不予预约";
    case Life::Waitlisted: return "候补";
    case Life::CancelledByClient:
    case Life::CancelledByStation: return "已取消";
    case Life::CheckedIn: return "已签到";
    case Life::InService: return "办理中";
    case Life::Fulfilled: return "已办结";
    case Life::NoShow: return "爽约";
    case Life::NoShowExcused: return "爽约已谅解";
    case Life::Expired: return "已过期";
    case Life::Disputed: return "待处理";
  }
  return "";
}

const char* about_text(ComplaintAbout about) {
  switch (about) {
    case ComplaintAbout::Service: return "服务";
    case ComplaintAbout::Staff: return "工作人员";
    case ComplaintAbout::Wait: return "等候时间";
    case ComplaintAbout::Facility: return "场所设施";
    case ComplaintAbout::Other: return "其他";
  }
  return "其他";
}

const char* fact_text(ComplaintFact fact) {
  switch (fact) {
    case ComplaintFact::Refusal: return "故意不受理或随意退件";
    case ComplaintFact::Delay: return "刁难推诿拖延超时";
    case ComplaintFact::Attitude: return "态度生硬";
    case ComplaintFact::Absence: return "空岗";
    case ComplaintFact::Demand: return "吃拿卡要";
    case ComplaintFact::Other: return "其他";
  }
  return "其他";
}

SlipFrame slip_frame(const Policy& policy, const std::string& station, const std::string& clerk,
                     WallMs now) {
  SlipFrame frame;
  frame.station = station;
  frame.hotline = policy.hotline;
  frame.printed_at = short_moment(now);
  frame.printed_by = clerk;
  return frame;
}

}  // namespace yizhan::node
