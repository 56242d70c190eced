// 投诉回执.
#include "node/paper/slips.h"

namespace yizhan::node::paper {

Blocks complaint_blocks(const SlipFrame& frame, const ComplaintSlip& slip) {
  Blocks blocks;
  add_head(blocks, frame, "投诉回执");
  blocks.emplace_back(Text{"登记号", 10.5, false, Align::Center});
  blocks.emplace_back(Text{slip.number, 13, true, Align::Center});
  blocks.emplace_back(Rule{});
  blocks.emplace_back(Field{"事由", slip.about});
  blocks.emplace_back(Field{"登记", slip.received_at});
  if (!slip.answer_by.empty()) blocks.emplace_back(Field{"答复", slip.answer_by});
  blocks.emplace_back(Text{"凭登记号查询进展，电话 " + frame.hotline + "。", 10.5});
  blocks.emplace_back(Gap{3});
  blocks.emplace_back(Code{code_text(slip.number), 30, {{"请妥善保存此回执。", 10.5}}});
  blocks.emplace_back(Gap{3});
  add_foot(blocks, frame);
  return blocks;
}

}  // namespace yizhan::node::paper
