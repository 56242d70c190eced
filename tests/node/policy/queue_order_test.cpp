#include "node/policy/queue_order.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "node/policy/policy_file.h"

namespace yizhan::node {
namespace {

constexpr std::int64_t kMin = 60'000;
constexpr std::int64_t kBase = 1'790'000'000'000;
WallMs at(std::int64_t minute) { return {kBase + minute * kMin}; }

QueuePerson walk_in(const std::string& key, std::int64_t arrived) {
  QueuePerson person;
  person.key = key;
  person.arrived = at(arrived);
  person.group = "社会保障";
  return person;
}
QueuePerson booked(const std::string& key, std::int64_t arrived, std::int64_t slot) {
  QueuePerson person = walk_in(key, arrived);
  person.slot = at(slot);
  return person;
}
QueuePerson elder(const std::string& key, std::int64_t arrived) {
  QueuePerson person = walk_in(key, arrived);
  person.priority = Priority::Elder;
  return person;
}

const QueueRules kRules = default_policy().queue;

std::string order(const std::vector<QueuePerson>& people, std::int64_t now,
                  const QueueAsker& asker = {}, const std::vector<PastCall>& calls = {}) {
  static constexpr const char* kMarks[] = {"?", "due", "prio", "order", "long", "sent", "back"};
  std::string out;
  for (const QueuePlace& place : order_queue(people, calls, asker, at(now), kRules)) {
    out += (out.empty() ? "" : " ") + people[place.person].key + ":" +
           kMarks[static_cast<std::size_t>(place.reason)] + (place.ready_at ? "!" : "");
  }
  return out;
}

BOOST_AUTO_TEST_SUITE(queue_order_test)

BOOST_AUTO_TEST_CASE(walk_ins_go_by_arrival) {
  BOOST_TEST(order({walk_in("b", 5), walk_in("a", 3)}, 10) == "a:order b:order");
}

BOOST_AUTO_TEST_CASE(appointments_that_are_due_go_by_slot_then_priority_then_the_rest) {
  const std::vector<QueuePerson> people = {walk_in("w", 0), elder("e", 5), booked("y", 25, 40),
                                           booked("x", 26, 30)};
  BOOST_TEST(order(people, 30) == "x:due y:due e:prio w:order");
}

BOOST_AUTO_TEST_CASE(on_time_but_not_yet_due_waits_among_the_others) {
  const std::vector<QueuePerson> people = {walk_in("w", 0), booked("x", 10, 40)};
  BOOST_TEST(order(people, 24) == "w:order x:order");
  BOOST_TEST(order(people, 25) == "x:due w:order");
}

BOOST_AUTO_TEST_CASE(who_comes_early_waits_until_ready_I4) {
  const std::vector<QueuePerson> people = {booked("x", 0, 31), walk_in("w", 10)};
  BOOST_TEST(order(people, 15) == "w:order x:due!");
  BOOST_TEST(order(people, 16) == "x:due w:order");
  BOOST_TEST(order({booked("x", 0, 30)}, 15) == "x:due");  // 30 minutes are not early
}

BOOST_AUTO_TEST_CASE(who_comes_late_queues_among_walk_ins) {
  BOOST_TEST(order({walk_in("w", 40), booked("x", 46, 30)}, 50) == "w:order x:order");
  BOOST_TEST(order({walk_in("w", 40), booked("x", 45, 30)}, 50) == "x:due w:order");
  QueuePerson slow = booked("x", 60, 30);
  slow.priority = Priority::Disabled;
  BOOST_TEST(order({walk_in("w", 40), slow}, 61) == "x:due w:order");
  slow.arrived = at(61);
  BOOST_TEST(order({walk_in("w", 40), slow}, 62) == "x:prio w:order");
}

BOOST_AUTO_TEST_CASE(a_person_sent_to_a_window_is_first_there_and_nowhere_else) {
  QueuePerson sent = walk_in("s", 20);
  sent.transferred_to = 2;
  const std::vector<QueuePerson> people = {booked("x", 5, 30), sent, walk_in("w", 0)};
  BOOST_TEST(order(people, 30, {2, {}}) == "s:sent x:due w:order");
  BOOST_TEST(order(people, 30, {1, {}}) == "x:due w:order");
  BOOST_TEST(order(people, 30, {2, {"户籍与人口"}}) == "s:sent");
}

BOOST_AUTO_TEST_CASE(a_window_calls_the_groups_it_serves) {
  QueuePerson other = walk_in("o", 0);
  other.group = "户籍与人口";
  const std::vector<QueuePerson> people = {other, walk_in("w", 1)};
  BOOST_TEST(order(people, 5, {1, {"社会保障"}}) == "w:order");
  BOOST_TEST(order(people, 5, {1, {}}) == "o:order w:order");
}

BOOST_AUTO_TEST_CASE(after_three_preferred_calls_the_longest_wait_is_next_I3) {
  std::vector<QueuePerson> people = {walk_in("w", 0), walk_in("v", 1)};
  for (const char* key : {"e1", "e2", "e3", "e4", "e5"}) people.push_back(elder(key, 2));
  BOOST_TEST(order(people, 9) == "e1:prio e2:prio e3:prio w:long e4:prio e5:prio v:order");
  const std::vector<PastCall> calls = {{at(3), 1, QueueReason::Order},
                                       {at(4), 1, QueueReason::Priority},
                                       {at(5), 1, QueueReason::AppointmentDue},
                                       {at(6), 2, QueueReason::Priority},
                                       {at(7), 1, QueueReason::Priority}};
  BOOST_TEST(order(people, 9, {1, {}}, calls).starts_with("w:long e1:prio"));
  BOOST_TEST(order(people, 9, {2, {}}, calls).starts_with("e1:prio e2:prio w:long"));
}

BOOST_AUTO_TEST_CASE(who_was_missed_goes_behind_the_next_three) {
  QueuePerson back = walk_in("r", 0);
  back.returned = at(20);
  std::vector<QueuePerson> people = {back};
  for (const char* key : {"a", "b", "c", "d"}) people.push_back(walk_in(key, 5));
  BOOST_TEST(order(people, 21) == "a:order b:order c:order r:back d:order");
  const std::vector<PastCall> two = {{at(21), 1, QueueReason::Order},
                                     {at(22), 2, QueueReason::Order}};
  BOOST_TEST(order(people, 23, {}, two) == "a:order r:back b:order c:order d:order");
  BOOST_TEST(order({back, people[1]}, 21) == "a:order r:back");
  BOOST_TEST(order({back}, 21) == "r:back");
}

BOOST_AUTO_TEST_CASE(who_was_carried_over_comes_before_those_who_are_due) {
  QueuePerson carried = walk_in("c", -900);
  carried.carried = true;
  BOOST_TEST(order({booked("x", 5, 10), carried, elder("e", 0)}, 10) == "c:prio x:due e:prio");
}

// ---- properties

std::int64_t pick(std::mt19937& random, std::int64_t below) {
  return static_cast<std::int64_t>(random()) % below;
}

std::vector<QueuePerson> crowd(std::mt19937& random, std::size_t size) {
  std::vector<QueuePerson> people;
  for (std::size_t i = 0; i < size; ++i) {
    QueuePerson person = walk_in("k" + std::to_string(i), pick(random, 60));
    if (random() % 3 == 0) person.slot = at(pick(random, 6) * 30);
    if (random() % 4 == 0) person.priority = static_cast<Priority>(pick(random, 5));
    if (random() % 6 == 0) person.returned = at(pick(random, 60));
    if (random() % 8 == 0) person.transferred_to = 1 + pick(random, 3);
    person.carried = random() % 12 == 0;
    person.group = random() % 2 == 0 ? "社会保障" : "户籍与人口";
    people.push_back(person);
  }
  return people;
}

BOOST_AUTO_TEST_CASE(the_order_is_total_and_does_not_depend_on_how_people_are_given_I1_I2) {
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::vector<QueuePerson> people = crowd(random, 1 + random() % 14);
    std::vector<PastCall> calls;
    for (unsigned i = 0; i < random() % 5; ++i) {
      calls.push_back({at(pick(random, 60)), 1 + pick(random, 3),
                       static_cast<QueueReason>(1 + pick(random, 6))});
    }
    const std::string wanted = order(people, 60, {}, calls);
    BOOST_TEST(std::count(wanted.begin(), wanted.end(), ':') ==
               static_cast<std::ptrdiff_t>(people.size()));
    std::shuffle(people.begin(), people.end(), random);
    std::shuffle(calls.begin(), calls.end(), random);
    BOOST_TEST(order(people, 60, {}, calls) == wanted);
    const std::size_t not_ready = wanted.find('!');
    if (not_ready != std::string::npos) {  // I4: nobody who is ready stands behind
      std::size_t end = wanted.size();
      for (std::size_t at = wanted.find(' ', not_ready); at < end; at = wanted.find(' ', at + 1)) {
        const std::size_t next = std::min(wanted.find(' ', at + 1), end);
        BOOST_TEST(wanted[next - 1] == '!');
      }
    }
  }
}

// Preferred people keep coming for ever; everyone is called all the same.
BOOST_AUTO_TEST_CASE(nobody_starves_I3) {
  std::mt19937 random(12);
  for (int round = 0; round < 20; ++round) {
    std::vector<QueuePerson> people;
    people.reserve(10);
    for (int i = 0; i < 10; ++i) people.push_back(walk_in("w" + std::to_string(i), i));
    std::vector<PastCall> calls;
    std::set<std::string> called;
    std::int64_t now = 20;
    for (int call = 0; call < 60; ++call, ++now) {
      people.push_back(random() % 2 == 0 ? elder("e" + std::to_string(call), now)
                                         : booked("x" + std::to_string(call), now, now));
      const auto order = order_queue(people, calls, {1, {}}, at(now), kRules);
      called.insert(people[order.front().person].key);
      calls.push_back({at(now), 1, order.front().reason});
      people.erase(people.begin() + static_cast<std::ptrdiff_t>(order.front().person));
      // The i-th ordinary ticket within i + 1 times four calls.
      for (int i = 0; i < 10; ++i) {
        if (call + 1 >= 4 * (i + 1)) BOOST_TEST(called.contains("w" + std::to_string(i)));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node
