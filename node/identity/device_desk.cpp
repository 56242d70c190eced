#include "node/identity/device_desk.h"

#include <algorithm>

#include "crdt/base/hash.h"

namespace yizhan::node {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
constexpr std::size_t kCodeLength = 8;

Result<void> check_window(const NewDevice& wish) {
  const bool tablet = wish.kind == DeviceKind::Eval;
  if (tablet == wish.window.has_value()) return {};
  return fail(Errc::BadFormat,
              tablet ? "an evaluation tablet stands at a window" : "it stands at no window",
              "window");
}

}  // namespace

// 31^8 < 2^40: the remainder favours no code by more than 2^-24.
std::string make_pairing_code(std::uint64_t random) {
  std::string code;
  for (std::size_t i = 0; i < kCodeLength; ++i) {
    code += kLetters[static_cast<std::size_t>(random % kLetters.size())];
    random /= kLetters.size();
  }
  return code;
}

Hash32 device_token_hash(std::string_view token) {
  return hash32("yizhan device token", view(token));
}

DeviceRow row_of(const Device& device) {
  return {to_hex(view(device.id)),  device.kind,   device.name, device.window,
          device.token.has_value(), device.seen_at};
}

Result<AddedDevice> DeviceDesk::add(const NewDevice& wish, const DeviceEntropy& fresh, WallMs now) {
  if (auto good = check_window(wish); !good) return fail(good);
  const auto known = store_.all();
  if (!known) return fail(known);
  if (known->size() >= kDevicesMax) {
    return fail(Errc::LimitExceeded, "no room for another device", "device");
  }
  AddedDevice out;
  out.code = make_pairing_code(fresh.code);
  Device device;
  device.id = fresh.id;
  device.kind = wish.kind;
  device.name = wish.name;
  device.window = wish.window;
  device.code =
      OneTimeCode{hash_code(out.code, pepper_), now + std::chrono::milliseconds(kPairingLifeMs)};
  if (auto saved = store_.save(device); !saved) return fail(saved);
  out.device = row_of(device);
  return out;
}

Result<PairVerdict> DeviceDesk::pair(std::string_view code, const Hash32& token,
                                     const BootTime& ticks, WallMs now) {
  PairVerdict verdict;
  if (const std::int64_t left = remaining_ms(failures_, ticks); left > 0) {
    verdict.waiting = true;
    verdict.retry_after_s = (left + 999) / 1000;
    return verdict;
  }
  auto known = store_.all();
  if (!known) return fail(known);
  const Hash32 hash = hash_code(code, pepper_);
  const auto found = std::find_if(known->begin(), known->end(), [&](const Device& device) {
    return device.code && now < device.code->expires_at && same(device.code->hash, hash);
  });
  if (found == known->end()) {
    failures_ = failed_again(failures_, ticks);
    verdict.retry_after_s = (failures_.wait_ms + 999) / 1000;
    return verdict;
  }
  verdict.token = to_base32(token);
  found->code.reset();
  found->token = device_token_hash(verdict.token);
  found->seen_at = now;
  if (auto saved = store_.save(*found); !saved) return fail(saved);
  failures_ = {};
  verdict.device = row_of(*found);
  return verdict;
}

Result<Device> DeviceDesk::find(const std::string& device) const {
  auto known = store_.all();
  if (!known) return fail(known);
  const auto found = std::find_if(known->begin(), known->end(), [&](const Device& one) {
    return to_hex(view(one.id)) == device;
  });
  if (found == known->end()) return fail(Errc::NotFound, "no such device here", "device");
  return std::move(*found);
}

Result<DeviceRow> DeviceDesk::remove(const std::string& device) {
  const auto found = find(device);
  if (!found) return fail(found);
  if (auto removed = store_.remove(found->id); !removed) return fail(removed);
  return row_of(*found);
}

Result<bool> DeviceDesk::seen(const std::string& device, WallMs now) {
  auto found = find(device);
  if (!found) return fail(found);
  const bool lately =
      found->seen_at && *found->seen_at <= now && now.value - found->seen_at->value < kSeenEveryMs;
  if (lately) return false;
  found->seen_at = now;
  if (auto saved = store_.save(*found); !saved) return fail(saved);
  return true;
}

Result<std::vector<DeviceRow>> DeviceDesk::rows() const {
  const auto known = store_.all();
  if (!known) return fail(known);
  std::vector<DeviceRow> rows;
  for (const Device& device : *known) rows.push_back(row_of(device));
  return rows;
}

Result<std::vector<DevicePass>> DeviceDesk::passes() const {
  const auto known = store_.all();
  if (!known) return fail(known);
  std::vector<DevicePass> passes;
  for (const Device& device : *known) {
    if (device.token) passes.push_back({*device.token, row_of(device)});
  }
  return passes;
}

}  // namespace yizhan::node
