#include "node/policy/materials.h"

#include <array>

namespace yizhan::node {
namespace {

struct Materials {
  std::string_view item;
  std::string_view list;  // divided by spaces
};

constexpr std::array kMaterials = {
    Materials{"CJ-0101", "身份证 户口本 近期照片 残疾评定表"},
    Materials{"HJ-0101", "父母身份证 户口本 结婚证 出生医学证明"},
    Materials{"HJ-0102", "身份证 居住证明 近期照片"},
    Materials{"JS-0101", "夫妻身份证 户口本 结婚证"},
    Materials{"LR-0101", "身份证 近期照片"},
    Materials{"LR-0102", "身份证 户口本 银行卡复印件"},
    Materials{"MZ-0101", "身份证 户口本 收入证明 核对授权书"},
    Materials{"MZ-0102", "身份证 户口本 困难情况说明"},
    Materials{"SB-0101", "身份证 户口本 银行卡复印件"},
    Materials{"SB-0102", "身份证 户口本 银行卡复印件"},
    Materials{"SB-0103", "身份证 近期照片"},
    Materials{"TD-0101", "身份证 户口本 村民会议意见"},
    Materials{"YB-0101", "身份证 户口本"},
    Materials{"YB-0102", "身份证 社会保障卡"},
};

}  // namespace

std::vector<std::string> materials_of(std::string_view item) {
  std::vector<std::string> out;
  for (const Materials& row : kMaterials) {
    if (row.item != item) continue;
    std::string_view rest = row.list;
    while (!rest.empty()) {
      const std::size_t end = rest.find(' ');
      out.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return out;
}

}  // namespace yizhan::node
