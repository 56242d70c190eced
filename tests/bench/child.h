// Child: a process of its own for the other side of a measurement.
//
// What        Forked before anything has threads, told what to do through a pipe, killed at last.
// Errors      Throws std::runtime_error when there is no process or no pipe.
#pragma once
#include <sys/types.h>

#include <functional>
#include <string>

namespace yizhan::bench {

class Child {
 public:
  // Reads one line that the parent sends; empty when the parent is gone.
  using Hear = std::function<std::string()>;
  explicit Child(const std::function<void(const Hear& hear)>& work);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  void tell(const std::string& line) const;

 private:
  pid_t pid_ = -1;
  int pipe_ = -1;
};

// Runs `measure` in a process of its own, so that it starts without threads, whatever ran before.
double measured_apart(const std::function<double()>& measure);

}  // namespace yizhan::bench
