// Two nodes with real SQLite files over a real CURVE socket: what is written while the line is down
// is received once it is up, and nothing is called received before the hub has it durably.
#include "node/runtime/engine_loop.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>

#include "node/app/health.h"
#include "node/runtime/log.h"
#include "tests/node/runtime/two_nodes.h"

namespace yizhan::node::test {
namespace {

using namespace std::chrono_literals;

// Sends a thread of this process a signal that does nothing but end a wait.
// False: there is none of that name.
bool interrupt_thread(const std::string& name) {
  struct sigaction nothing {};
  nothing.sa_handler = [](int) {};
  BOOST_REQUIRE(::sigaction(SIGUSR1, &nothing, nullptr) == 0);
  for (const auto& task : fs::directory_iterator("/proc/self/task")) {
    std::ifstream comm(task.path() / "comm");
    std::string called;
    std::getline(comm, called);
    if (called != name) continue;
    BOOST_REQUIRE(::syscall(SYS_tgkill, ::getpid(), std::stoi(task.path().filename()), SIGUSR1) ==
                  0);
    return true;
  }
  return false;
}

// What this process says on standard error while it stands.
class LogText {
 public:
  LogText() : file_(folder_.path() / "log"), before_(::dup(STDERR_FILENO)) {
    start_log("info");
    const int out = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    BOOST_REQUIRE(::dup2(out, STDERR_FILENO) >= 0);
    ::close(out);
  }
  ~LogText() {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
  }
  LogText(const LogText&) = delete;
  LogText& operator=(const LogText&) = delete;
  std::size_t lines_with(const std::string& text) const {
    std::ifstream in(file_);
    std::size_t found = 0;
    for (std::string line; std::getline(in, line);) found += line.find(text) != std::string::npos;
    return found;
  }

