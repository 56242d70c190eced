#include "crdt/life.h"

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt {
using namespace test;
using enum Appointment;

namespace {

constexpr std::array kAll = {
    Submitted,   Confirmed,         Tentative, CounterOffered, Rejected,           Waitlisted,
    Rescheduled, CancelledByClient, CheckedIn, InService,      CancelledByStation, Fulfilled,
    NoShow,      NoShowExcused,     Expired};

constexpr std::uint8_t kArrived = static_cast<std::uint8_t>(LifeTask::ArrivedAfterCancel);
constexpr std::uint8_t kCancel = static_cast<std::uint8_t>(LifeTask::CancelAgainstReschedule);
constexpr std::uint8_t kCompeting = static_cast<std::uint8_t>(LifeTask::CompetingReschedules);
constexpr std::uint8_t kNoShow = static_cast<std::uint8_t>(LifeTask::RescheduleAgainstNoShow);
constexpr std::uint8_t kDisputed = static_cast<std::uint8_t>(LifeTask::Disputed);

std::vector<LifeHead> heads_of(const std::vector<Appointment>& states) {
  std::vector<LifeHead> heads;
  heads.reserve(states.size());
  std::uint8_t writer = 1;
  for (const Appointment state : states) {
    heads.push_back({dot(writer++, 1), hlc_at({writer}), static_cast<LifeState>(state)});
  }
  return heads;
}

AppointmentOutcome resolve(const std::vector<Appointment>& states) {
  return resolve_appointment(heads_of(states));
}

// Section 5 said once more, over the set of states alone.
AppointmentOutcome expected(const std::vector<Appointment>& states) {
  const auto count = [&](Appointment s) { return std::count(states.begin(), states.end(), s); };
  const auto any = [&](Appointment s) { return count(s) > 0; };
  const bool cancelled = any(CancelledByClient) || any(CancelledByStation);
  if (states.size() == 1) return {states[0] == Rescheduled ? Confirmed : states[0], 0};
  for (const Appointment s : {Fulfilled, InService, CheckedIn}) {
    if (any(s)) return {s, cancelled || any(Rescheduled) ? kArrived : std::uint8_t{0}};
  }
  if (any(CancelledByStation)) return {CancelledByStation, 0};
  if (any(CancelledByClient)) {
    return {CancelledByClient, any(Rescheduled) ? kCancel : std::uint8_t{0}};
  }
  if (any(Rescheduled)) {
    return {Confirmed, static_cast<std::uint8_t>((count(Rescheduled) > 1 ? kCompeting : 0) |
                                                 (any(NoShow) ? kNoShow : 0))};
  }
  if (any(NoShow)) return {NoShow, 0};
  if (count(states[0]) == static_cast<std::ptrdiff_t>(states.size())) return {states[0], 0};
  return {Disputed, kDisputed};
}

// Every choice of `size` states out of all, with repetition, in ascending order of place.
void for_each_choice(std::size_t size,
                     const std::function<void(std::vector<std::size_t>&)>& visit) {
  std::vector<std::size_t> chosen(size, 0);
  for (;;) {
    visit(chosen);
    std::size_t at = size;
    while (at > 0 && chosen[at - 1] == kAll.size() - 1) --at;
    if (at == 0) return;
    const std::size_t next = chosen[at - 1] + 1;
    std::fill(chosen.begin() + static_cast<std::ptrdiff_t>(at) - 1, chosen.end(), next);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(life_test)

BOOST_AUTO_TEST_CASE(each_rule_of_the_table) {
  const auto check = [](const std::vector<Appointment>& states, Appointment state,
                        std::uint8_t tasks = 0) {
    const AppointmentOutcome wanted{state, tasks};
    BOOST_TEST(resolve(states) == wanted);
  };
  check({Confirmed}, Confirmed);
  check({Rescheduled}, Confirmed);
  // What happened at the counter wins.
  check({CheckedIn, InService}, InService);
  check({CheckedIn, Fulfilled, InService}, Fulfilled);
  check({CheckedIn, CancelledByClient}, CheckedIn, kArrived);
  check({InService, CancelledByStation}, InService, kArrived);
  check({Fulfilled, Rescheduled}, Fulfilled, kArrived);
  check({CheckedIn, NoShow}, CheckedIn);
  check({CheckedIn, Confirmed}, CheckedIn);
  // Cancels.
  check({CancelledByStation, CancelledByClient}, CancelledByStation);
  check({CancelledByStation, Rescheduled}, CancelledByStation);
  check({CancelledByClient, Rescheduled}, CancelledByClient, kCancel);
  check({CancelledByClient, NoShow}, CancelledByClient);
  check({CancelledByClient, Confirmed}, CancelledByClient);
  check({CancelledByStation, Submitted}, CancelledByStation);
  // Reschedules.
  check({Rescheduled, Rescheduled}, Confirmed, kCompeting);
  check({Rescheduled, NoShow}, Confirmed, kNoShow);
  check({Rescheduled, Rescheduled, NoShow}, Confirmed, kCompeting | kNoShow);
  check({Rescheduled, Confirmed}, Confirmed);
  // The rest.
  check({NoShow, Confirmed}, NoShow);
  check({NoShow, NoShow}, NoShow);
  check({Tentative, Tentative}, Tentative);
  check({Tentative, Rejected}, Disputed, kDisputed);
  check({Confirmed, Rejected}, Disputed, kDisputed);
}

BOOST_AUTO_TEST_CASE(a_single_head_resolves_to_itself_without_a_task_I2) {
  for (const Appointment state : kAll) {
    const AppointmentOutcome wanted{state == Rescheduled ? Confirmed : state, 0};
    BOOST_TEST(resolve({state}) == wanted);
  }
}

// Every multiset of one to four heads, in every order of arrival and of dots.
BOOST_AUTO_TEST_CASE(every_set_of_up_to_four_heads_has_one_outcome_in_every_order_I1) {
  std::size_t orders = 0;
  std::size_t wrong = 0;
  for (std::size_t size = 1; size <= 4; ++size) {
    for_each_choice(size, [&](std::vector<std::size_t>& chosen) {
      std::vector<Appointment> states;
      states.reserve(chosen.size());
      for (const std::size_t at : chosen) states.push_back(kAll[at]);
      const AppointmentOutcome wanted = expected(states);
      std::sort(states.begin(), states.end());
      do {
        wrong += resolve(states) == wanted ? 0 : 1;
        ++orders;
      } while (std::next_permutation(states.begin(), states.end()));
    });
  }
  BOOST_TEST(wrong == 0U);
  BOOST_TEST_MESSAGE("head orders checked: " << orders);
  BOOST_TEST(orders == 15U + 225U + 3375U + 50625U);
}

// Every subset, in each order in which one of its heads comes first, forwards and backwards: 15
// heads have more orders than can be tried.
BOOST_AUTO_TEST_CASE(every_subset_of_all_states_has_the_declared_outcome_I1) {
  std::size_t orders = 0;
  std::size_t wrong = 0;
  for (std::uint32_t bits = 1; bits < 1U << kAll.size(); ++bits) {
    std::vector<Appointment> states;
    for (std::size_t i = 0; i < kAll.size(); ++i) {
      if ((bits >> i & 1U) != 0) states.push_back(kAll[i]);
    }
    const AppointmentOutcome wanted = expected(states);
    for (std::size_t turn = 0; turn < 2 * states.size(); ++turn) {
      wrong += resolve(states) == wanted ? 0 : 1;
      ++orders;
      std::rotate(states.begin(), states.begin() + 1, states.end());
      if (turn + 1 == states.size()) std::reverse(states.begin(), states.end());
    }
  }
  BOOST_TEST(wrong == 0U);
  BOOST_TEST(orders == 491'520U);  // twice the sum of k over all subsets of k heads
}

BOOST_AUTO_TEST_CASE(an_undo_of_the_winner_brings_the_loser_back_I3) {
  Replica replica;
  const Dot e = dot(1, 1);
  replica.admit(change(1, 1, 1, {{e, EntNew{1}}, {e, LifeTo{LifeState(Confirmed), {}}}}));
  replica.admit(change(2, 1, 2, {{e, LifeTo{LifeState(CancelledByClient), {dot(1, 1, 1)}}}}));
  replica.admit(change(3, 1, 3, {{e, LifeTo{LifeState(CheckedIn), {dot(1, 1, 1)}}}}));
  BOOST_TEST(resolve_appointment(replica.at(e).life).state == CheckedIn);
  // The check-in was a mistake: its writer moves its own head back, having seen only that.
  replica.admit(change(3, 2, 4, {{e, LifeTo{LifeState(Confirmed), {dot(3, 1)}}}}));
  const AppointmentOutcome undone{CancelledByClient, 0};
  BOOST_TEST(resolve_appointment(replica.at(e).life) == undone);
}

BOOST_AUTO_TEST_CASE(people_may_move_along_the_table_and_back) {
  const std::vector<std::pair<Appointment, Appointment>> allowed = {
      {Submitted, Confirmed},         {Submitted, Tentative},
      {Submitted, Rejected},          {Submitted, Waitlisted},
      {Tentative, Confirmed},         {Tentative, CounterOffered},
      {Waitlisted, Confirmed},        {Confirmed, Rescheduled},
      {Confirmed, CancelledByClient}, {Confirmed, CancelledByStation},
      {Confirmed, CheckedIn},         {Confirmed, NoShow},
      {CheckedIn, InService},         {InService, Fulfilled},
      {NoShow, NoShowExcused},        {CheckedIn, Confirmed},
      {CancelledByClient, Confirmed}, {NoShowExcused, NoShow}};
  for (const auto& [from, to] : allowed) {
    BOOST_TEST(may_move(from, to), "from " << from << " to " << to);
  }
  const std::vector<std::pair<Appointment, Appointment>> refused = {
      {Rejected, Confirmed},  {Expired, Confirmed},   {Fulfilled, CancelledByClient},
      {Confirmed, Fulfilled}, {Confirmed, Submitted}, {CancelledByClient, NoShow},
      {Submitted, Fulfilled}, {NoShow, Fulfilled}};
  for (const auto& [from, to] : refused) {
    BOOST_TEST(!may_move(from, to), "from " << from << " to " << to);
  }
  for (const Appointment from : kAll) BOOST_TEST(!may_move(from, Disputed));
}

// ---- visits

namespace {

constexpr std::array kVisits = {Visit::Waiting, Visit::Called,   Visit::InService,
                                Visit::OnHold,  Visit::Missed,   Visit::Finished,
                                Visit::Left,    Visit::Withdrawn};

VisitOutcome resolve_all(const std::vector<Visit>& states) {
  std::vector<LifeHead> heads;
  heads.reserve(states.size());
  std::uint8_t writer = 1;
  for (const Visit state : states) {
    heads.push_back({dot(writer++, 1), hlc_at({writer}), static_cast<LifeState>(state)});
  }
  return resolve_visit(heads);
}

// The rule said once more: a rank for each state, and a task when a service stands beside a leave.
VisitOutcome expected_visit(const std::vector<Visit>& states) {
  const auto rank = [](Visit state) {
    switch (state) {
      case Visit::Finished: return 0;
      case Visit::InService: return 1;
      case Visit::OnHold: return 2;
      case Visit::Left: return 3;
      case Visit::Called: return 4;
      case Visit::Missed: return 5;
      case Visit::Waiting: return 6;
      default: return 7;
    }
  };
  const Visit best = *std::min_element(states.begin(), states.end(),
                                       [&](Visit a, Visit b) { return rank(a) < rank(b); });
  const bool gone = std::any_of(states.begin(), states.end(), [](Visit state) {
    return state == Visit::Left || state == Visit::Withdrawn;
  });
  return {best, rank(best) < 3 && gone ? kArrived : std::uint8_t{0}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_subset_of_visit_states_resolves_alike_in_every_order_I1) {
  std::size_t wrong = 0;
  std::size_t orders = 0;
  for (std::uint32_t bits = 1; bits < 1U << kVisits.size(); ++bits) {
    std::vector<Visit> states;
    for (std::size_t i = 0; i < kVisits.size(); ++i) {
      if ((bits >> i & 1U) != 0) states.push_back(kVisits[i]);
    }
    const VisitOutcome wanted = expected_visit(states);
    std::sort(states.begin(), states.end());
    do {
      wrong += resolve_all(states) == wanted ? 0 : 1;
      ++orders;
    } while (std::next_permutation(states.begin(), states.end()));
  }
  BOOST_TEST(wrong == 0U);
  BOOST_TEST(orders == 109'600U);  // sum over k of 8!/(8-k)!
}

BOOST_AUTO_TEST_CASE(a_single_visit_head_resolves_to_itself_and_strangers_are_disputed_I2) {
  for (const Visit state : kVisits) BOOST_TEST((resolve_all({state}) == VisitOutcome{state, 0}));
  BOOST_TEST((resolve_all({Visit::Waiting, Visit::Waiting}) == VisitOutcome{Visit::Waiting, 0}));
  const auto stranger = static_cast<Visit>(40);
  const auto other = static_cast<Visit>(41);
  BOOST_TEST((resolve_all({stranger, other}) == VisitOutcome{Visit::Disputed, kDisputed}));
}

BOOST_AUTO_TEST_CASE(visits_move_along_the_arrows_and_no_other) {
  const std::vector<std::pair<Visit, Visit>> refused = {
      {Visit::Waiting, Visit::InService}, {Visit::Waiting, Visit::Finished},
      {Visit::Waiting, Visit::Missed},    {Visit::Called, Visit::Finished},
      {Visit::Called, Visit::OnHold},     {Visit::InService, Visit::Missed},
      {Visit::OnHold, Visit::Finished},   {Visit::OnHold, Visit::Called},
      {Visit::Missed, Visit::InService},  {Visit::Missed, Visit::Finished},
      {Visit::Finished, Visit::Waiting},  {Visit::Finished, Visit::Left},
      {Visit::Left, Visit::Finished},     {Visit::Withdrawn, Visit::Waiting}};
  for (const auto& [from, to] : refused) BOOST_TEST(!may_move(from, to));
  const std::vector<std::pair<Visit, Visit>> allowed = {
      {Visit::Waiting, Visit::Called},     {Visit::Called, Visit::InService},
      {Visit::InService, Visit::Finished}, {Visit::InService, Visit::OnHold},
      {Visit::OnHold, Visit::InService},   {Visit::Called, Visit::Missed},
      {Visit::Missed, Visit::Waiting},     {Visit::InService, Visit::Waiting},
      {Visit::Finished, Visit::InService}, {Visit::Missed, Visit::Called}};
  for (const auto& [from, to] : allowed) BOOST_TEST(may_move(from, to));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::crdt
