// Served: a station whose windows serve people, and what these say of it.
#pragma once
#include <SQLiteCpp/Database.h>

#include <algorithm>

#include "node/app/complaint_desk.h"
#include "node/app/complaint_list.h"
#include "node/app/evaluation_desk.h"
#include "node/app/visit_desk.h"
#include "node/app/visit_tally.h"
#include "node/app/window_book.h"
#include "node/store/rebuild.h"
#include "node/store/verify.h"
#include "tests/node/app/counter.h"

namespace yizhan::node::test {

struct Served : Counter {
  template <class Use>
  auto work_at(Site& site, Use use) {
    auto result = site.act([&](sync::Engine& engine, SqliteStore& store, WallMs wall, MonoMs mono,
                               sync::Effects& out) {
      const StoreReads reads(store);
      return use(DeskContext{engine, reads, policy, wall, mono, out});
    });
    site.commit();
    return result;
  }
  template <class Use>
  auto work(Use use) {
    return work_at(*city.station, use);
  }
  Served() {
    staff.role = StaffRole::Lead;
    for (const std::int64_t number : {1, 2}) {
      BOOST_REQUIRE(work([&](const DeskContext& at) {
                      return add_window(at, fresh(), {number, "综合窗口", {}});
                    }).has_value());
    }
    staff.role = StaffRole::Clerk;
  }

  Intent fresh() { return intent("fresh" + std::to_string(++keys)); }
  void wait_ms(std::int64_t ms) {
    city.station->now.value += ms;
    city.hub->now.value += ms;
  }

  // ---- people

  template <class Use>
  crdt::Dot visits(Use use) {
    const auto done = work([&](const DeskContext& at) {
      VisitDesk desk(at);
      return use(desk);
    });
    BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().detail));
    return *done;
  }
  crdt::Dot arrived() {
    NewVisit wish;
    wish.item = "SB-0101";
    const auto came = arrivals([&](ArrivalDesk& desk) { return desk.take_ticket(fresh(), wish); });
    BOOST_REQUIRE_MESSAGE(came.has_value(), (came ? "" : came.error().detail));
    return came->visit;
  }
  static Seat seat(std::int64_t window) { return {"seat", window, "王敏", {}}; }
  void start(const crdt::Dot& visit, std::int64_t window) {
    const std::string id = record_id(visit);
    visits([&](VisitDesk& desk) { return desk.call(fresh(), seat(window), id); });
    visits([&](VisitDesk& desk) { return desk.start(fresh(), seat(window), id); });
  }
  crdt::Dot finish(const crdt::Dot& visit, std::int64_t window, bool rate = true) {
    return visits([&](VisitDesk& desk) {
      return desk.finish(fresh(), seat(window), record_id(visit), {Outcome::Done, rate});
    });
  }
  crdt::Dot served(std::int64_t window = 1, bool rate = true) {
    const crdt::Dot visit = arrived();
    start(visit, window);
    return finish(visit, window, rate);
  }
  Visit told(const crdt::Dot& visit) {
    return *work([&](const DeskContext& at) { return VisitDesk(at).show(visit); });
  }
  std::string rated(const crdt::Dot& visit) {
    const auto said = told(visit).rated;
    if (!said) return "null";
    constexpr const char* kNames[] = {"invited", "rated", "declined", "not_rated"};
    return kNames[static_cast<std::size_t>(*said) - 1];
  }

  // ---- what they say

  std::optional<EvalInvitation> invitation(std::int64_t window) {
    return *work([&](const DeskContext& at) {
      return invitation_at(at.reads, at.own_biz(), window, key, at.wall);
    });
  }
  NewEvaluation tap(const crdt::Dot& visit, std::int64_t level) const {
    NewEvaluation wish;
    wish.visit = record_id(visit);
    wish.invitation = invitation_of(key, visit);
    wish.level = level;
    return wish;
  }
  NewEvaluation by_code(const std::string& code, std::int64_t level) const {
    NewEvaluation wish;
    wish.code = code;
    wish.level = level;
    return wish;
  }
  Result<crdt::Dot> evaluate_at(Site& site, const Intent& who, const NewEvaluation& wish) {
    return work_at(
        site, [&](const DeskContext& at) { return EvaluationDesk(at, key).evaluate(who, wish); });
  }
  Result<crdt::Dot> evaluate(const NewEvaluation& wish) {
    return evaluate_at(*city.station, fresh(), wish);
  }
  std::string said(const NewEvaluation& wish) { return refusal(evaluate(wish)); }
  VisitTally tally(Site& site) {
    return *work_at(site, [&](const DeskContext& at) {
      return tally_visits(at.reads, city.scope, day_number() - 1);
    });
  }
  VisitTally tally() { return tally(*city.station); }
  // How many of each level from 5 to 1, then those who chose not to, then who did not rate.
  std::string levels(Site& site) {
    const VisitTally all = tally(site);
    std::string out;
    for (const std::size_t level : {5U, 4U, 3U, 2U, 1U, 0U}) {
      out += std::to_string(all.levels[level]) + " ";
    }
    return out + std::to_string(all.unrated());
  }
  std::string levels() { return levels(*city.station); }

  // ---- the lists

  VerifyReport verified() {
    const auto root = sync::test::make_city(7).root.public_key();
    return verify(city.station->store(), root).value();
  }
  void verify_lists() {
    for (int round = 0; round < 2; ++round) {
      for (const VerifyFinding& one : verified().findings) BOOST_ERROR(one.what + " " + one.where);
      BOOST_REQUIRE(rebuild(city.station->store()).has_value());
    }
  }
  // Verify names the table after each damage; a rebuild heals it.
  void damage(const std::string& table, const std::vector<const char*>& damages) {
    for (const char* sql : damages) {
      city.station->store().sql().exec(sql);
      const VerifyReport report = verified();
      BOOST_REQUIRE_MESSAGE(!report.ok, sql);
      BOOST_TEST(report.findings.front().what == table, sql);
      BOOST_REQUIRE(rebuild(city.station->store()).has_value());
      BOOST_TEST(verified().ok, sql);
    }
  }

  RatingKey key = rating_key(Hash32{1, 2, 3});
  int keys = 0;
};

}  // namespace yizhan::node::test
