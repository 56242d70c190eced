#include "node/identity/secret_desk.h"

#include <boost/test/unit_test.hpp>

#include "tests/node/identity/memory_verifier_store.h"

using namespace yizhan;
using namespace yizhan::node;

namespace {

constexpr HashCost kCheap{.ops = 1, .memory_kib = 8};
const Account kClerk{.id = {Id16{7}}, .role = StaffRole::Clerk, .disabled = false};

struct Fixture {
  MemoryVerifierStore store;
  Pepper pepper{Hash32{42}};
  SecretDesk desk{store, pepper, kCheap};
  BootTime now{Id16{1}, 1'000'000};
  WallMs wall{1'772'446'800'000};

  std::string code() {
    return desk.issue_code(kClerk.id, CodeEntropy{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, wall).value();
  }
  Result<SecretAnswer> first(const std::string& given, const std::string& secret = "270418",
                             Account account = kClerk) {
    auto attempt = desk.begin_first("wangmin", account, given, secret, Id16{9}, now, wall);
    if (!attempt) return fail(attempt);
    attempt->run();
    return desk.finish(std::move(*attempt));
  }
  Result<SecretAnswer> attempt_with(const std::string& secret,
                                    std::optional<Account> account = kClerk) {
    auto attempt = desk.begin("wangmin", account, secret, now);
    if (!attempt) return fail(attempt);
    attempt->run();
    return desk.finish(std::move(*attempt));
  }
  void enrol() { BOOST_REQUIRE(first(code())->right); }
};

template <class T>
Errc code_of(const Result<T>& result) {
  BOOST_REQUIRE(!result.has_value());
  return result.error().code;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secret_desk_test, Fixture)

BOOST_AUTO_TEST_CASE(a_code_opens_once_and_the_chosen_secret_from_then_on_I4) {
  const std::string given = code();
  BOOST_TEST(given.size() == 19U);
  BOOST_TEST(!desk.has_secret(kClerk.id).value());
  BOOST_TEST(first(given)->right);
  BOOST_TEST(desk.has_secret(kClerk.id).value());
  BOOST_TEST(attempt_with("270418")->right);
  BOOST_TEST(!attempt_with("270419")->right);
  BOOST_TEST(!first(given)->right);  // used: it is no code any more
  BOOST_TEST(attempt_with("270418")->right);
}

BOOST_AUTO_TEST_CASE(a_code_is_read_without_regard_to_case_and_hyphens) {
  std::string given = code();
  std::erase(given, '-');
  for (char& c : given) c = static_cast<char>(std::toupper(c));
  BOOST_TEST(first(given)->right);
}

BOOST_AUTO_TEST_CASE(a_code_used_by_two_tries_at_once_opens_for_one_I4) {
  const std::string given = code();
  auto a = desk.begin_first("wangmin", kClerk, given, "270418", Id16{1}, now, wall);
  auto b = desk.begin_first("wangmin", kClerk, given, "951753", Id16{2}, now, wall);
  BOOST_REQUIRE((a.has_value() && b.has_value()));
  a->run();
  b->run();
  BOOST_TEST(desk.finish(std::move(*a))->right);
  BOOST_TEST((code_of(desk.finish(std::move(*b))) == Errc::Expired));
  BOOST_TEST(attempt_with("270418")->right);
}

BOOST_AUTO_TEST_CASE(a_code_ends_after_seven_days) {
  const std::string given = code();
  const WallMs issued = wall;
  wall.value = issued.value + kCodeLifeMs;
  BOOST_TEST((code_of(first(given)) == Errc::Expired));
  wall.value = issued.value + kCodeLifeMs - 1;
  BOOST_TEST(first(given)->right);
}

BOOST_AUTO_TEST_CASE(a_weak_new_secret_is_refused_before_anything_is_counted) {
  const std::string given = code();
  const Verifier before = store.rows[kClerk.id];
  BOOST_TEST((code_of(first(given, "123456")) == Errc::BadFormat));
  BOOST_TEST((store.rows[kClerk.id] == before));
  BOOST_TEST(first(given)->right);
}

BOOST_AUTO_TEST_CASE(a_try_is_counted_durably_before_its_hash_I1) {
  enrol();
  const int saves = store.saves;
  auto attempt = desk.begin("wangmin", kClerk, "270418", now);
  BOOST_REQUIRE(attempt.has_value());
  BOOST_TEST(store.saves == saves + 1);
  BOOST_TEST(store.rows[kClerk.id].failures.count == 1U);
  attempt->run();
  BOOST_TEST(desk.finish(std::move(*attempt))->right);
  BOOST_TEST(store.rows[kClerk.id].failures.count == 0U);
}

BOOST_AUTO_TEST_CASE(a_try_that_cannot_be_counted_is_not_made_I1) {
  enrol();
  store.full = true;
  BOOST_TEST((code_of(desk.begin("wangmin", kClerk, "270418", now)) == Errc::StorageFull));
  store.full = false;
  BOOST_TEST(attempt_with("270418")->right);
}

BOOST_AUTO_TEST_CASE(delays_survive_a_restart_and_a_changed_clock) {
  enrol();
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 6; ++i) {
    auto answer = attempt_with("000000");
    waits.push_back(answer->retry_after_s);
    now.ticks_ms += answer->retry_after_s * 1000;
  }
  BOOST_TEST((waits == std::vector<std::int64_t>{0, 0, 0, 1, 2, 4}));
  now.ticks_ms -= 1500;  // 1.5 s before the end of the last delay

