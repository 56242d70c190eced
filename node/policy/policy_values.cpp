#include "node/policy/policy_values.h"

#include <array>

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

// The value of one member, to be read or set.
template <auto Member>
auto& booking(Policy& policy) {
  return policy.booking.*Member;
}
template <auto Member>
auto& queue(Policy& policy) {
  return policy.queue.*Member;
}
template <auto Member>
auto& evaluation(Policy& policy) {
  return policy.evaluation.*Member;
}
template <auto Member>
auto& station(Policy& policy) {
  return policy.station.*Member;
}
template <auto Member>
auto& by_booking(Policy& policy) {
  return policy.by_booking.*Member;
}

constexpr std::array kNumbers = {
    PolicyNumber{"booking.slot_minutes", booking<&BookingRules::slot_minutes>, 5, 240, "min",
                 "每个时段", "Length of a slot"},
    PolicyNumber{"booking.regular_capacity", booking<&BookingRules::regular_capacity>, 1, 1000, "",
                 "工作时段每个时段可办", "Places of a slot, regular hours"},
    PolicyNumber{"booking.off_hours_capacity", booking<&BookingRules::off_hours_capacity>, 1, 1000,
                 "", "无休时段每个时段可办", "Places of a slot, off hours"},
    PolicyNumber{"booking.walkin_reserve_percent", booking<&BookingRules::walkin_reserve_percent>,
                 30, 100, "%", "工作时段留给现场取号", "Kept for walk-ins, regular hours", true},
    PolicyNumber{"booking.horizon_days", booking<&BookingRules::horizon_days>, 1, 92, "d",
                 "最远可预约", "How far ahead one may book"},
    PolicyNumber{"booking.must_accept_lead_hours", booking<&BookingRules::must_accept_lead_hours>,
                 0, 24, "h", "提前多久预约必须受理", "A request this far ahead must be accepted",
                 true},
    PolicyNumber{"booking.per_person_per_item", booking<&BookingRules::per_person_per_item>, 1, 100,
                 "", "每人每天同一事项最多预约", "Bookings of one item by one person on a day"},
    PolicyNumber{"booking.per_person_per_day", booking<&BookingRules::per_person_per_day>, 1, 100,
                 "", "每人每天最多预约", "Bookings by one person on a day"},
    PolicyNumber{"booking.per_phone_persons", booking<&BookingRules::per_phone_persons>, 1, 100, "",
                 "同一手机每天最多为几人自助预约",
                 "Persons that one phone may book for on a day, from afar"},
    PolicyNumber{"booking.max_reschedules", booking<&BookingRules::max_reschedules>, 0, 100, "",
                 "最多改约", "Reschedules at most"},
    PolicyNumber{"booking.late_entry_days", booking<&BookingRules::late_entry_days>, 0, 366, "d",
                 "窗口人员最多补录几天前", "Late entries by a clerk reach back"},
    PolicyNumber{"booking.late_entry_days_lead", booking<&BookingRules::late_entry_days_lead>, 0,
                 366, "d", "站长最多补录几天前", "Late entries by a lead reach back"},
    PolicyNumber{"queue.early_checkin_min", queue<&QueueRules::early_checkin_min>, 0, 240, "min",
                 "最早可提前签到", "Check-in is early before"},
    PolicyNumber{"queue.late_grace_min", queue<&QueueRules::late_grace_min>, 0, 240, "min",
                 "迟到宽限", "Grace for late arrival"},
    PolicyNumber{"queue.late_grace_priority_min", queue<&QueueRules::late_grace_priority_min>, 0,
                 240, "min", "老年人、残疾人迟到宽限",
                 "Grace for late arrival, elder and disabled"},
    PolicyNumber{"queue.ready_before_min", queue<&QueueRules::ready_before_min>, 0, 240, "min",
                 "预约时间前多久进入排队", "An appointment joins the queue before its time"},
    PolicyNumber{"queue.recall_wait_s", queue<&QueueRules::recall_wait_s>, 0, 600, "s", "重呼间隔",
                 "Wait before calling again"},
    PolicyNumber{"queue.calls_max", queue<&QueueRules::calls_max>, 1, 20, "", "最多呼叫几次",
                 "Calls of one person at most"},
    PolicyNumber{"queue.holds_max", queue<&QueueRules::holds_max>, 0, 20, "", "最多挂起几次",
                 "Holds of one visit at most"},
    PolicyNumber{"queue.transfers_max", queue<&QueueRules::transfers_max>, 0, 20, "",
                 "最多转窗几次", "Transfers of one visit at most"},
    PolicyNumber{"queue.priority_run_max", queue<&QueueRules::priority_run_max>, 1, 100, "",
                 "优先号最多连续呼叫", "Priority visits in a row at most"},
    PolicyNumber{"queue.return_after", queue<&QueueRules::return_after>, 0, 100, "",
                 "过号回来排在几人之后", "A missed one returns behind"},
    PolicyNumber{"queue.waiting_amber", queue<&QueueRules::waiting_amber>, 1, 10000, "",
                 "等候人数黄灯", "Waiting, amber light from"},
    PolicyNumber{"queue.waiting_red", queue<&QueueRules::waiting_red>, 1, 10000, "", "等候人数红灯",
                 "Waiting, red light from"},
    PolicyNumber{"queue.wait_warning_min", queue<&QueueRules::wait_warning_min>, 1, 1440, "min",
                 "等候超时提醒", "Warning for a long wait"},
    PolicyNumber{"queue.undo_s", queue<&QueueRules::undo_s>, 0, 60, "s", "可撤销时间",
                 "Time to undo"},
    PolicyNumber{"queue.estimate_samples_min", queue<&QueueRules::estimate_samples_min>, 1, 1000,
                 "", "估算等候所需办结数", "Visits needed to estimate the wait"},
    PolicyNumber{"evaluation.timeout_s", evaluation<&EvaluationRules::timeout_s>, 10, 600, "s",
                 "评价邀请等候", "An invitation to rate lasts"},
    PolicyNumber{"evaluation.edit_s", evaluation<&EvaluationRules::edit_s>, 0, 60, "s",
                 "评价可修改时间", "Time to change a rating"},
    PolicyNumber{"evaluation.invite_days", evaluation<&EvaluationRules::invite_days>, 1, 90, "d",
                 "凭评价码评价期限", "Days to rate with the code of the slip"},
    PolicyNumber{"station.idle_lock_min", station<&StationRules::idle_lock_min>, 2, 15, "min",
                 "无操作锁屏", "Idle until the screen locks"},
    PolicyNumber{"station.agreed_interval_h", station<&StationRules::agreed_interval_h>, 1, 2400,
                 "h", "约定最长离线时间", "Agreed longest time without contact"},
};

