// 取号.
#include "node/paper/slips.h"

namespace yizhan::node::paper {

Blocks ticket_blocks(const SlipFrame& frame, const TicketSlip& slip) {
  constexpr double kTicketHeight = 18;
  Blocks blocks;
  add_head(blocks, frame, "排队号");
  blocks.emplace_back(Gap{2});
  blocks.emplace_back(Numeral{slip.ticket, kTicketHeight});
  blocks.emplace_back(Gap{3});
  blocks.emplace_back(Text{"前面 " + std::to_string(slip.ahead) + " 人", 14, true, Align::Center});
  blocks.emplace_back(Rule{});
  blocks.emplace_back(Field{"事项", slip.item});
  blocks.emplace_back(Field{"取号", slip.taken_at});
  if (!slip.appointment.empty()) blocks.emplace_back(Field{"预约", slip.appointment});
  blocks.emplace_back(Text{"请留意叫号。过号请到导办台。", 10.5});
  if (!slip.evaluation_code.empty()) {
    blocks.emplace_back(Gap{3});
    blocks.emplace_back(Code{code_text(slip.evaluation_code),
                             30,
                             {{"办完请评价", 10.5, true}, {"工作人员看不到您的选择。", 10.5}}});
    blocks.emplace_back(Gap{3});
  }
  add_foot(blocks, frame);
  return blocks;
}

}  // namespace yizhan::node::paper
