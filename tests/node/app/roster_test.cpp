#include "node/app/roster.h"

#include <boost/test/unit_test.hpp>

#include "node/store/store_reads.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {
namespace {

BOOST_AUTO_TEST_SUITE(roster_test)

BOOST_AUTO_TEST_CASE(staff_are_added_found_and_disabled) {
  SmallCity city(11);
  city.connect();
  city.run(3000);
  const sync::Scope scope{city.scope.division, sync::ScopeClass::Ref};
  StaffId id;
  id.value.fill(7);
  BOOST_REQUIRE(
      city.station->write(draft_new_staff(scope, {"wangmin", "王敏", StaffRole::Lead}, id)));
  city.station->commit();
  const StoreReads reads(city.station->store());
  const auto found = find_login(reads, scope, "wangmin");
  BOOST_REQUIRE((found && *found));
  BOOST_TEST((*found)->display_name == "王敏");
  BOOST_TEST(((*found)->role == StaffRole::Lead));
  BOOST_TEST(((*found)->id == id));
  BOOST_TEST(!(*found)->disabled);
  BOOST_TEST(!find_login(reads, scope, "nobody")->has_value());

  const auto state = reads.entity(scope, (*found)->dot);
  BOOST_REQUIRE(city.station->write(draft_set_disabled(scope, (*found)->dot, **state, true)));
  city.station->commit();
  BOOST_TEST((*find_login(reads, scope, "wangmin"))->disabled);
  city.run(4000);
  const StoreReads at_hub(city.hub->store());
  BOOST_TEST((*find_login(at_hub, scope, "wangmin"))->disabled);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