 private:
  TempFolder folder_;
  fs::path file_;
  int before_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(engine_loop_test)

BOOST_AUTO_TEST_CASE(what_a_cut_off_station_wrote_is_received_when_the_line_is_back) {
  TwoNodes nodes;
  auto hub = nodes.start_hub(true);
  hub->certify(nodes.city.hub.certificate);
  hub->certify(nodes.member.certificate);
  auto station = nodes.start_station(true);
  BOOST_REQUIRE(within_patience([&] { return station->has_key(nodes.scope); }));
  const auto first = station->book(nodes.scope, 1);
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(within_patience([&] { return station->rung(*first) == sync::Rung::Received; }));

  hub.reset();
  std::vector<crdt::ChangeId> written;
  for (int i = 2; i < 42; ++i) {
    const auto id = station->book(nodes.scope, i);
    BOOST_REQUIRE(id.has_value());
    written.push_back(*id);
  }
  std::this_thread::sleep_for(300ms);
  for (const crdt::ChangeId& id : written) {
    BOOST_TEST((station->rung(id) == sync::Rung::Saved));
    BOOST_TEST(station->holds(nodes.scope, id));
  }

  hub = nodes.start_hub(false);
  BOOST_TEST(
      within_patience([&] { return station->rung(written.back()) == sync::Rung::Received; }));
  for (const crdt::ChangeId& id : written) {
    BOOST_TEST(hub->holds(nodes.scope, id));
    BOOST_TEST((station->rung(id) == sync::Rung::Received));
  }
  BOOST_TEST((hub->state_root(nodes.scope) == station->state_root(nodes.scope)));
}

BOOST_AUTO_TEST_CASE(a_station_that_starts_again_goes_on_where_it_was) {
  TwoNodes nodes;
  auto hub = nodes.start_hub(true);
  hub->certify(nodes.city.hub.certificate);
  hub->certify(nodes.member.certificate);
  auto station = nodes.start_station(true);
  BOOST_REQUIRE(within_patience([&] { return station->has_key(nodes.scope); }));
  const auto first = station->book(nodes.scope, 1);
  station.reset();
  station = nodes.start_station(false);
  const auto second = station->book(nodes.scope, 2);
  BOOST_REQUIRE((first && second));
  BOOST_TEST(second->seq == first->seq + 1);
  BOOST_TEST(within_patience([&] { return station->rung(*second) == sync::Rung::Received; }));
  BOOST_TEST(hub->holds(nodes.scope, *first));
}

BOOST_AUTO_TEST_CASE(a_node_that_nobody_certified_gets_no_link) {
  TwoNodes nodes;
  auto hub = nodes.start_hub(true);
  hub->certify(nodes.city.hub.certificate);
  auto stranger = nodes.start_station(true);
  std::this_thread::sleep_for(1500ms);
  BOOST_TEST(!stranger->has_key(nodes.scope));
  BOOST_TEST(!hub->has_key(nodes.scope));
  hub->certify(nodes.member.certificate);  // and now it is
  BOOST_TEST(within_patience([&] { return stranger->has_key(nodes.scope); }));
}

BOOST_AUTO_TEST_CASE(tasks_are_answered_once_in_their_order_even_when_the_loop_stops_I3) {
  TempFolder folder;
  TwoNodes nodes;
  std::vector<int> answered;
  {
    SystemEntropy entropy;
    auto store = SqliteStore::open({folder.path(), true}, entropy);
    BOOST_REQUIRE(store.has_value());
    LinkOptions link;
    link.secret = nodes.hub_identity.secrets.curve.bytes();
    auto started = CurveLink::start(link);
    BOOST_REQUIRE(started.has_value());
    EngineLoop loop(
        **store, [&] { return copy(nodes.hub_identity); }, std::move(*started), nullptr);
    for (int i = 0; i < 1000; ++i) {
      loop.post([&answered, i](Core&, sync::Effects&) -> EngineLoop::Answer {
        return [&answered, i](const Result<void>& committed, const Core&) {
          if (committed) answered.push_back(i);
        };
      });
    }
    loop.start();
    loop.stop();
  }
  BOOST_REQUIRE(answered.size() == 1000U);
  BOOST_TEST(std::is_sorted(answered.begin(), answered.end()));
}

// The handler's thread is ended as the system could end its wait: by a signal.
BOOST_AUTO_TEST_CASE(when_nobody_can_connect_any_more_log_and_health_say_so_and_saving_goes_on) {
  TwoNodes nodes;
  SystemEntropy entropy;
  auto store = SqliteStore::open({nodes.hub_folder.path(), true}, entropy);
  BOOST_REQUIRE(store.has_value());
  LinkOptions link;
  link.secret = nodes.hub_identity.secrets.curve.bytes();
  link.bind = "tcp://127.0.0.1:0";
  auto started = CurveLink::start(link);
  BOOST_REQUIRE(started.has_value());
  EngineLoop loop(
      **store, [&] { return copy(nodes.hub_identity); }, std::move(*started), nullptr);
  const auto look = [&loop] {
    std::optional<bool> ended;
    loop.post([&ended](Core& core, sync::Effects&) -> EngineLoop::Answer {
      ended = core.listening_ended;
      return nullptr;
    });
    loop.run_once(10ms);
    return *ended;
  };
  const auto verdict = [](bool ended) {
    HealthFacts facts;
    facts.listening_ended = ended;
    const auto checks = health_checks(facts);
    return std::find_if(checks.begin(), checks.end(),
                        [](const auto& one) { return one.id == "SY-02"; })
        ->verdict;
  };
  BOOST_TEST((verdict(look()) == Verdict::Ok));

  const LogText log;
  BOOST_REQUIRE(interrupt_thread("zap-gate"));
  BOOST_TEST(within_patience([&] {
    interrupt_thread("zap-gate");  // again, for it may not have waited just then
    return look();
  }));
  BOOST_TEST((verdict(look()) == Verdict::Fail));
  BOOST_TEST(log.lines_with("nobody below can; start this node again") == 1U);

  bool saved = false;
  loop.post([&](Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    const auto written =
        core.engine.certify(core.wall, core.mono, nodes.city.hub.certificate, effects);
    BOOST_TEST(written.has_value());
    return [&saved](const Result<void>& committed, const Core&) { saved = committed.has_value(); };
  });
  loop.run_once(10ms);
  BOOST_TEST(saved);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace yizhan::node::test
