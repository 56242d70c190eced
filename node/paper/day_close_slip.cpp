// 日结单.
#include "node/paper/slips.h"

namespace yizhan::node::paper {

Blocks day_close_blocks(const SlipFrame& frame, const DayCloseSlip& slip) {
  Blocks blocks;
  add_head(blocks, frame, "日结单");
  blocks.emplace_back(Text{slip.date, 13, true, Align::Center});
  blocks.emplace_back(Rule{});
  for (const auto& [label, value] : slip.counts) blocks.emplace_back(Field{label, value});
  if (!slip.left.empty()) {
    blocks.emplace_back(Field{"未办结", joined(slip.left, "、")});
  }
  for (const std::string& lot : slip.forms) blocks.emplace_back(Field{"应急手写单", lot});
  blocks.emplace_back(Field{"上报", slip.pending});
  blocks.emplace_back(Rule{});
  if (slip.safe_to_power_off) {
    blocks.emplace_back(Text{"现在可以关机，数据都已存本机。", 10.5, true});
  }
  blocks.emplace_back(Blank{"经办人"});
  blocks.emplace_back(Blank{"站长"});
  blocks.emplace_back(Gap{2});
  add_foot(blocks, frame);
  return blocks;
}

}  // namespace yizhan::node::paper
