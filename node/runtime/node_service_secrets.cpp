// The part of the service that signs people in.
#include "node/app/roster.h"
#include "node/runtime/node_service.h"
#include "node/store/store_reads.h"

namespace yizhan::node {

// One try, from the counting of it to its verdict.
struct NodeService::Try {
  Done<SecretVerdict> done;
  std::string login;
  std::optional<StaffMember> staff;
  std::optional<SecretAttempt> attempt;
  Result<void> counted;  // whether the count of this try is durable
};

sync::Scope NodeService::roster_scope(const sync::Engine& engine) const {
  return {engine.self().home, sync::ScopeClass::Ref};
}

void NodeService::check_secret(SecretTry secret, Done<SecretVerdict> done) {
  const std::string login = secret.login;
  try_secret(login, std::move(done),
             [this, secret = std::move(secret)](std::optional<Account> account) {
               return desk_.begin(secret.login, account, secret.secret,
                                  {.boot = {}, .ticks_ms = mono_now().value});
             });
}

void NodeService::first_sign_in(FirstSignIn first, Done<SecretVerdict> done) {
  const std::string login = first.login;
  Id16 salt{};
  entropy_.fill(salt);
  try_secret(login, std::move(done),
             [this, salt, first = std::move(first)](std::optional<Account> account) {
               return desk_.begin_first(first.login, account, first.code, first.new_secret, salt,
                                        {.boot = {}, .ticks_ms = mono_now().value}, calls_.time());
             });
}

// Counts the try, commits, hashes on the other thread, decides, commits.
void NodeService::try_secret(std::string login, Done<SecretVerdict> done, Begin begin) {
  auto one = std::make_shared<Try>();
  one->done = std::move(done);
  one->login = std::move(login);
  calls_.loop().post([this, one, begin = std::move(begin)](Core& core,
                                                           sync::Effects&) -> EngineLoop::Answer {
    const auto entry = find_login(StoreReads(core.store), roster_scope(core.engine), one->login);
    std::optional<Account> account;
    if (entry && *entry) {
      const RosterEntry& row = **entry;
      account = Account{row.id, row.role, row.disabled};
      one->staff = StaffMember{row.id, row.login, row.display_name, row.role};
    }
    auto attempt = entry ? begin(account) : Result<SecretAttempt>(fail(entry));
    if (!attempt) {
      return [one, error = attempt.error()](const Result<void>&, const Core&) {
        one->done(tl::unexpected<Error>(error));
      };
    }
    one->attempt = std::move(*attempt);
    return [this, one](const Result<void>& committed, const Core&) {
      one->counted = committed;
      hashing_.post([this, one] {
        if (!one->attempt->waiting()) one->attempt->run();
        finish_secret(one);
      });
    };
  });
}

void NodeService::finish_secret(const std::shared_ptr<Try>& attempt) {
  calls_.change<SecretVerdict>(
      attempt->done, [this, attempt](Core&, sync::Effects&) { return verdict(*attempt); });
}

Result<SecretVerdict> NodeService::verdict(Try& attempt) {
  const bool waiting = attempt.attempt->waiting();
  auto answer = desk_.finish(std::move(*attempt.attempt));
  if (!attempt.counted) return fail(attempt.counted);
  if (!answer) return fail(answer);
  SecretVerdict out;
  out.waiting = waiting;
  out.retry_after_s = answer->retry_after_s;
  if (answer->right) out.staff = attempt.staff;
  return out;
}

}  // namespace yizhan::node
