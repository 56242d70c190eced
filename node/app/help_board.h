// Help board: who at this station has asked the colleagues to come (求助), and who is coming.
//
// What        One open call a person, until that person or who comes says that it is over.
// Invariants  I1  asking again while one's call is open changes nothing: a key pressed in a hurry
//                 is one call.
//             I2  the first who says so is coming; nobody comes to their own call.
//             I3  calls are no records: they end with the node, and by themselves after
//                 kHelpMsMax, so that none outlives its reason.
// Units       MonoMs: a clock that steps calls nobody back.
// Errors      NotFound, field "login": that person asks for no help (any more); Denied, field
//             "login": it is one's own call; Denied, field "role": it is neither one's own, nor is
//             one coming.
// Source      ux.md W1 (Ctrl+Alt+H 求助), section 10 (a panic button to colleagues).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "node/app/service_types.h"

namespace yizhan::node {

constexpr std::int64_t kHelpMsMax = 30 * std::int64_t{60'000};

struct HelpCall {
  std::string login;
  std::string name;                    // as others call that person
  std::optional<std::int64_t> window;  // where they sit; empty: at none
  MonoMs since;
  std::string coming;  // name of who comes; empty: nobody said so yet
};

class HelpBoard {
 public:
  void ask(const StaffMember& staff, std::optional<std::int64_t> window, MonoMs now);
  Result<void> come(const StaffMember& staff, const std::string& login, MonoMs now);
  // By who asked, who comes, or a lead.
  Result<void> end(const StaffMember& staff, const std::string& login, MonoMs now);
  std::vector<HelpCall> open(MonoMs now);  // longest first

 private:
  struct Asked {
    HelpCall call;
    std::optional<StaffId> comes;
  };
  void forget_old(MonoMs now);
  Result<Asked*> find(const std::string& login, MonoMs now);

  std::map<std::string, Asked> asked_;  // by login
};

}  // namespace yizhan::node
