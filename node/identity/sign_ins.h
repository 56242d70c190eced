// Sign-ins: who is signed in at this node, in memory only.
//
// What        A 256-bit token per sign-in, of which only a hash is kept; a CSRF token; screen lock
//             and ends.
// Invariants  I1  at most per_staff sign-ins of one person (a further one ends the oldest) and
//                 per_node in all.
//             I2  a locked sign-in stays, but only a new sign-in of the same person opens it.
//             I3  what has ended is never found again.
// Units       MonoMs of a clock that also runs in suspend (CLOCK_BOOTTIME).
// Errors      Throttled: the node has per_node sign-ins.
// Source      design.md section 13 (idle); reliability.md D8, D12.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crdt/base/result.h"
#include "crdt/base/time.h"
#include "node/app/service_types.h"

namespace yizhan::node {

struct SignInPolicy {
  std::chrono::milliseconds lock_after = std::chrono::minutes(5);
  std::chrono::milliseconds idle_end{0};  // 0: idleness locks, but does not end
  std::chrono::milliseconds ends_after = std::chrono::hours(8);
  std::size_t per_staff = 3;
  std::size_t per_node = 64;
  static SignInPolicy hub();  // ends after 10 min without use
};

// The caller's randomness for one sign-in.
struct SignInEntropy {
  Hash32 token{};
  Hash32 csrf{};
};

struct SignIn {
  StaffMember staff;
  std::string csrf;
  MonoMs opened_at;
  MonoMs used_at;
  bool locked = false;
  std::int64_t expires_in_s = 0;
};

class SignIns {
 public:
  explicit SignIns(SignInPolicy policy) : policy_(policy) {}

  struct Opened {
    std::string token;  // for the cookie; kept nowhere here
    std::string csrf;
  };
  Result<Opened> open(const StaffMember& staff, const SignInEntropy& entropy, MonoMs now);

  // What `token` opens now; absent when nothing. Counts as no use of it.
  std::optional<SignIn> find(std::string_view token, MonoMs now);
  // The person did something: starts the idle time anew. A locked one stays locked.
  void use(std::string_view token, MonoMs now);
  // By the person's own wish, before idleness does it: a screen that is left is locked at the node.
  void lock(std::string_view token);
  void end(std::string_view token);
  void end_staff(StaffId staff);
  std::size_t size() const { return by_token_.size(); }

 private:
  void drop_ended(MonoMs now);
  bool ended(const SignIn& sign_in, MonoMs now) const;
  void keep_below_per_staff(StaffId staff);

  SignInPolicy policy_;
  std::map<Hash32, SignIn> by_token_;  // by hash of the token
};

// Compares in the same time whatever the texts are.
bool same_text(std::string_view a, std::string_view b);

}  // namespace yizhan::node
