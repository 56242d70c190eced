#include "crdt/entity_state.h"

#include <boost/test/unit_test.hpp>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt {
using namespace test;

namespace {

const Dot kE = dot(1, 1);

Op set(FieldId field, std::int64_t value, std::vector<Dot> over = {}) {
  return {kE, RegSet{{{field, value, std::move(over)}}}};
}
std::int64_t number(const RegSibling* sibling) {
  return sibling == nullptr ? -1 : std::get<std::int64_t>(sibling->value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(entity_state_test)

BOOST_AUTO_TEST_CASE(a_write_that_saw_another_replaces_it_whatever_the_stamps_say_I2) {
  Replica replica;
  replica.admit(change(1, 1, 9000, {set(1, 10)}));
  replica.admit(change(2, 1, 5, {set(1, 20, {dot(1, 1)})}));
  BOOST_TEST(number(replica.at(kE).shown(1)) == 20);
  BOOST_TEST(replica.at(kE).siblings(1).size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_concurrent_writes_the_later_stamp_is_shown_and_the_other_kept_I2) {
  Replica replica;
  replica.admit(change(1, 1, 200, {set(1, 10)}));
  replica.admit(change(2, 1, 100, {set(1, 20)}));
  BOOST_TEST(number(replica.at(kE).shown(1)) == 10);
  BOOST_TEST(replica.at(kE).dots_of(1) == (std::vector{dot(1, 1), dot(2, 1)}),
             boost::test_tools::per_element());
  replica.admit(change(3, 1, 200, {set(1, 30)}));
  BOOST_TEST(number(replica.at(kE).shown(1)) == 30);  // equal stamps: the greater dot
  BOOST_TEST((replica.at(kE).shown(2) == nullptr));
}

BOOST_AUTO_TEST_CASE(a_write_replaced_before_it_arrives_never_stands_but_its_own_over_counts) {
  Replica replica;
  replica.admit(change(1, 1, 1, {set(1, 10)}));
  replica.admit(change(3, 1, 3, {set(1, 30, {dot(2, 1)})}));
  const std::vector<KilledDot> awaited{{1, dot(2, 1)}};
  BOOST_TEST((replica.at(kE).killed == awaited));
  replica.admit(change(2, 1, 2, {set(1, 20, {dot(1, 1)})}));
  BOOST_TEST(replica.at(kE).dots_of(1) == (std::vector{dot(3, 1)}),
             boost::test_tools::per_element());
  BOOST_TEST(replica.at(kE).killed.empty());
}

BOOST_AUTO_TEST_CASE(the_fields_of_one_register_write_are_replaced_one_by_one) {
  Replica replica;
  replica.admit(change(3, 1, 3, {set(2, 30, {dot(2, 1)})}));
  replica.admit(change(2, 1, 2, {{kE, RegSet{{{1, Value{1}, {}}, {2, Value{2}, {}}}}}}));
  BOOST_TEST(number(replica.at(kE).shown(1)) == 1);
  BOOST_TEST(number(replica.at(kE).shown(2)) == 30);
  BOOST_TEST(replica.at(kE).siblings(2).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_write_cannot_replace_itself_and_may_replace_a_later_one_of_its_change) {
  Replica replica;
  replica.admit(change(1, 1, 1, {set(1, 10, {dot(1, 1, 0)}), set(1, 11)}));
  BOOST_TEST(replica.at(kE).siblings(1).size() == 2U);
  replica.admit(change(2, 1, 1, {set(2, 20, {dot(2, 1, 1)}), set(2, 21)}));
  BOOST_TEST(replica.at(kE).dots_of(2) == (std::vector{dot(2, 1, 0)}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_admitted_dot_is_never_awaited_I4) {
  Replica replica;
  replica.admit(change(1, 1, 1, {set(1, 10)}));
  replica.admit(change(1, 2, 2, {set(1, 11, {dot(1, 1)})}));
  replica.admit(change(2, 1, 3, {set(1, 20, {dot(1, 1)})}));
  BOOST_TEST(replica.at(kE).killed.empty());
  BOOST_TEST(replica.at(kE).siblings(1).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_removal_takes_only_the_adds_it_saw) {
  Replica replica;
  replica.admit(change(1, 1, 1, {{kE, SetAdd{5, std::string("甲")}}}));
  replica.admit(change(2, 1, 2, {{kE, SetAdd{5, std::string("甲")}}}));
  replica.admit(change(3, 1, 3, {{kE, SetRem{5, {dot(1, 1)}}}}));
  BOOST_REQUIRE(replica.at(kE).sets.size() == 1U);
  BOOST_TEST(replica.at(kE).sets[0].dot == dot(2, 1));
  // A removal that comes before its add.
  replica.admit(change(3, 2, 4, {{kE, SetRem{5, {dot(2, 2)}}}}));
  replica.admit(change(2, 2, 5, {{kE, SetAdd{5, std::string("乙")}}}));
  BOOST_TEST(replica.at(kE).sets.size() == 1U);
}

// No honest writer removes a register with a set's removal; one that does must not part replicas.
BOOST_AUTO_TEST_CASE(a_removal_that_names_a_register_gives_one_state_in_both_orders_I1) {
  const Change written = change(1, 1, 1, {set(5, 10)});
  const Change removal = change(2, 1, 2, {{kE, SetRem{5, {dot(1, 1)}}}});
  Replica forth;
  forth.admit(written);
  forth.admit(removal);
  Replica back;
  back.admit(removal);
  back.admit(written);
  BOOST_TEST(forth.at(kE) == back.at(kE));
  BOOST_TEST((forth.root() == back.root()));
}

BOOST_AUTO_TEST_CASE(counters_add_up_by_stream_and_saturate) {
  Replica replica;
  replica.admit(change(1, 1, 1, {{kE, CntInc{3, INT64_MAX}}, {kE, CntInc{3, 1}}}));
  replica.admit(change(2, 1, 1, {{kE, CntInc{3, -5}}, {kE, CntInc{4, INT64_MIN}}}));
  BOOST_TEST(replica.at(kE).counter(3) == INT64_MAX - 5);
  replica.admit(change(2, 2, 1, {{kE, CntInc{4, -1}}}));
  BOOST_TEST(replica.at(kE).counter(4) == INT64_MIN);
  BOOST_TEST(replica.at(kE).counter(9) == 0);
  BOOST_TEST(replica.at(kE).counters.size() == 3U);
}

BOOST_AUTO_TEST_CASE(only_its_own_creation_says_what_an_entity_is) {
  Replica replica;
  replica.admit(change(2, 1, 1, {{kE, EntNew{66}}}));
  BOOST_TEST(!replica.at(kE).kind.has_value());
  replica.admit(change(1, 1, 1, {{kE, EntNew{7}}}));
  BOOST_TEST(replica.at(kE).kind.value() == 7);
  replica.admit(change(2, 2, 2, {{kE, EntNew{66}}}));
  BOOST_TEST(replica.at(kE).kind.value() == 7);
}

BOOST_AUTO_TEST_CASE(a_delete_tells_of_what_it_had_not_seen_and_is_final_I3) {
  Replica replica;
  replica.admit(change(1, 1, 1, {{kE, EntNew{7}}, set(1, 10), {kE, LifeTo{2, {}}}}));
  replica.admit(change(2, 1, 2, {set(1, 20)}));
  replica.admit(change(3, 1, 3, {{kE, EntDel{{dot(1, 1, 1), dot(1, 1, 2)}}}}));
  BOOST_TEST(replica.notes.unseen_by_delete == (std::vector{dot(2, 1)}),
             boost::test_tools::per_element());
  EntityState grave;
  grave.deleted = true;
  BOOST_TEST((replica.at(kE) == grave));
  replica.admit(change(2, 2, 4, {set(1, 21), {kE, Opaque{99, {1}}}, {kE, EntDel{}}}));
  BOOST_TEST(replica.notes.unseen_by_delete == (std::vector{dot(2, 1), dot(2, 2, 0)}),
             boost::test_tools::per_element());
  BOOST_TEST((replica.at(kE) == grave));
}

BOOST_AUTO_TEST_CASE(an_operation_of_an_unknown_kind_changes_nothing) {
  Replica replica;
  replica.admit(change(1, 1, 1, {set(1, 10)}));
  const EntityState before = replica.at(kE);
  replica.admit(change(1, 2, 2, {{kE, Opaque{200, {1, 2, 3}}}}));
  BOOST_TEST((replica.at(kE) == before));
}

BOOST_AUTO_TEST_CASE(blobs_live_as_long_as_a_field_points_into_them) {
  Replica replica;
  Change first = change(1, 1, 1,
                        {{kE, RegSet{{{1, PersonalRef{0, 0}, {}},
                                      {2, PersonalRef{0, 1}, {}},
                                      {3, PersonalRef{4, 0}, {}}}}}});
  first.blobs = {{dot(1, 1), {1}, {9, 9}}};
  replica.admit(first);
  const EntityState& state = replica.at(kE);
  BOOST_TEST((state.blob(dot(1, 1), {0, 1}) == &state.blobs.at(0).blobs.at(0)));
  BOOST_TEST((state.blob(dot(1, 1), {4, 0}) == nullptr));  // a number its change does not have
  BOOST_TEST((state.blob(dot(2, 1), {0, 0}) == nullptr));
  replica.admit(change(1, 2, 2, {set(1, 5, {dot(1, 1)}), set(3, 5, {dot(1, 1)})}));
  BOOST_TEST(state.blobs.size() == 1U);
  replica.admit(change(1, 3, 3, {set(2, 5, {dot(1, 1)})}));
  BOOST_TEST(state.blobs.empty());
}

BOOST_AUTO_TEST_CASE(live_changes_are_those_of_live_dots) {
  Replica replica;
  replica.admit(change(1, 1, 1, {{kE, EntNew{7}}, set(1, 10), {kE, LifeTo{2, {}}}}));
  replica.admit(change(2, 1, 2, {set(1, 20, {dot(1, 1, 1)}), {kE, SetAdd{5, Value{1}}}}));
  replica.admit(change(2, 2, 3, {{kE, LifeTo{8, {dot(1, 1, 2)}}}}));
  const std::vector<ChangeId> wanted{{stream(2), 1}, {stream(2), 2}};
  BOOST_TEST((replica.at(kE).live_changes() == wanted));
  BOOST_TEST(replica.at(kE).live_dots() == (std::vector{dot(2, 1, 0), dot(2, 1, 1), dot(2, 2, 0)}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::crdt
