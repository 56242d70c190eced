#include "node/identity/secret_desk.h"

#include <utility>

#include "crdt/base/check.h"
#include "node/identity/secret_rules.h"

namespace yizhan::node {
namespace {

std::int64_t whole_seconds(std::int64_t ms) { return (ms + 999) / 1000; }

}  // namespace

void SecretAttempt::run() {
  YZ_CHECK(!hashed_);
  if (!waiting()) {
    const Id16& salt = expected_ ? expected_->salt : salt_;
    const HashCost& cost = expected_ ? expected_->cost : cost_;
    hashed_ = hash_secret(secret_, salt, cost, *pepper_);
  }
  wipe(secret_);
}

SecretDesk::SecretDesk(VerifierStore& store, const Pepper& pepper, HashCost cost)
    : store_(store), pepper_(pepper), cost_(cost) {}

Result<SecretAttempt> SecretDesk::begin(const std::string& login, std::optional<Account> account,
                                        std::string secret, const BootTime& now) {
  SecretAttempt attempt;
  attempt.login_ = login;
  attempt.account_ = account;
  attempt.secret_ = std::move(secret);
  if (auto counted = count_try(attempt, now); !counted) return fail(counted);
  return attempt;
}

Result<SecretAttempt> SecretDesk::begin_first(const std::string& login,
                                              std::optional<Account> account, std::string_view code,
                                              std::string new_secret, const Id16& salt,
                                              const BootTime& now, WallMs wall) {
  const StaffRole role = account ? account->role : StaffRole::Clerk;
  if (auto rule = check_new_secret(new_secret, role); !rule) return fail(rule);
  auto verifier = load(account);
  if (!verifier) return fail(verifier);

  SecretAttempt attempt;
  attempt.kind_ = SecretAttempt::Kind::Code;
  attempt.login_ = login;
  attempt.account_ = account;
  attempt.secret_ = std::move(new_secret);
  attempt.salt_ = salt;
  attempt.code_ = hash_code(code, pepper_);
  if (auto counted = count_try(attempt, now); !counted) return fail(counted);
  attempt.expected_.reset();  // the new secret is hashed with the new salt
  if (verifier->code) {
    attempt.code_right_ = same(verifier->code->hash, attempt.code_);
    attempt.code_expired_ = wall >= verifier->code->expires_at;
  }
  return attempt;
}

// Counts the try as a wrong one before anything is known about it (I1).
Result<void> SecretDesk::count_try(SecretAttempt& attempt, const BootTime& now) {
  if (in_flight_ > kHashQueueMax) return fail(Errc::Throttled, "too many sign-ins at once");
  auto verifier = load(attempt.account_);
  if (!verifier) return fail(verifier);
  if (!attempt.account_) {
    if (auto it = unknown_.find(attempt.login_); it != unknown_.end()) {
      verifier->failures = it->second;
    }
  }
  attempt.expected_ = verifier->secret;
  attempt.cost_ = cost_;
  attempt.pepper_ = &pepper_;
  attempt.before_ = verifier->failures;
  attempt.waiting_s_ = whole_seconds(remaining_ms(verifier->failures, now));
  if (!attempt.waiting()) {
    attempt.after_ = failed_again(verifier->failures, now);
    if (auto saved = save_failures(attempt, attempt.after_); !saved) return fail(saved);
  }
  ++in_flight_;
  return {};
}

Result<SecretAnswer> SecretDesk::finish(SecretAttempt attempt) {
  YZ_CHECK(in_flight_ > 0);
  --in_flight_;
  if (attempt.waiting()) return SecretAnswer{.right = false, .retry_after_s = attempt.waiting_s_};
  YZ_CHECK(attempt.hashed_.has_value());
  if (!*attempt.hashed_) {
    // No memory is not a wrong secret: take the count back.
    if (auto saved = save_failures(attempt, attempt.before_); !saved) return fail(saved);
    return fail(*attempt.hashed_);
  }
  if (!attempt.account_) return wrong(attempt);
  if (attempt.kind_ == SecretAttempt::Kind::Code) {
    return attempt.code_right_ ? right(attempt) : wrong(attempt);
  }
  const bool match = attempt.expected_ && same(attempt.expected_->tag, (*attempt.hashed_)->tag);
  return match ? right(attempt) : wrong(attempt);
}

Result<SecretAnswer> SecretDesk::wrong(const SecretAttempt& attempt) const {
  return SecretAnswer{.right = false, .retry_after_s = whole_seconds(attempt.after_.wait_ms)};
}

// The secret, or the code, was right. What it opens is decided on what is stored now: two tries
// with one code may have run side by side.
Result<SecretAnswer> SecretDesk::right(const SecretAttempt& attempt) {
  auto verifier = load(attempt.account_);
  if (!verifier) return fail(verifier);
  if (attempt.account_->disabled) return fail(Errc::Denied, "the account is disabled", "staff");
  if (attempt.kind_ == SecretAttempt::Kind::Code) {
    const bool still_there = verifier->code && same(verifier->code->hash, attempt.code_);
    if (!still_there || attempt.code_expired_) {
      return fail(Errc::Expired, "the one-time code is used or too old", "code");
    }
    verifier->code.reset();
    verifier->secret = **attempt.hashed_;
  } else if (verifier->secret != attempt.expected_) {
    return wrong(attempt);  // replaced while this try was hashed
  }
  verifier->failures = {};
  if (auto saved = store_.save(attempt.account_->id, *verifier); !saved) return fail(saved);
  return SecretAnswer{.right = true, .retry_after_s = 0};
}

Result<std::string> SecretDesk::issue_code(StaffId staff, const CodeEntropy& entropy, WallMs now) {
  std::string code = make_code(entropy);
  Verifier verifier;
  verifier.code = OneTimeCode{.hash = hash_code(code, pepper_),
                              .expires_at = now + std::chrono::milliseconds(kCodeLifeMs)};
  if (auto saved = store_.save(staff, verifier); !saved) return fail(saved);
  return code;
}

Result<bool> SecretDesk::has_secret(StaffId staff) {
  auto verifier = store_.find(staff);
  if (!verifier) return fail(verifier);
  return verifier->has_value() && (*verifier)->secret.has_value();
}

Result<Verifier> SecretDesk::load(const std::optional<Account>& account) {
  if (!account) return Verifier{};
  auto verifier = store_.find(account->id);
  if (!verifier) return fail(verifier);
  return verifier->value_or(Verifier{});
}

Result<void> SecretDesk::save_failures(const SecretAttempt& attempt, const Failures& failures) {
  if (!attempt.account_) {
    remember_unknown(attempt.login_, failures);
    return {};
  }
  auto verifier = load(attempt.account_);
  if (!verifier) return fail(verifier);
  verifier->failures = failures;
  return store_.save(attempt.account_->id, *verifier);
}

void SecretDesk::remember_unknown(const std::string& login, const Failures& failures) {
  if (unknown_.size() >= kUnknownLoginsMax && !unknown_.contains(login)) {
    unknown_.erase(unknown_.begin());
  }
  unknown_[login] = failures;
}

}  // namespace yizhan::node
