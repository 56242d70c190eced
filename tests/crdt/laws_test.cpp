// The laws of the merge, over random histories of three writers.
#include <rapidcheck/boost_test.h>

#include <boost/test/unit_test.hpp>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt {
using namespace test;

namespace {

using Numbers = std::vector<std::uint32_t>;

Replica after(const std::vector<const Change*>& order) {
  Replica replica;
  for (const Change* change : order) replica.admit(*change);
  return replica;
}

// Longer scripts than the default size of a property gives.
rc::Gen<Numbers> scripts() { return rc::gen::scale(3.0, rc::gen::arbitrary<Numbers>()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(laws_test)

RC_BOOST_PROP(every_interleaving_gives_the_same_bytes_and_root_I1, (const Numbers& order)) {
  const History history = honest_history(*scripts());
  const Replica straight = after(interleaving(history, {}));
  const Replica mixed = after(interleaving(history, order));
  RC_ASSERT(straight.entities() == mixed.entities());
  RC_ASSERT(canonical(straight.at(dot(1, 1))) == canonical(mixed.at(dot(1, 1))));
  RC_ASSERT(straight.root() == mixed.root());
}

RC_BOOST_PROP(roots_agree_even_when_writers_name_dots_in_vain_I1, (const Numbers& order)) {
  const History history = wild_history(*scripts());
  const Replica straight = after(interleaving(history, {}));
  const Replica mixed = after(interleaving(history, order));
  RC_ASSERT(straight.root() == mixed.root());
}

RC_BOOST_PROP(admitting_twice_is_admitting_once, (const Numbers& order)) {
  const History history = honest_history(*scripts());
  const auto changes = interleaving(history, order);
  Replica once = after(changes);
  const auto entities = once.entities();
  for (const Change* change : changes) once.admit(*change);
  RC_ASSERT(once.entities() == entities);
}

RC_BOOST_PROP(when_all_has_arrived_nothing_is_awaited_I4, (const Numbers& order)) {
  const Replica replica = after(interleaving(honest_history(*scripts()), order));
  RC_ASSERT(replica.at(dot(1, 1)).killed.empty());
}

RC_BOOST_PROP(a_state_read_back_from_its_bytes_goes_on_the_same, (const Numbers& order)) {
  const History history = honest_history(*scripts());
  const auto changes = interleaving(history, order);
  const Replica direct = after(changes);
  VersionVector vector;
  EntityState state;
  const auto admitted = [&vector](const ChangeId& id) { return vector.contains(id); };
  CanonicalNaming naming;
  for (const Change* change : changes) {
    for (std::size_t i = 0; i < change->ops.size(); ++i) apply(state, *change, i, admitted);
    vector.raise(change->id.stream, change->id.seq);
    const auto back = decode_state(canonical(state), naming);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == state);
    state = *back;
  }
  RC_ASSERT(state == direct.at(dot(1, 1)));
}

RC_BOOST_PROP(the_wire_changes_nothing, ()) {
  const History history = honest_history(*scripts());
  for (const Change* change : interleaving(history, {})) {
    const Bytes bytes = encode_expanded(*change);
    const auto back = decode_expanded(bytes, change->id);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == *change);
    RC_ASSERT(encode_expanded(*back) == bytes);
  }
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::crdt
