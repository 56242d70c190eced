// Evaluations over the shipped engine and real SQLite files: one per visit, unseen by who served.
#include "node/app/evaluation_desk.h"

#include <SQLiteCpp/Database.h>

#include "node/app/queue_view.h"
#include "node/app/record_history.h"
#include "node/app/slip_desk.h"
#include "tests/node/app/served.h"

namespace yizhan::node::test {
namespace {

struct Rating : Served {
  // The code, as it stands on a ticket or an evaluation slip that was printed.
  Result<Slip> slip(SlipKind kind, const crdt::Dot& visit) {
    NewSlip wish;
    wish.kind = kind;
    wish.id = record_id(visit);
    const auto counted =
        work([&](const DeskContext& at) { return SlipDesk(at, key).count(fresh(), wish); });
    if (!counted) return fail(counted);
    return work([&](const DeskContext& at) {
      return SlipDesk(at, key).fill(wish, {"荫营镇便民服务中心", "", "", "王敏", 1}, *counted);
    });
  }
  std::string code_on_ticket(const crdt::Dot& visit) {
    return std::get<TicketSlip>(slip(SlipKind::Ticket, visit)->content).evaluation_code;
  }
  FoundEvaluation evaluation(const crdt::Dot& visit) {
    const auto found =
        work([&](const DeskContext& at) { return evaluation_of(at.reads, at.own_biz(), visit); });
    BOOST_REQUIRE((found && *found));
    return **found;
  }
  std::string words(const crdt::Dot& visit) {
    const FoundEvaluation found = evaluation(visit);
    const RecordPlace place{city.scope, found.dot};
    return *PersonOpener(city.station->engine(), place, *found.state).shown(EvaluationField::Text);
  }
  std::int64_t reasons(const crdt::Dot& visit) {
    return number_of(*evaluation(visit).state, EvaluationField::Reasons).value_or(0);
  }
  QueueCounts counts() {
    return work([&](const DeskContext& at) {
             return show_queue({at.engine, at.reads, at.wall, at.policy, 0}, 1);
           })
        ->counts;
  }
};

constexpr std::int64_t kEditMs = 5'000;
constexpr std::int64_t kTimeoutMs = 60'000;
constexpr std::int64_t kGraceMs = 15'000;
constexpr std::int64_t kDayMs = 86'400'000;

BOOST_FIXTURE_TEST_SUITE(evaluation_desk_test, Rating)

// ---- by the tablet

BOOST_AUTO_TEST_CASE(who_was_served_is_invited_at_that_window_for_a_minute) {
  const crdt::Dot visit = served(1);
  BOOST_TEST(rated(visit) == "invited");
  BOOST_REQUIRE(invitation(1).has_value());
  BOOST_TEST(invitation(1)->visit == record_id(visit));
  BOOST_TEST(invitation(1)->invitation == invitation_of(key, visit));
  BOOST_TEST(invitation(1)->until.value == city.station->wall().value + kTimeoutMs);
  BOOST_TEST(!invitation(2).has_value());
  wait_ms(kTimeoutMs - 1);
  BOOST_TEST(invitation(1).has_value());
  wait_ms(1);
  BOOST_TEST(!invitation(1).has_value());
  BOOST_TEST(rated(visit) == "not_rated");
  BOOST_TEST(said(tap(visit, 5)) == "accepted");  // the tablet was still trying to save it
}

BOOST_AUTO_TEST_CASE(an_invitation_ends) {
  const crdt::Dot visit = served(1);
  wait_ms(kTimeoutMs + kGraceMs - 1);
  const crdt::Dot other = served(2);
  BOOST_TEST(said(tap(visit, 4)) == "accepted");
  wait_ms(kTimeoutMs + kGraceMs);
  BOOST_TEST(said(tap(other, 4)) == "Conflict invitation");
  BOOST_TEST(rated(other) == "not_rated");
}

BOOST_AUTO_TEST_CASE(a_tablet_invites_only_who_was_served_there_last) {
  const crdt::Dot first = served(1);
  wait_ms(1'000);
  const crdt::Dot second = served(1);
  BOOST_TEST(invitation(1)->visit == record_id(second));
  BOOST_TEST(said(tap(second, 5)) == "accepted");
  BOOST_TEST(!invitation(1).has_value());  // not the first one again
  wait_ms(1'000);
  served(1, false);
  BOOST_TEST(!invitation(1).has_value());
  BOOST_TEST(rated(first) == "invited");
}

BOOST_AUTO_TEST_CASE(who_serves_learns_whether_and_never_how) {
  const crdt::Dot visit = served();
  NewEvaluation wish = tap(visit, 1);
  wish.reasons = {"attitude"};
  wish.text = "态度不好";
  BOOST_TEST(said(wish) == "accepted");
  BOOST_TEST(rated(visit) == "rated");
  BOOST_TEST(words(visit) == "态度不好");
  BOOST_TEST(reasons(visit) == 2);
  BOOST_TEST(counts().rated == 1);
  BOOST_TEST(counts().unrated == 0);
  BOOST_TEST(levels() == "0 0 0 0 1 0 0");
}

// Whoever sees the log of a visit could work out the id of its evaluation.
BOOST_AUTO_TEST_CASE(no_history_tells_which_words_an_evaluation_has) {
  const crdt::Dot visit = served();
  NewEvaluation wish = tap(visit, 1);
  wish.reasons = {"attitude"};
  const auto evaluation = evaluate(wish);
  BOOST_REQUIRE(evaluation.has_value());
  const auto history = [&](const crdt::Dot& record) {
    return refusal(work([&](const DeskContext& at) {
      return history_of(at.engine.streams(), at.reads, {at.own_biz(), record});
    }));
  };
  BOOST_TEST(history(*evaluation) == "NotFound id");
  BOOST_TEST(history(visit) == "NotFound id");
}

BOOST_AUTO_TEST_CASE(it_may_be_changed_for_five_seconds_and_no_longer_I2) {
  const crdt::Dot visit = served();
  BOOST_TEST(said(tap(visit, 1)) == "accepted");
  wait_ms(kEditMs - 1);
  BOOST_TEST(said(tap(visit, 4)) == "accepted");
  BOOST_TEST(levels() == "0 1 0 0 0 0 0");
  wait_ms(1);  // counted from the first tap, not from the last
  BOOST_TEST(said(tap(visit, 5)) == "Conflict visit");
  BOOST_TEST(levels() == "0 1 0 0 0 0 0");
}

BOOST_AUTO_TEST_CASE(a_change_drops_what_was_said_before) {
  const crdt::Dot visit = served();
  NewEvaluation wish = tap(visit, 2);
  wish.reasons = {"long_wait", "other"};
  wish.text = "太久";
  BOOST_TEST(said(wish) == "accepted");
  BOOST_TEST(reasons(visit) == 17);
  BOOST_TEST(said(tap(visit, 5)) == "accepted");
  BOOST_TEST(reasons(visit) == 0);
  BOOST_TEST(words(visit) == "");
  wish.level = 1;
  BOOST_TEST(said(wish) == "accepted");
  BOOST_TEST(words(visit) == "太久");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_opens_nothing) {
  const crdt::Dot visit = served();
  BOOST_TEST(said(tap(visit, 1)) == "accepted");
  wait_ms(-1);
  BOOST_TEST(said(tap(visit, 5)) == "Conflict visit");
}

BOOST_AUTO_TEST_CASE(reasons_and_text_may_follow_once_I2) {
  const crdt::Dot visit = served();
  BOOST_TEST(said(tap(visit, 2)) == "accepted");
  wait_ms(kEditMs + 20'000);
  NewEvaluation more = tap(visit, 2);
  more.reasons = {"unclear"};
  NewEvaluation other = more;
  other.level = 1;
  BOOST_TEST(said(other) == "Conflict visit");
  BOOST_TEST(said(more) == "accepted");
  BOOST_TEST(reasons(visit) == 4);
  more.text = "还有";
  BOOST_TEST(said(more) == "Conflict visit");
  BOOST_TEST(levels() == "0 0 0 1 0 0 0");
}

BOOST_AUTO_TEST_CASE(nobody_is_made_to_rate_I3) {
  const crdt::Dot visit = served();
  const std::string code = code_on_ticket(visit);
  BOOST_TEST(said(tap(visit, 0)) == "accepted");
  BOOST_TEST(rated(visit) == "declined");
  BOOST_TEST(counts().rated == 0);
  BOOST_TEST(counts().unrated == 1);
  BOOST_TEST(levels() == "0 0 0 0 0 1 0");
  BOOST_TEST(!invitation(1).has_value());
  wait_ms(kEditMs);
  BOOST_TEST(said(tap(visit, 5)) == "Conflict visit");  // the tablet is somebody else's by now
  BOOST_TEST(said(by_code(code, 3)) == "accepted");
  BOOST_TEST(rated(visit) == "rated");
  BOOST_TEST(levels() == "0 0 1 0 0 0 0");
  wait_ms(kEditMs);
  BOOST_TEST(said(by_code(code, 5)) == "Conflict visit");
}

BOOST_AUTO_TEST_CASE(a_refusal_may_be_taken_back_and_a_rating_withdrawn_in_time) {
  const crdt::Dot visit = served();
  BOOST_TEST(said(tap(visit, 0)) == "accepted");
  BOOST_TEST(said(tap(visit, 5)) == "accepted");
  BOOST_TEST(rated(visit) == "rated");
  BOOST_TEST(said(tap(visit, 0)) == "accepted");
  BOOST_TEST(rated(visit) == "declined");
  BOOST_TEST(levels() == "0 0 0 0 0 1 0");
}

BOOST_AUTO_TEST_CASE(one_wish_is_one_evaluation_I1) {
  const crdt::Dot visit = served();
  const Intent once = fresh();
  const auto first = evaluate_at(*city.station, once, tap(visit, 5));
  wait_ms(kEditMs + kTimeoutMs);
  const auto again = evaluate_at(*city.station, once, tap(visit, 5));
  BOOST_REQUIRE((first && again));
  BOOST_TEST((*first == *again));
  const auto shown =
      work([&](const DeskContext& at) { return EvaluationDesk(at, key).show(*first); });
  BOOST_TEST(shown->visit == record_id(visit));
  BOOST_TEST(shown->editable_until.value == city.station->wall().value - kTimeoutMs);
  Intent other = once;
  other.request_hash[0] = 1;
  BOOST_TEST(refusal(evaluate_at(*city.station, other, tap(visit, 1))) ==
             "Conflict Idempotency-Key");
}

BOOST_AUTO_TEST_CASE(an_evaluation_and_its_visit_are_one_change_I4) {
  const crdt::Dot visit = served();
  const auto saved = city.station->engine().delivery().saved;
  BOOST_TEST(said(tap(visit, 5)) == "accepted");
  BOOST_TEST(city.station->engine().delivery().saved == saved + 1);
}

BOOST_AUTO_TEST_CASE(bad_input_is_refused_and_changes_nothing_I1) {
  const crdt::Dot visit = served();
  const crdt::Dot waiting = arrived();
  const auto saved = city.station->engine().delivery().saved;
  const auto with = [&](auto change) {
    NewEvaluation wish = tap(visit, 2);
    change(wish);
    return said(wish);
  };
  BOOST_TEST(with([](NewEvaluation& wish) { wish.level = 6; }) == "BadFormat level");
  BOOST_TEST(with([](NewEvaluation& wish) { wish.level = -1; }) == "BadFormat level");
  BOOST_TEST(with([](NewEvaluation& wish) { wish.reasons = {"weather"}; }) == "BadFormat reasons");
  BOOST_TEST(with([](NewEvaluation& wish) {
               wish.level = 3;
               wish.reasons = {"other"};
             }) == "BadFormat reasons");
  BOOST_TEST(with([](NewEvaluation& wish) {
               wish.level = 0;
               wish.reasons = {"other"};
             }) == "BadFormat reasons");
  BOOST_TEST(with([](NewEvaluation& wish) {
               wish.level = 0;
               wish.text = "字";
             }) == "BadFormat text");
  BOOST_TEST(with([](NewEvaluation& wish) { wish.invitation[0] ^= 1; }) == "NotFound invitation");
  BOOST_TEST(with([](NewEvaluation& wish) { wish.visit = "zz"; }) == "NotFound invitation");
  BOOST_TEST(with([&](NewEvaluation& wish) { wish.visit = record_id(waiting); }) ==
             "NotFound invitation");
  BOOST_TEST(said(tap(waiting, 5)) == "NotFound invitation");
  BOOST_TEST(said(tap(served(2, false), 5)) == "NotFound invitation");
  BOOST_TEST(city.station->engine().delivery().saved == saved + 4);  // those of the last visit
  BOOST_TEST(levels() == "0 0 0 0 0 0 2");
}

// ---- by the code of the slip

BOOST_AUTO_TEST_CASE(the_code_of_a_ticket_rates_the_visit_once_it_is_over_I3) {
  const crdt::Dot visit = arrived();
  const std::string code = code_on_ticket(visit);
  BOOST_TEST(code.size() == 12U);
  BOOST_TEST(said(by_code(code, 5)) == "Conflict code");
  start(visit, 1);
  BOOST_TEST(said(by_code(code, 5)) == "Conflict code");
  finish(visit, 1, false);
  BOOST_TEST(rated(visit) == "not_rated");
  BOOST_TEST(said(by_code(code, 5)) == "accepted");
  BOOST_TEST(rated(visit) == "rated");
}

BOOST_AUTO_TEST_CASE(a_code_is_good_for_fifteen_days_after_the_visit) {
  const crdt::Dot visit = served();
  const crdt::Dot other = served();
  const std::string code = code_on_ticket(visit);
  const std::string late = code_on_ticket(other);
  wait_ms(policy.evaluation.invite_days * kDayMs - 1);
  BOOST_TEST(said(by_code(code, 2)) == "accepted");
  wait_ms(1);
  BOOST_TEST(said(by_code(late, 2)) == "NotFound code");
  BOOST_TEST(policy.evaluation.invite_days == 15);
}

BOOST_AUTO_TEST_CASE(a_code_is_read_however_it_is_typed) {
  const crdt::Dot visit = served();
  const std::string code = code_on_ticket(visit);
  std::string typed = "yz1:";
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) typed += i == 4 ? "-" : " ";
    typed += static_cast<char>(std::tolower(code[i]));
  }
  BOOST_TEST(said(by_code(typed, 4)) == "accepted");
  std::string wrong = code;
  wrong[3] = wrong[3] == 'A' ? 'B' : 'A';
  BOOST_TEST(said(by_code(wrong, 4)) == "NotFound code");
  BOOST_TEST(said(by_code("", 4)) == "NotFound invitation");
}

BOOST_AUTO_TEST_CASE(a_code_that_was_never_printed_opens_nothing) {
  const crdt::Dot visit = served();
  BOOST_TEST(said(by_code(rating_code(key, visit), 5)) == "NotFound code");
}

BOOST_AUTO_TEST_CASE(every_copy_bears_the_same_code_and_no_record_tells_it_I2) {
  const crdt::Dot visit = served();
  const std::string code = code_on_ticket(visit);
  BOOST_TEST(slip(SlipKind::Ticket, visit)->frame.copy == 2);
  const auto second = slip(SlipKind::Evaluation, visit);
  BOOST_TEST(second->frame.copy == 1);
  BOOST_TEST(std::get<EvaluationSlip>(second->content).code == code);
  BOOST_TEST(invitation_of(key, visit).find(code) == std::string::npos);
  BOOST_TEST(rating_code(rating_key(Hash32{9}), visit) != code);
  BOOST_TEST(rating_code(key, served()) != code);
  const auto state = city.station->store().entity(city.scope, visit);
  BOOST_TEST((bytes_of(**state, VisitField::RatingToken).size() == 16U));
}

BOOST_AUTO_TEST_CASE(what_was_rated_at_the_tablet_is_not_rated_again_with_the_slip_I2) {
  const crdt::Dot visit = served();
  const std::string code = code_on_ticket(visit);
  BOOST_TEST(said(tap(visit, 5)) == "accepted");
  wait_ms(kEditMs);
  BOOST_TEST(said(by_code(code, 1)) == "Conflict visit");
  BOOST_TEST(levels() == "1 0 0 0 0 0 0");
}

// ---- slips

BOOST_AUTO_TEST_CASE(a_ticket_tells_who_is_ahead_and_when) {
  arrived();
  const crdt::Dot visit = arrived();
  const Slip printed = *slip(SlipKind::Ticket, visit);
  const auto& ticket = std::get<TicketSlip>(printed.content);
  BOOST_TEST(ticket.ticket == "A002");
  BOOST_TEST(ticket.item == "城乡居民养老保险参保登记");
  BOOST_TEST(ticket.ahead == 1);
  BOOST_TEST(!ticket.taken_at.empty());
  BOOST_TEST(ticket.appointment == "");
  BOOST_TEST(printed.frame.copy == 1);
}

BOOST_AUTO_TEST_CASE(an_evaluation_slip_is_for_a_service_that_is_over_and_not_rated) {
  const crdt::Dot visit = arrived();
  BOOST_TEST(refusal(slip(SlipKind::Evaluation, visit)) == "Conflict id");
  start(visit, 2);
  BOOST_TEST(refusal(slip(SlipKind::Evaluation, visit)) == "Conflict id");
  wait_ms(14 * 60'000);
  finish(visit, 2);
  const Slip printed = *slip(SlipKind::Evaluation, visit);
  const auto& content = std::get<EvaluationSlip>(printed.content);
  BOOST_TEST(content.window == "2号窗口");
  BOOST_TEST(
      content.served_at.ends_with("–" + minute_text(china_moment(city.station->wall()).minute)));
  BOOST_TEST(said(by_code(content.code, 2)) == "accepted");
  BOOST_TEST(refusal(slip(SlipKind::Evaluation, visit)) == "Conflict visit");
  BOOST_TEST(refusal(slip(SlipKind::Complaint, visit)) == "NotFound id");
}

// ---- together with other nodes

BOOST_AUTO_TEST_CASE(two_nodes_that_rate_one_visit_apart_agree_on_one_evaluation) {
  const crdt::Dot visit = served();
  city.run(2'000);
  wait_ms(10);
  BOOST_REQUIRE(evaluate_at(*city.hub, intent("above"), tap(visit, 1)).has_value());
  city.hub->now.value += 10;
  city.station->now.value += 10;
  BOOST_REQUIRE(evaluate_at(*city.station, intent("here"), tap(visit, 5)).has_value());
  city.run(3'000);
  BOOST_TEST(levels(*city.station) == levels(*city.hub));
  const VisitTally all = tally();
  BOOST_TEST(all.rated() == 1);
  const bool hub_first = city.hub->wall() <= city.station->wall();
  BOOST_TEST(levels() == (hub_first ? "0 0 0 0 1 0 0" : "1 0 0 0 0 0 0"));
  BOOST_TEST(rated(visit) == "rated");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(a_rating_stands_against_a_refusal_written_beside_it_I2) {
  for (const std::int64_t here : {0, 4}) {
    const crdt::Dot visit = served();
    city.run(2'000);
    BOOST_REQUIRE(evaluate_at(*city.station, fresh(), tap(visit, here)).has_value());
    wait_ms(10);
    BOOST_REQUIRE(evaluate_at(*city.hub, fresh(), tap(visit, 4 - here)).has_value());
    city.run(3'000);
    BOOST_TEST(rated(visit) == "rated");
    BOOST_TEST(evaluation(visit).level() == 4);
  }
  BOOST_TEST(levels(*city.hub) == levels(*city.station));
  BOOST_TEST(levels() == "0 2 0 0 0 0 0");
}

BOOST_AUTO_TEST_CASE(the_code_is_right_wherever_the_visit_is_known) {
  const crdt::Dot visit = served();
  const std::string code = code_on_ticket(visit);
  city.run(2'000);
  key = rating_key(Hash32{42});  // the hub's own key
  BOOST_TEST(refusal(evaluate_at(*city.hub, fresh(), by_code(code, 4))) == "accepted");
  city.run(2'000);
  BOOST_TEST(rated(visit) == "rated");
}

// ---- in sums and lists

BOOST_AUTO_TEST_CASE(sums_count_a_visit_once_and_leave_out_who_did_not_rate) {
  BOOST_TEST(!tally().satisfaction_pct().has_value());
  BOOST_TEST(!tally().average_wait_min().has_value());
  for (const std::int64_t level : {5, 5, 4, 3, 2, 1, 0}) said(tap(served(), level));
  served();
  const VisitTally all = tally();
  BOOST_TEST(levels() == "2 1 1 1 1 1 1");
  BOOST_TEST(all.finished == 8);
  BOOST_TEST(all.rated() == 6);
  BOOST_TEST(*all.satisfaction_pct() == 50);
  VisitTally two = all;
  two.add(all);
  BOOST_TEST(two.rated() == 12);
  BOOST_TEST(*two.satisfaction_pct() == 50);
  BOOST_TEST(*two.average_wait_min() == *all.average_wait_min());
}

BOOST_AUTO_TEST_CASE(waiting_is_counted_to_the_call_and_rounded) {
  const crdt::Dot first = arrived();
  const crdt::Dot second = arrived();
  wait_ms(4 * 60'000);
  start(first, 1);
  wait_ms(5 * 60'000);
  start(second, 2);
  finish(first, 1);
  finish(second, 2);
  BOOST_TEST(*tally().average_wait_min() == 7);  // 4 and 9: 6.5
}

BOOST_AUTO_TEST_CASE(a_finish_that_was_undone_does_not_undo_what_was_said) {
  const crdt::Dot visit = served();
  BOOST_TEST(said(tap(visit, 1)) == "accepted");
  const auto state = *city.station->store().entity(city.scope, visit);
  sync::Draft draft = empty_draft(city.scope);
  RecordEdit(visit, *state).clear(VisitField::Rated).move(crdt::Visit::InService).into(draft);
  BOOST_REQUIRE(city.station->write(draft).has_value());
  city.station->commit();
  BOOST_TEST(rated(visit) == "null");
  BOOST_TEST(!invitation(1).has_value());
  finish(visit, 1);
  BOOST_TEST(rated(visit) == "rated");
  BOOST_TEST(levels() == "0 0 0 0 1 0 0");
  verify_lists();
}

BOOST_AUTO_TEST_CASE(lists_are_checked_and_rebuilt) {
  const crdt::Dot visit = served();
  code_on_ticket(visit);
  BOOST_TEST(said(tap(visit, 5)) == "accepted");
  verify_lists();
  damage("served",
         {"DELETE FROM served", "UPDATE served SET desk = 9", "UPDATE served SET at = 1"});
  damage("rateable", {"DELETE FROM rateable", "UPDATE rateable SET token = token + 1"});
  damage("rating", {"DELETE FROM rating", "UPDATE rating SET visit = id"});
  wait_ms(kEditMs);
  BOOST_TEST(said(tap(visit, 1)) == "Conflict visit");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
