// 应急手写单: numbered forms for a power cut; each is entered later under its own number.
#include "node/paper/slips.h"

namespace yizhan::node::paper {
namespace {

constexpr std::size_t kFormsPerPage = 2;

void add_form(Blocks& blocks, const SlipFrame& frame, const std::string& number) {
  blocks.emplace_back(Text{frame.station + "  应急手写单（停电、主机故障时用）", 12, true});
  blocks.emplace_back(Gap{3});
  blocks.emplace_back(Code{code_text(number),
                           30,
                           {{"编号", 10.5},
                            {number, 16, true},
                            {"恢复后按此编号补录，一单一号，写错作废。", 10.5},
                            {"居民可凭此编号查询。", 10.5}}});
  for (const char* label : {"□预约 □现场取号", "办理日期、时段", "姓名", "证件号", "手机", "事项",
                            "登记时间", "经办人"}) {
    blocks.emplace_back(Blank{label, 9.5});
  }
  blocks.emplace_back(Gap{4});
}

}  // namespace

Blocks paper_forms_blocks(const SlipFrame& frame, const PaperFormsSlip& slip) {
  Blocks blocks;
  for (std::size_t i = 0; i < slip.numbers.size(); ++i) {
    if (i > 0 && i % kFormsPerPage == 0) blocks.emplace_back(PageBreak{});
    if (i % kFormsPerPage != 0) {
      blocks.emplace_back(Rule{true});
      blocks.emplace_back(Gap{4});
    }
    add_form(blocks, frame, slip.numbers[i]);
  }
  return blocks;
}

}  // namespace yizhan::node::paper
