#define BOOST_TEST_MODULE paper
#include <signal.h>

#include <boost/test/unit_test.hpp>

// As the node does: a printer that stops reading is an error, not the end.
struct NoPipeSignal {
  NoPipeSignal() { ::signal(SIGPIPE, SIG_IGN); }
};
BOOST_TEST_GLOBAL_FIXTURE(NoPipeSignal);
