#include "node/identity/device_desk.h"

#include <boost/test/unit_test.hpp>
#include <map>

#include "node/identity/device_passes.h"

namespace yizhan::node::test {
namespace {

struct MemoryDevices : DeviceStore {
  Result<std::vector<Device>> all() override {
    std::vector<Device> out;
    for (const auto& [id, device] : rows) out.push_back(device);
    return out;
  }
  Result<void> save(const Device& device) override {
    rows[device.id] = device;
    return {};
  }
  Result<void> remove(const DeviceId& id) override {
    rows.erase(id);
    return {};
  }
  std::map<DeviceId, Device> rows;
};

struct Hall {
  DeviceEntropy fresh() {
    ++made;
    return {DeviceId{{made}}, std::uint64_t{1'000'003} * made * made};
  }
  AddedDevice add(DeviceKind kind, std::optional<std::int64_t> window = std::nullopt) {
    auto added = desk.add({kind, "大厅", window}, fresh(), now);
    BOOST_REQUIRE(added.has_value());
    return *added;
  }
  PairVerdict pair(const std::string& code) {
    Hash32 token{};
    token[0] = ++tokens;
    auto verdict = desk.pair(code, token, {.boot = {}, .ticks_ms = ticks}, now);
    BOOST_REQUIRE(verdict.has_value());
    return *verdict;
  }

  MemoryDevices store;
  DeviceDesk desk{store, Pepper(Hash32{7})};
  WallMs now{1'772'600'000'000};
  std::int64_t ticks = 1000;
  std::uint8_t made = 0;
  std::uint8_t tokens = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(device_desk_test)

BOOST_AUTO_TEST_CASE(a_code_is_eight_characters_without_look_alikes) {
  for (std::uint64_t random :
       {std::uint64_t{0}, std::uint64_t{0x123456789abcdef}, ~std::uint64_t{0}}) {
    const std::string code = make_pairing_code(random);
    BOOST_TEST(code.size() == 8U);
    BOOST_TEST(code.find_first_not_of("ABCDEFGHJKMNPQRSTUVWXYZ23456789") == std::string::npos);
  }
  BOOST_TEST(make_pairing_code(1) != make_pairing_code(2));
}

BOOST_AUTO_TEST_CASE(a_code_pairs_one_device_once_I1) {
  Hall hall;
  const AddedDevice added = hall.add(DeviceKind::Display);
  BOOST_TEST(!added.device.paired);
  std::string spelled = added.code;
  spelled.insert(4, "-");
  for (char& c : spelled) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  const PairVerdict verdict = hall.pair(spelled);
  BOOST_REQUIRE(verdict.device.has_value());
  BOOST_TEST(verdict.device->device == added.device.device);
  BOOST_TEST(verdict.device->paired);
  BOOST_TEST(!hall.pair(added.code).device.has_value());
  const DevicePasses passes(*hall.desk.passes());
  BOOST_REQUIRE(passes.find(verdict.token) != nullptr);
  BOOST_TEST(passes.find(verdict.token)->device == added.device.device);
  BOOST_TEST(passes.find("") == nullptr);
  BOOST_TEST(passes.find(added.code) == nullptr);
}

BOOST_AUTO_TEST_CASE(neither_code_nor_token_is_kept) {
  Hall hall;
  const AddedDevice added = hall.add(DeviceKind::Ticket);
  const PairVerdict verdict = hall.pair(added.code);
  const Device& kept = hall.store.rows.begin()->second;
  BOOST_TEST(!kept.code.has_value());
  BOOST_REQUIRE(kept.token.has_value());
  BOOST_TEST(to_hex(*kept.token) == to_hex(device_token_hash(verdict.token)));
  BOOST_TEST(verdict.token.size() >= 51U);  // 256 bits
}

BOOST_AUTO_TEST_CASE(a_code_ends_after_fifteen_minutes_I1) {
  Hall hall;
  const AddedDevice added = hall.add(DeviceKind::Display);
  hall.now.value += kPairingLifeMs;
  BOOST_TEST(!hall.pair(added.code).device.has_value());
  hall.now.value -= 1;
  BOOST_TEST(hall.pair(added.code).device.has_value());
}

BOOST_AUTO_TEST_CASE(wrong_codes_wait_longer_and_never_lock_I2) {
  Hall hall;
  const AddedDevice added = hall.add(DeviceKind::Display);
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 5; ++i) {
    const PairVerdict wrong = hall.pair("WRNGWRNG");
    BOOST_TEST(!wrong.waiting);
    waits.push_back(wrong.retry_after_s);
    hall.ticks += wrong.retry_after_s * 1000;
  }
  BOOST_TEST(waits == (std::vector<std::int64_t>{0, 0, 0, 1, 2}), boost::test_tools::per_element());
  hall.pair("WRNGWRNG");  // 4 s from here
  BOOST_TEST(hall.pair(added.code).waiting);
  BOOST_TEST(!hall.pair(added.code).device.has_value());
  hall.ticks += 4000;
  BOOST_TEST(hall.pair(added.code).device.has_value());
  BOOST_TEST(hall.pair("WRNGWRNG").retry_after_s == 0);
}

BOOST_AUTO_TEST_CASE(a_removed_device_opens_nothing_I3) {
  Hall hall;
  const AddedDevice added = hall.add(DeviceKind::Display);
  const PairVerdict verdict = hall.pair(added.code);
  DevicePasses passes(*hall.desk.passes());
  BOOST_TEST(hall.desk.remove(added.device.device).has_value());
  passes.replace(*hall.desk.passes());
  BOOST_TEST(passes.find(verdict.token) == nullptr);
  BOOST_TEST(hall.desk.rows()->empty());
  const auto again = hall.desk.remove(added.device.device);
  BOOST_REQUIRE(!again.has_value());
  BOOST_TEST(again.error().field == "device");
}

BOOST_AUTO_TEST_CASE(only_a_tablet_stands_at_a_window) {
  Hall hall;
  for (const NewDevice& wish : {NewDevice{DeviceKind::Eval, "评价", std::nullopt},
                                NewDevice{DeviceKind::Display, "大厅", 2}}) {
    const auto refused = hall.desk.add(wish, hall.fresh(), hall.now);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().field == "window");
  }
  BOOST_TEST(*hall.add(DeviceKind::Eval, 2).device.window == 2);
}

BOOST_AUTO_TEST_CASE(the_number_of_devices_is_limited) {
  Hall hall;
  for (std::size_t i = 0; i < kDevicesMax; ++i) hall.add(DeviceKind::Display);
  const auto refused = hall.desk.add({DeviceKind::Display, "大厅", {}}, hall.fresh(), hall.now);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_CHECK(refused.error().code == Errc::LimitExceeded);
}

BOOST_AUTO_TEST_CASE(that_a_device_asks_is_noted_now_and_then) {
  Hall hall;
  const AddedDevice added = hall.add(DeviceKind::Display);
  hall.pair(added.code);
  BOOST_TEST(*hall.desk.seen(added.device.device, hall.now) == false);
  hall.now.value += kSeenEveryMs;
  BOOST_TEST(*hall.desk.seen(added.device.device, hall.now) == true);
  BOOST_TEST(hall.desk.rows()->front().seen_at->value == hall.now.value);
  DevicePasses passes({});
  BOOST_TEST(passes.seen(added.device, MonoMs{5}));
  BOOST_TEST(!passes.seen(added.device, MonoMs{5 + kSeenEveryMs - 1}));
  BOOST_TEST(passes.seen(added.device, MonoMs{5 + kSeenEveryMs}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace yizhan::node::test
