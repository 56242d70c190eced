#include "tests/killed/lives.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>

#include "tests/node/store/temp_folder.h"

namespace yizhan::killed {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::uint64_t kInAStart = 5;  // one life in so many is killed without waiting for it
constexpr std::int64_t kAtWorkUs = 60'000;
constexpr std::int64_t kStartingUs = 12'000;
constexpr auto kStartsWithin = 30s;

// A process that books, and the pipe by which it is heard.
class Child {
 public:
  Child(const Hub& hub, const std::filesystem::path& folder, int first, std::uint64_t seed) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Broken("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      try {
        hub.book(folder, first, seed, ends[1]);
      } catch (const std::exception& caught) {
        std::cerr << caught.what() << std::endl;
        ::_exit(3);
      }
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() {
    end();
    ::close(pipe_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // One message; false: none until then, or it has ended.
  bool hear(Said& said, Clock::time_point until) const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    pollfd waiting{pipe_, POLLIN, 0};
    if (left <= 0ms || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) return false;
    return ::read(pipe_, &said, sizeof said) == sizeof said;
  }
  // What it had said before it was killed.
  bool hear_rest(Said& said) const { return ::read(pipe_, &said, sizeof said) == sizeof said; }
  int kill() {
    ::kill(pid_, SIGKILL);
    return end();
  }

 private:
  int end() {
    int status = 0;
    if (pid_ > 0) ::waitpid(std::exchange(pid_, -1), &status, 0);
    return status;
  }

  pid_t pid_ = -1;
  int pipe_ = -1;
};

}  // namespace

Lives::Lives(std::uint64_t seed, LivesTally& tally)
    : hub_(seed), chance_(seed, "kills"), tally_(tally) {}

void Lives::one(const std::filesystem::path& folder, Ledger& ledger) {
  Child child(hub_, folder, ledger.next_number(), chance_.next());
  const bool waits = chance_.below(kInAStart) != 0;
  auto until = Clock::now();
  Said said;
  bool started = false;
  if (waits) {
    started = child.hear(said, until + kStartsWithin);
    if (started) ledger.take(said);
    until = Clock::now() + std::chrono::microseconds(chance_.between(0, kAtWorkUs));
  } else {
    until += std::chrono::microseconds(chance_.between(0, kStartingUs));
  }
  while (child.hear(said, until)) {
    started = true;
    ledger.take(said);
  }
  const int status = child.kill();
  while (child.hear_rest(said)) {
    started = true;
    ledger.take(said);
  }
  if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
    throw Broken("kill " + std::to_string(tally_.kills) + ": it ended by itself");
  }
  ++tally_.kills;
  if (!started) ++tally_.in_a_start;
  if (waits && !started) throw Broken("it does not start");
}

void Lives::run(std::uint64_t kills) {
  const node::test::TempFolder folder;
  Ledger ledger;
  for (std::uint64_t i = 0; i < kills; ++i) one(folder.path(), ledger);
  ledger.expect_in(folder.path(), hub_);
  tally_.acknowledged += ledger.acknowledged();
  tally_.stands_unsaid += ledger.stands_unsaid();
}

}  // namespace yizhan::killed
