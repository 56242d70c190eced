#define BOOST_TEST_MODULE storage
#include <sodium.h>

#include <boost/test/unit_test.hpp>

struct Sodium {
  Sodium() { BOOST_REQUIRE(sodium_init() >= 0); }
};
BOOST_TEST_GLOBAL_FIXTURE(Sodium);