  SecretDesk restarted(store, pepper, kCheap);
  wall.value += 365LL * 24 * 3600 * 1000;
  auto early = restarted.begin("wangmin", kClerk, "270418", now);
  BOOST_REQUIRE(early.has_value());
  BOOST_TEST(early->waiting());
  early->run();
  auto answer = restarted.finish(std::move(*early));
  BOOST_TEST(!answer->right);
  BOOST_TEST(answer->retry_after_s == 2);
  BOOST_TEST(store.rows[kClerk.id].failures.count == 6U);  // waiting costs nothing further

  now = {Id16{2}, 3999};  // the machine started anew 3.999 s ago
  auto rebooted = restarted.begin("wangmin", kClerk, "270418", now);
  BOOST_TEST(rebooted->waiting());
  rebooted->run();
  BOOST_TEST(!restarted.finish(std::move(*rebooted))->right);
  now.ticks_ms = 4000;
  auto in_time = restarted.begin("wangmin", kClerk, "270418", now);
  in_time->run();
  BOOST_TEST(restarted.finish(std::move(*in_time))->right);
}

BOOST_AUTO_TEST_CASE(an_unknown_login_burns_the_same_hash_and_waits_the_same_I2) {
  for (int i = 0; i < 3; ++i) BOOST_TEST(attempt_with("270418", std::nullopt)->retry_after_s == 0);
  auto attempt = desk.begin("nobody", std::nullopt, "270418", now);
  BOOST_TEST(!attempt->waiting());  // so run() hashes
  attempt->run();
  BOOST_TEST(!desk.finish(std::move(*attempt))->right);
  BOOST_TEST(attempt_with("270418", std::nullopt)->retry_after_s == 1);
  BOOST_TEST(attempt_with("270418", std::nullopt)->retry_after_s == 1);  // waiting now
  BOOST_TEST(store.rows.empty());
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_told_so_only_with_the_right_secret) {
  enrol();
  Account disabled = kClerk;
  disabled.disabled = true;
  BOOST_TEST(!attempt_with("000000", disabled)->right);
  BOOST_TEST((code_of(attempt_with("270418", disabled)) == Errc::Denied));
  const std::string given = code();
  BOOST_TEST((code_of(first(given, "270418", disabled)) == Errc::Denied));
}

BOOST_AUTO_TEST_CASE(a_stolen_row_is_no_use_under_another_pepper) {
  enrol();
  SecretDesk other(store, Pepper{Hash32{43}}, kCheap);
  auto attempt = other.begin("wangmin", kClerk, "270418", now);
  attempt->run();
  BOOST_TEST(!other.finish(std::move(*attempt))->right);
}

BOOST_AUTO_TEST_CASE(one_hash_runs_and_four_wait_I3) {
  std::vector<SecretAttempt> tries;
  for (int i = 0; i < 1 + kHashQueueMax; ++i) {
    auto attempt = desk.begin("u" + std::to_string(i), std::nullopt, "270418", now);
    BOOST_REQUIRE(attempt.has_value());
    tries.push_back(std::move(*attempt));
  }
  BOOST_TEST((code_of(desk.begin("one more", std::nullopt, "270418", now)) == Errc::Throttled));
  for (SecretAttempt& attempt : tries) {
    attempt.run();
    const auto answer = desk.finish(std::move(attempt));
    BOOST_TEST(!answer->right);
  }
  BOOST_TEST(!attempt_with("270418", std::nullopt)->right);
}

BOOST_AUTO_TEST_CASE(no_memory_for_the_hash_is_busy_and_not_counted) {
  enrol();
  store.rows[kClerk.id].secret->cost.memory_kib = std::uint64_t{1} << 40;
  BOOST_TEST((code_of(attempt_with("270418")) == Errc::Busy));
  BOOST_TEST(store.rows[kClerk.id].failures.count == 0U);
}

BOOST_AUTO_TEST_CASE(a_new_code_ends_the_secret_and_the_delays) {
  enrol();
  for (int i = 0; i < 4; ++i) BOOST_TEST(!attempt_with("000000")->right);
  const std::string given = code();
  BOOST_TEST(!attempt_with("270418")->right);
  BOOST_TEST(first(given, "951753")->right);
  BOOST_TEST(attempt_with("951753")->right);
}

BOOST_AUTO_TEST_CASE(the_shipped_cost_is_64_MiB_and_three_passes) {
  BOOST_TEST(HashCost{}.ops == 3U);
  BOOST_TEST(HashCost{}.memory_kib == 65536U);
  auto hash = hash_secret("270418", Id16{1}, HashCost{}, pepper);
  BOOST_REQUIRE(hash.has_value());
  BOOST_TEST(same(hash->tag, hash_secret("270418", Id16{1}, HashCost{}, pepper)->tag));
}

BOOST_AUTO_TEST_SUITE_END()
