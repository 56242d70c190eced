// 评价二维码.
#include "node/paper/slips.h"

namespace yizhan::node::paper {

Blocks evaluation_blocks(const SlipFrame& frame, const EvaluationSlip& slip) {
  Blocks blocks;
  add_head(blocks, frame, "请您评价");
  blocks.emplace_back(Field{"号码", slip.ticket});
  blocks.emplace_back(Field{"事项", slip.item});
  if (!slip.window.empty()) blocks.emplace_back(Field{"窗口", slip.window});
  blocks.emplace_back(Field{"办理", slip.served_at});
  blocks.emplace_back(Gap{3});
  blocks.emplace_back(Code{
      code_text(slip.code),
      32,
      {{"评价码", 10.5}, {slip.code, 10.5, true}, {"可在评价平板上输入，或交导办员扫码。", 10.5}}});
  blocks.emplace_back(Gap{3});
  blocks.emplace_back(Text{"工作人员看不到您的选择。不评价也可以。", 10.5});
  add_foot(blocks, frame);
  return blocks;
}

}  // namespace yizhan::node::paper
