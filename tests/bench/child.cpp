#include "tests/bench/child.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace yizhan::bench {

Child::Child(const std::function<void(const Hear& hear)>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ > 0) {
    ::close(ends[0]);
    pipe_ = ends[1];
    return;
  }
  ::close(ends[1]);
  const Hear hear = [end = ends[0]] {
    std::string line;
    for (char c = 0; ::read(end, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  };
  try {
    work(hear);
    ::_exit(0);
  } catch (const std::exception& caught) {
    std::fprintf(stderr, "bench: %s\n", caught.what());
    ::_exit(1);
  }
}

double measured_apart(const std::function<double()>& measure) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("no process");
  if (pid == 0) {
    try {
      const double value = measure();
      ::_exit(::write(ends[1], &value, sizeof value) == sizeof value ? 0 : 1);
    } catch (const std::exception& caught) {
      std::fprintf(stderr, "bench: %s\n", caught.what());
      ::_exit(1);
    }
  }
  ::close(ends[1]);
  double value = 0;
  const bool told = ::read(ends[0], &value, sizeof value) == sizeof value;
  ::close(ends[0]);
  ::waitpid(pid, nullptr, 0);
  if (!told) throw std::runtime_error("nothing was measured");
  return value;
}

Child::~Child() {
  ::close(pipe_);
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Child::tell(const std::string& line) const {
  const std::string whole = line + "\n";
  if (::write(pipe_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) {
    throw std::runtime_error("the child does not hear");
  }
}

}  // namespace yizhan::bench
