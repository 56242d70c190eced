#include "tests/node/paper/sample_slips.h"

namespace yizhan::node::paper {

SlipFrame sample_frame() { return {"荫营镇便民服务中心", "0353-12345", "3月2日 16:02", "王敏", 1}; }

AppointmentSlip sample_appointment() {
  AppointmentSlip slip;
  slip.number = "140311100-0305-0017-8";
  slip.date = "2026年3月5日 周四";
  slip.window = "09:30–10:00";
  slip.item = "城乡居民养老保险参保登记（𠮷䶮㼆）";
  slip.name = "𠮷*";
  slip.phone = "138****5678";
  slip.materials = {"身份证", "户口本", "银行卡复印件"};
  return slip;
}

std::map<std::string, Slip> sample_slips() {
  const SlipFrame frame = sample_frame();
  std::map<std::string, Slip> all;
  all["appointment_80"] = {frame, sample_appointment(), Paper::Roll80};
  all["appointment_a5"] = {frame, sample_appointment(), Paper::A5};
  AppointmentSlip waiting = sample_appointment();
  waiting.certainty = Certainty::Waitlisted;
  waiting.period = "午间";
  waiting.remarks = {"最迟 3月4日 17:00 前电话答复。", "可确定的时段: 3月5日 10:30、3月6日 09:00"};
  all["waitlisted_80"] = {frame, waiting, Paper::Roll80};
  SlipFrame again = frame;
  again.copy = 2;
  AppointmentSlip tentative = sample_appointment();
  tentative.certainty = Certainty::Tentative;
  all["tentative_again_80"] = {again, tentative, Paper::Roll80};
  AppointmentSlip gone = sample_appointment();
  gone.certainty = Certainty::Void;
  all["void_80"] = {again, gone, Paper::Roll80};
  all["ticket_80"] = {frame,
                      TicketSlip{"A013", "城乡居民养老保险参保登记", 6, "3月5日 10:18",
                                 "09:30–10:00", "E7K2M9QXT4WD"},
                      Paper::Roll80};
  all["ticket_marked_80"] = {frame,
                             TicketSlip{"A48299999", "城乡居民养老保险参保登记", 6, "3月5日 10:18",
                                        "09:30–10:00", "E7K2M9QXT4WD"},
                             Paper::Roll80};
  AppointmentSlip marked = sample_appointment();
  marked.number = "140311100-0305-4829-0017-1";
  all["appointment_marked_80"] = {frame, marked, Paper::Roll80};
  all["evaluation_80"] = {
      frame,
      EvaluationSlip{"A013", "社会保障卡申领", "2号窗口", "3月5日 10:20–10:34", "E7K2M9QXT4WD"},
      Paper::Roll80};
  all["complaint_80"] = {frame,
                         ComplaintSlip{"140311100-0305-0003-1", "等候时间 · 拖延", "3月5日 11:02",
                                       "5 个工作日内电话答复"},
                         Paper::Roll80};
  all["day_close_80"] = {frame,
                         DayCloseSlip{"2026年3月5日 周四",
                                      {{"预约", "42"}, {"到场", "39"}, {"办结", "57"}},
                                      {"A052", "B017"},
                                      {"140311100-0305-0001-7 至 0020：应剩 17 张"},
                                      "待上报 37 条",
                                      true},
                         Paper::Roll80};
  DayListSlip list{"2026年3月5日 周四", {}};
  for (int i = 0; i < 90; ++i) {
    list.rows.push_back({"09:30", "140311100-0305-00" + std::to_string(10 + i) + "-8",
                         "城乡居民养老保险参保登记", "张*", "5678", "已确认"});
  }
  all["day_list_a4"] = {frame, list, Paper::A4};
  all["paper_forms_a4"] = {
      frame,
      PaperFormsSlip{{"140311100-0305-0018-6", "140311100-0305-0019-4", "140311100-0305-0020-2"}},
      Paper::A4};
  return all;
}

}  // namespace yizhan::node::paper
