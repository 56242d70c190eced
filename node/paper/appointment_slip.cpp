// 预约凭证.
#include "node/paper/slips.h"

namespace yizhan::node::paper {
namespace {

// 140311100-0305-0017-8: the station in front, small; what is said aloud below it, 6 mm high.
void add_number(Blocks& blocks, const std::string& number) {
  constexpr double kHeight = 6;
  const std::size_t dash = number.find('-');
  if (dash == std::string::npos) {
    blocks.emplace_back(Numeral{number, kHeight});
  } else {
    blocks.emplace_back(Text{"预约号 " + number.substr(0, dash + 1), 10.5, false, Align::Center});
    blocks.emplace_back(Gap{0.6});
    blocks.emplace_back(Numeral{number.substr(dash + 1), kHeight});
  }
  blocks.emplace_back(Gap{2});
}

void add_certainty(Blocks& blocks, const SlipFrame& frame, Certainty certainty) {
  switch (certainty) {
    case Certainty::Firm: add_head(blocks, frame, "预约凭证  已确认"); return;
    case Certainty::Tentative:
      blocks.emplace_back(Banner{"待确认  请等电话或短信，未确认前不必到场"});
      break;
    case Certainty::Waitlisted: blocks.emplace_back(Banner{"候补 尚未确认 请勿凭此到场"}); break;
    case Certainty::Void: blocks.emplace_back(Banner{"已作废"}); break;
  }
  blocks.emplace_back(Gap{1});
  add_head(blocks, frame, "预约登记单");
}

std::vector<Text> beside_code(const SlipFrame& frame, Certainty certainty) {
  if (certainty == Certainty::Void) return {{"此单已不能使用。", 10.5}};
  if (certainty != Certainty::Firm) {
    return {{"不预约也可当天现场取号。", 10.5}, {"询问 " + frame.hotline, 10.5}};
  }
  return {
      {"到站出示此码。", 10.5}, {"断网可核验", 10.5, true}, {"改约、取消 " + frame.hotline, 10.5}};
}

void add_materials(Blocks& blocks, const AppointmentSlip& slip, Part part) {
  if (part == Part::Resident) {
    blocks.emplace_back(Rule{});
    if (!slip.materials.empty()) {
      blocks.emplace_back(Field{"材料清单", "□ " + joined(slip.materials, "  □ ")});
    }
    blocks.emplace_back(Field{
        "一次性告知", "材料不齐时，窗口一次告知需要补正的全部内容。不预约也可当天现场取号办理。"});
  } else if (part == Part::Roll && !slip.materials.empty()) {
    blocks.emplace_back(Field{"请带", joined(slip.materials, "、")});
  }
}

void add_a5_foot(Blocks& blocks, const SlipFrame& frame, Part part) {
  if (part == Part::Roll) return;
  blocks.emplace_back(
      Text{"经办人 " + frame.printed_by + "  电话 " + frame.hotline + "  第 1 页 共 1 页", 10});
}

}  // namespace

Blocks appointment_blocks(const SlipFrame& frame, const AppointmentSlip& slip, Part part) {
  Blocks blocks;
  if (part == Part::Resident) blocks.emplace_back(Text{"居民联", 10.5, false, Align::Right});
  if (part == Part::Stub) blocks.emplace_back(Text{"存根", 10.5, false, Align::Right});
  add_certainty(blocks, frame, slip.certainty);
  add_number(blocks, slip.number);
  blocks.emplace_back(Text{slip.date + " " + slip.window, 13, true, Align::Center});
  if (!slip.period.empty()) {
    blocks.emplace_back(Text{slip.period + "无休服务", 10.5, true, Align::Center});
  }
  blocks.emplace_back(Rule{});
  blocks.emplace_back(Field{"事项", slip.item});
  blocks.emplace_back(Field{"居民", slip.name + (slip.phone.empty() ? "" : "  " + slip.phone)});
  if (!slip.agent.empty()) blocks.emplace_back(Field{"代办人", slip.agent});
  add_materials(blocks, slip, part);
  for (const std::string& remark : slip.remarks) blocks.emplace_back(Text{remark, 10.5});
  blocks.emplace_back(Gap{3});
  blocks.emplace_back(Code{code_text(slip.number), 30, beside_code(frame, slip.certainty)});
  blocks.emplace_back(Gap{3});
  add_foot(blocks, frame);
  add_a5_foot(blocks, frame, part);
  return blocks;
}

}  // namespace yizhan::node::paper
