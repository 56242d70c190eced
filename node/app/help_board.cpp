#include "node/app/help_board.h"

#include <algorithm>

namespace yizhan::node {

void HelpBoard::forget_old(MonoMs now) {
  std::erase_if(asked_, [now](const auto& each) {
    return now.value - each.second.call.since.value >= kHelpMsMax;
  });
}

Result<HelpBoard::Asked*> HelpBoard::find(const std::string& login, MonoMs now) {
  forget_old(now);
  const auto found = asked_.find(login);
  if (found == asked_.end()) return fail(Errc::NotFound, "asks for no help", "login");
  return &found->second;
}

void HelpBoard::ask(const StaffMember& staff, std::optional<std::int64_t> window, MonoMs now) {
  forget_old(now);
  asked_.try_emplace(staff.login,
                     Asked{{staff.login, staff.display_name, window, now, ""}, std::nullopt});
}

Result<void> HelpBoard::come(const StaffMember& staff, const std::string& login, MonoMs now) {
  const auto asked = find(login, now);
  if (!asked) return fail(asked);
  if (staff.login == login) return fail(Errc::Denied, "it is one's own call", "login");
  if (!(*asked)->comes) {
    (*asked)->comes = staff.id;
    (*asked)->call.coming = staff.display_name;
  }
  return {};
}

Result<void> HelpBoard::end(const StaffMember& staff, const std::string& login, MonoMs now) {
  const auto asked = find(login, now);
  if (!asked) return fail(asked);
  const bool concerned = staff.login == login || (*asked)->comes == staff.id;
  if (!concerned && staff.role == StaffRole::Clerk) {
    return fail(Errc::Denied, "it is another's call", "role");
  }
  asked_.erase(login);
  return {};
}

std::vector<HelpCall> HelpBoard::open(MonoMs now) {
  forget_old(now);
  std::vector<HelpCall> calls;
  calls.reserve(asked_.size());
  for (const auto& [login, asked] : asked_) calls.push_back(asked.call);
  std::stable_sort(calls.begin(), calls.end(), [](const HelpCall& a, const HelpCall& b) {
    return a.since.value < b.since.value;
  });
  return calls;
}

}  // namespace yizhan::node
