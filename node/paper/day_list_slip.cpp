// 每日预约表: printed before an outage, so that the counter can go on by hand.
#include "node/paper/slips.h"

namespace yizhan::node::paper {
namespace {

constexpr double kShares[] = {0.08, 0.25, 0.28, 0.1, 0.1, 0.1, 0.09};

Row row(const std::vector<std::string>& texts, bool heading) {
  Row out;
  out.heading = heading;
  for (std::size_t i = 0; i < texts.size(); ++i) out.cells.emplace_back(texts[i], kShares[i]);
  return out;
}

}  // namespace

Blocks day_list_blocks(const SlipFrame& frame, const DayListSlip& slip) {
  Blocks blocks;
  add_head(blocks, frame, "每日预约表");
  blocks.emplace_back(
      Text{slip.date + "  共 " + std::to_string(slip.rows.size()) + " 条", 11, true});
  blocks.emplace_back(row({"时段", "预约号", "事项", "姓名", "手机尾号", "状态", "到场"}, true));
  for (const DayListRow& one : slip.rows) {
    blocks.emplace_back(
        row({one.window, one.number, one.item, one.name, one.phone_tail, one.state, "□"}, false));
  }
  if (slip.rows.empty()) blocks.emplace_back(Text{"当天没有预约。", 10.5});
  blocks.emplace_back(Gap{2});
  add_foot(blocks, frame);
  return blocks;
}

}  // namespace yizhan::node::paper
