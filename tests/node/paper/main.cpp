#define BOOST_TEST_MODULE paper
#include <signal.h>

#include <boost/test/unit_test.hpp>

// As the node does: a printer that stops reading is an error, not the end.
struct NoPipeSignal {
  NoPipeSignal() { ::signal(SIGPIPE, SIG_IGN); }
};
BOOST_TEST_GLOBAL_FIXTURE(NoPipeSignal);

// Cairo 1.16 keeps the list of page heights of each PDF (768 bytes), fontconfig its settings.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): LeakSanitizer's
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libcairo.so\nleak:libfontconfig.so\n";
}
