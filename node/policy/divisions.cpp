#include "node/policy/divisions.h"

#include <algorithm>
#include <array>

namespace yizhan::node {
namespace {

constexpr std::int64_t kListed = 19538;  // 2023-06-30

constexpr std::array kDivisions = {
    DivisionEntry{"1403", "阳泉市", kListed, 0},
    DivisionEntry{"1403/140302", "城区", kListed, 0},
    DivisionEntry{"1403/140302/140302001", "上站街道", kListed, 0},
    DivisionEntry{"1403/140302/140302002", "下站街道", kListed, 0},
    DivisionEntry{"1403/140302/140302003", "北大街街道", kListed, 0},
    DivisionEntry{"1403/140302/140302004", "南山路街道", kListed, 0},
    DivisionEntry{"1403/140302/140302005", "义井街道", kListed, 0},
    DivisionEntry{"1403/140302/140302100", "义井镇", kListed, 0},
    DivisionEntry{"1403/140303", "矿区", kListed, 0},
    DivisionEntry{"1403/140303/140303001", "平潭街街道", kListed, 0},
    DivisionEntry{"1403/140303/140303003", "蔡洼街道", kListed, 0},
    DivisionEntry{"1403/140303/140303004", "赛鱼街道", kListed, 0},
    DivisionEntry{"1403/140303/140303005", "沙坪街道", kListed, 0},
    DivisionEntry{"1403/140303/140303006", "贵石沟街道", kListed, 0},
    DivisionEntry{"1403/140303/140303007", "桥头街道", kListed, 0},
    DivisionEntry{"1403/140311", "郊区", kListed, 0},
    DivisionEntry{"1403/140311/140311100", "荫营镇", kListed, 0},
    DivisionEntry{"1403/140311/140311101", "河底镇", kListed, 0},
    DivisionEntry{"1403/140311/140311103", "平坦镇", kListed, 0},
    DivisionEntry{"1403/140311/140311200", "西南舁乡", kListed, 0},
    DivisionEntry{"1403/140311/140311201", "杨家庄乡", kListed, 0},
    DivisionEntry{"1403/140311/140311202", "李家庄乡", kListed, 0},
    DivisionEntry{"1403/140311/140311203", "旧街乡", kListed, 0},
    DivisionEntry{"1403/140311/140311400", "开发区", kListed, 0},
    DivisionEntry{"1403/140321", "平定县", kListed, 0},
    DivisionEntry{"1403/140321/140321100", "冠山镇", kListed, 0},
    DivisionEntry{"1403/140321/140321101", "冶西镇", kListed, 0},
    DivisionEntry{"1403/140321/140321102", "锁簧镇", kListed, 0},
    DivisionEntry{"1403/140321/140321103", "张庄镇", kListed, 0},
    DivisionEntry{"1403/140321/140321104", "东回镇", kListed, 0},
    DivisionEntry{"1403/140321/140321105", "柏井镇", kListed, 0},
    DivisionEntry{"1403/140321/140321106", "娘子关镇", kListed, 0},
    DivisionEntry{"1403/140321/140321107", "巨城镇", kListed, 0},
    DivisionEntry{"1403/140321/140321200", "石门口乡", kListed, 0},
    DivisionEntry{"1403/140321/140321201", "岔口乡", kListed, 0},
    DivisionEntry{"1403/140322", "盂县", kListed, 0},
    DivisionEntry{"1403/140322/140322100", "秀水镇", kListed, 0},
    DivisionEntry{"1403/140322/140322101", "孙家庄镇", kListed, 0},
    DivisionEntry{"1403/140322/140322102", "路家村镇", kListed, 0},
    DivisionEntry{"1403/140322/140322103", "南娄镇", kListed, 0},
    DivisionEntry{"1403/140322/140322104", "牛村镇", kListed, 0},
    DivisionEntry{"1403/140322/140322105", "苌池镇", kListed, 0},
    DivisionEntry{"1403/140322/140322106", "上社镇", kListed, 0},
    DivisionEntry{"1403/140322/140322107", "西烟镇", kListed, 0},
    DivisionEntry{"1403/140322/140322200", "仙人乡", kListed, 0},
    DivisionEntry{"1403/140322/140322201", "北下庄乡", kListed, 0},
    DivisionEntry{"1403/140322/140322203", "梁家寨乡", kListed, 0},
    DivisionEntry{"1403/140322/140322204", "西潘乡", kListed, 0},
    DivisionEntry{"1403/140322/140322205", "东梁乡", kListed, 0},
};

}  // namespace

std::span<const DivisionEntry> divisions() { return kDivisions; }

const DivisionEntry* division_at(std::string_view path) {
  const auto* const found = std::lower_bound(
      kDivisions.begin(), kDivisions.end(), path,
      [](const DivisionEntry& row, std::string_view wanted) { return row.path < wanted; });
  return found != kDivisions.end() && found->path == path ? &*found : nullptr;
}

}  // namespace yizhan::node
