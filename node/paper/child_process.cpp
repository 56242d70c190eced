#include "node/paper/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace yizhan::node::paper {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kOutputMax = 64 * 1024;

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { close(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  void set(int fd) { fd_ = fd; }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

struct Pipe {
  Fd read;
  Fd write;
  bool make() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return false;
    read.set(ends[0]);
    write.set(ends[1]);
    return true;
  }
};

struct Actions {
  Actions() { posix_spawn_file_actions_init(&actions); }
  ~Actions() { posix_spawn_file_actions_destroy(&actions); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  posix_spawn_file_actions_t actions{};
};

struct Attributes {
  Attributes() {
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  }
  ~Attributes() { posix_spawnattr_destroy(&attributes); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  posix_spawnattr_t attributes{};
};

// The environment of the node with messages in English.
std::vector<std::string> environment() {
  std::vector<std::string> all;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view entry(*one);
    if (!entry.starts_with("LC_ALL=") && !entry.starts_with("LANG=")) all.emplace_back(entry);
  }
  all.emplace_back("LC_ALL=C");
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

Result<pid_t> spawn(std::vector<std::string> command, const Pipe& in, const Pipe& out) {
  Actions files;
  posix_spawn_file_actions_adddup2(&files.actions, in.read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files.actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files.actions, out.write.get(), STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&files.actions, STDERR_FILENO + 1);
  const Attributes attributes;
  std::vector<std::string> variables = environment();
  pid_t child = 0;
  const int failed =
      ::posix_spawnp(&child, command.front().c_str(), &files.actions, &attributes.attributes,
                     pointers(command).data(), pointers(variables).data());
  if (failed == ENOENT) return fail(Errc::NotFound, "no program " + command.front());
  if (failed != 0) return fail(Errc::StorageIo, "cannot start " + command.front());
  return child;
}

// One turn of reading and writing; false when the child has closed its output.
bool exchange(Fd& in, Fd& out, std::string_view& input, std::string& output, int wait_ms) {
  std::array<pollfd, 2> ends = {pollfd{out.get(), POLLIN, 0}, pollfd{in.get(), POLLOUT, 0}};
  if (::poll(ends.data(), in.open() ? 2 : 1, wait_ms) <= 0) return true;
  if (in.open() && ends[1].revents != 0) {
    const ssize_t written = ::write(in.get(), input.data(), input.size());
    if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
    if (input.empty() || (written < 0 && errno != EAGAIN)) in.close();
  }
  if (ends[0].revents == 0) return true;
  std::array<char, 4096> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  const ssize_t got = ::read(out.get(), bytes.data(), bytes.size());
  if (got <= 0) return false;
  output.append(bytes.data(),
                std::min<std::size_t>(static_cast<std::size_t>(got), kOutputMax - output.size()));
  return true;
}

int status_of(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

// The exit status, or nothing when the child still runs at `end`.
bool wait_until(pid_t child, Clock::time_point end, int& status) {
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (Clock::now() >= end) return false;
    ::usleep(2000);
  }
  return true;
}

}  // namespace

Result<ChildResult> run_child(const std::vector<std::string>& command, std::string_view input,
                              std::chrono::milliseconds limit) {
  const auto end = Clock::now() + limit;
  Pipe in;
  Pipe out;
  if (!in.make() || !out.make()) return fail(Errc::StorageIo, "no pipe to be had");
  const auto child = spawn(command, in, out);
  if (!child) return fail(child);
  in.read.close();
  out.write.close();
  ::fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
  if (input.empty()) in.write.close();
  ChildResult result;
  while (Clock::now() < end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (!exchange(in.write, out.read, input, result.output, static_cast<int>(left.count()) + 1)) {
      break;
    }
  }
  int status = 0;
  const bool ended = wait_until(*child, end, status);
  if (!ended) {
    ::kill(*child, SIGKILL);
    ::waitpid(*child, &status, 0);
    return fail(Errc::Unreachable, command.front() + " did not end in time");
  }
  result.status = status_of(status);
  return result;
}

}  // namespace yizhan::node::paper