constexpr std::array kSwitches = {
    PolicySwitch{"by_booking.flex_early", by_booking<&ByBooking::flex_early>, "早错时仅限预约",
                 "Early flexible hours by booking only"},
    PolicySwitch{"by_booking.flex_late", by_booking<&ByBooking::flex_late>, "晚错时仅限预约",
                 "Late flexible hours by booking only"},
    PolicySwitch{"by_booking.saturday", by_booking<&ByBooking::saturday>, "周六仅限预约",
                 "Saturday by booking only"},
    PolicySwitch{"by_booking.sunday", by_booking<&ByBooking::sunday>, "周日仅限预约",
                 "Sunday by booking only"},
    PolicySwitch{"by_booking.statutory_holiday", by_booking<&ByBooking::statutory_holiday>,
                 "节假日仅限预约", "Holidays by booking only"},
};

std::string spans_text(const Season& season, Period period) {
  std::string text;
  for (const auto* hours : {&season.workday, &season.weekend, &season.holiday}) {
    for (const Hours& span : *hours) {
      if (span.period != period) continue;
      if (!text.empty()) text += "、";
      text += minute_text(span.begin) + "–" + minute_text(span.end);
    }
  }
  return text;
}

std::string cut_off_text(const CutOff& cut_off) {
  const char* day = "";
  switch (cut_off.day) {
    case CutOff::Day::Same: day = "当天 "; break;
    case CutOff::Day::Before: day = "前一天 "; break;
    case CutOff::Day::WorkdayBefore: day = "前一个工作日 "; break;
  }
  return day + minute_text(cut_off.minute);
}

void add_hours(const Policy& policy, std::vector<PolicyValue>& out) {
  for (const Season& season : policy.seasons) {
    char from[16];
    std::snprintf(from, sizeof from, "%02d-%02d", static_cast<int>(season.from / 100),
                  static_cast<int>(season.from % 100));
    const bool several = policy.seasons.size() > 1;
    for (const Period period : kPeriods) {
      const std::string text = spans_text(season, period);
      if (text.empty()) continue;
      out.push_back(
          {std::string("hours.") + name(period) + (several ? std::string(".") + from : ""), text,
           "", title_of(period) + (several ? std::string("（自 ") + from + "）" : ""),
           title_en_of(period) + (several ? std::string(" from ") + from : "")});
    }
  }
}

}  // namespace

std::span<const PolicyNumber> policy_numbers() { return kNumbers; }
std::span<const PolicySwitch> policy_switches() { return kSwitches; }

const char* title_of(Period period) {
  switch (period) {
    case Period::Regular: return "工作时段";
    case Period::Noon: return "午间";
    case Period::FlexEarly: return "早错时";
    case Period::FlexLate: return "晚错时";
    case Period::Overtime: return "延时";
    case Period::Weekend: return "周末";
    case Period::StatutoryHoliday: return "节假日";
  }
  return "";
}

const char* title_en_of(Period period) {
  switch (period) {
    case Period::Regular: return "Regular hours";
    case Period::Noon: return "Noon";
    case Period::FlexEarly: return "Flexible, early";
    case Period::FlexLate: return "Flexible, late";
    case Period::Overtime: return "Overtime";
    case Period::Weekend: return "Weekend";
    case Period::StatutoryHoliday: return "Holiday";
  }
  return "";
}

std::vector<PolicyValue> policy_values(const Policy& policy) {
  std::vector<PolicyValue> out;
  add_hours(policy, out);
  Policy copy = policy;  // the accessors of the table also write
  for (const PolicySwitch& one : kSwitches) {
    out.push_back({one.key, one.at(copy) ? "是" : "否", "", one.title, one.title_en});
  }
  for (const Period period : kPeriods) {
    const auto& cut_off = policy.cut_off[static_cast<std::size_t>(period)];
    if (!cut_off) continue;
    out.push_back({std::string("cut_off.") + name(period), cut_off_text(*cut_off), "",
                   std::string(title_of(period)) + "预约截止",
                   std::string(title_en_of(period)) + ", booked until"});
  }
  for (const PolicyNumber& one : kNumbers) {
    out.push_back({one.key, std::to_string(one.at(copy)), one.unit, one.title, one.title_en,
                   one.only_tighter});
  }
  out.push_back({"station.hotline", policy.hotline, "", "投诉电话", "Complaints by phone"});
  return out;
}

}  // namespace yizhan::node
