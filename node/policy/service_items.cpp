#include "node/policy/service_items.h"

#include <algorithm>
#include <array>

namespace yizhan::node {
namespace {

constexpr std::array kItems = {
    ServiceItem{"CJ-0101", "残疾人证新办、换领", "残疾人服务", 20},
    ServiceItem{"HJ-0101", "出生登记（一件事）", "户籍与人口", 20, true},
    ServiceItem{"HJ-0102", "居住证申领", "户籍与人口", 15, true},
    ServiceItem{"JS-0101", "生育登记", "卫生健康", 10},
    ServiceItem{"LR-0101", "老年优待证办理", "老龄服务", 10},
    ServiceItem{"LR-0102", "高龄津贴申请", "老龄服务", 15},
    ServiceItem{"MZ-0101", "最低生活保障申请", "民政救助", 30},
    ServiceItem{"MZ-0102", "临时救助申请", "民政救助", 30},
    ServiceItem{"SB-0101", "城乡居民养老保险参保登记", "社会保障", 15},
    ServiceItem{"SB-0102", "城乡居民养老保险待遇申领", "社会保障", 20, true},
    ServiceItem{"SB-0103", "社会保障卡申领", "社会保障", 15, true},
    ServiceItem{"TD-0101", "农村宅基地申请", "自然资源", 30},
    ServiceItem{"YB-0101", "城乡居民医保参保登记", "医疗保障", 15, true},
    ServiceItem{"YB-0102", "异地就医备案", "医疗保障", 15, true},
};

}  // namespace

std::span<const ServiceItem> service_items() { return kItems; }

const ServiceItem* service_item(std::string_view code) {
  const auto* const found = std::lower_bound(
      kItems.begin(), kItems.end(), code,
      [](const ServiceItem& row, std::string_view wanted) { return row.code < wanted; });
  return found != kItems.end() && found->code == code ? &*found : nullptr;
}

}  // namespace yizhan::node
