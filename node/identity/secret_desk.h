// Secret desk: decides whether a secret or one-time code opens an account at this node.
//
// What        Each try has three steps, so that the slow one can leave the store's thread:
//             begin (reads, counts the try as wrong, saves), run (hashes), finish (decides, saves).
// Invariants  I1  a try is counted, durably, before its hash runs: killing the process gains none.
//             I2  an unknown, disabled or not yet enrolled account costs the same hash and waits
//                 the same delays as a known one.
//             I3  at most 1 + kHashQueueMax tries are between begin and finish; every try that
//                 begin returned must be given to finish.
//             I4  a one-time code opens once, and not after its expiry.
// Units       Wall time for the expiry of codes, boot time for delays.
// Errors      Throttled (the queue is full), Busy (no memory; the try is not counted), Expired (a
//             right code that is used or too old), BadFormat and LimitExceeded (new secret), Denied
//             (right secret of a disabled account), storage errors.
// Not here    The roster, which says who is disabled: the caller looks it up. Sign-ins: sign_ins.h.
// Source      design.md section 13; reliability.md D9.
#pragma once
#include <map>
#include <string>

#include "node/app/service_types.h"
#include "node/identity/verifier_store.h"

namespace yizhan::node {

constexpr int kHashQueueMax = 4;
constexpr std::int64_t kCodeLifeMs = std::int64_t{7} * 24 * 3600 * 1000;
constexpr std::size_t kUnknownLoginsMax = 256;  // delays of names that nobody has, in memory

struct Account {
  StaffId id;
  StaffRole role = StaffRole::Clerk;
  bool disabled = false;
};

struct SecretAnswer {
  bool right = false;
  std::int64_t retry_after_s = 0;
};

// Between begin and finish. `run` may be called on any thread, once.
class SecretAttempt {
 public:
  void run();
  // Set: there is nothing to hash, because the delay is not over. Finish is still due.
  bool waiting() const { return waiting_s_ > 0; }

 private:
  friend class SecretDesk;
  enum class Kind { Secret, Code };
  Kind kind_ = Kind::Secret;
  std::string login_;
  std::optional<Account> account_;
  std::string secret_;  // wiped by run
  std::optional<SecretHash> expected_;
  Hash32 code_{};
  bool code_right_ = false;
  bool code_expired_ = false;
  Id16 salt_{};
  HashCost cost_;
  const Pepper* pepper_ = nullptr;
  Failures before_;
  Failures after_;
  std::int64_t waiting_s_ = 0;
  std::optional<Result<SecretHash>> hashed_;
};

class SecretDesk {
 public:
  // `store` outlives the desk, the desk outlives its attempts. All but SecretAttempt::run on one
  // thread.
  SecretDesk(VerifierStore& store, const Pepper& pepper, HashCost cost = {});

  // `account`: what the roster says of `login`; absent when nobody has that name.
  Result<SecretAttempt> begin(const std::string& login, std::optional<Account> account,
                              std::string secret, const BootTime& now);
  // First sign-in: the code, and the secret that the person wants from now on.
  Result<SecretAttempt> begin_first(const std::string& login, std::optional<Account> account,
                                    std::string_view code, std::string new_secret, const Id16& salt,
                                    const BootTime& now, WallMs wall);
  Result<SecretAnswer> finish(SecretAttempt attempt);

  // A new code for `staff`; removes the secret and the delays. The result is shown once.
  Result<std::string> issue_code(StaffId staff, const CodeEntropy& entropy, WallMs now);
  Result<bool> has_secret(StaffId staff);

 private:
  Result<void> count_try(SecretAttempt& attempt, const BootTime& now);
  Result<SecretAnswer> wrong(const SecretAttempt& attempt) const;
  Result<SecretAnswer> right(const SecretAttempt& attempt);
  Result<void> save_failures(const SecretAttempt& attempt, const Failures& failures);
  Result<Verifier> load(const std::optional<Account>& account);
  void remember_unknown(const std::string& login, const Failures& failures);

  VerifierStore& store_;
  Pepper pepper_;
  HashCost cost_;
  int in_flight_ = 0;
  std::map<std::string, Failures> unknown_;
};

}  // namespace yizhan::node
