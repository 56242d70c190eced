#include "node/identity/sign_ins.h"

#include <sodium.h>

#include <algorithm>

#include "crdt/base/hash.h"

namespace yizhan::node {
namespace {

Hash32 key_of(std::string_view token) { return hash32("yizhan sign-in token", view(token)); }

}  // namespace

SignInPolicy SignInPolicy::hub() {
  SignInPolicy policy;
  policy.idle_end = std::chrono::minutes(10);
  return policy;
}

Result<SignIns::Opened> SignIns::open(const StaffMember& staff, const SignInEntropy& entropy,
                                      MonoMs now) {
  drop_ended(now);
  keep_below_per_staff(staff.id);
  if (by_token_.size() >= policy_.per_node) {
    return fail(Errc::Throttled, "the node has no room for another sign-in");
  }
  Opened opened{.token = to_base32(entropy.token), .csrf = to_base32(entropy.csrf)};
  by_token_[key_of(opened.token)] =
      SignIn{.staff = staff, .csrf = opened.csrf, .opened_at = now, .used_at = now};
  return opened;
}

std::optional<SignIn> SignIns::find(std::string_view token, MonoMs now) {
  drop_ended(now);
  auto it = by_token_.find(key_of(token));
  if (it == by_token_.end()) return std::nullopt;
  SignIn& sign_in = it->second;
  if (now - sign_in.used_at >= policy_.lock_after) sign_in.locked = true;
  SignIn answer = sign_in;
  const auto left = policy_.ends_after - (now - sign_in.opened_at);
  answer.expires_in_s = std::chrono::duration_cast<std::chrono::seconds>(left).count();
  return answer;
}

void SignIns::use(std::string_view token, MonoMs now) {
  auto it = by_token_.find(key_of(token));
  if (it != by_token_.end() && !it->second.locked) it->second.used_at = now;
}

void SignIns::lock(std::string_view token) {
  auto it = by_token_.find(key_of(token));
  if (it != by_token_.end()) it->second.locked = true;
}

void SignIns::end(std::string_view token) { by_token_.erase(key_of(token)); }

void SignIns::end_staff(StaffId staff) {
  std::erase_if(by_token_, [&](const auto& row) { return row.second.staff.id == staff; });
}

bool SignIns::ended(const SignIn& sign_in, MonoMs now) const {
  if (now - sign_in.opened_at >= policy_.ends_after) return true;
  return policy_.idle_end.count() > 0 && now - sign_in.used_at >= policy_.idle_end;
}

void SignIns::drop_ended(MonoMs now) {
  std::erase_if(by_token_, [&](const auto& row) { return ended(row.second, now); });
}

void SignIns::keep_below_per_staff(StaffId staff) {
  auto is_theirs = [&](const auto& row) { return row.second.staff.id == staff; };
  while (static_cast<std::size_t>(std::count_if(by_token_.begin(), by_token_.end(), is_theirs)) >=
         policy_.per_staff) {
    auto oldest = by_token_.end();
    for (auto it = by_token_.begin(); it != by_token_.end(); ++it) {
      if (!is_theirs(*it)) continue;
      if (oldest == by_token_.end() || it->second.opened_at < oldest->second.opened_at) oldest = it;
    }
    by_token_.erase(oldest);
  }
}

bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace yizhan::node
