// Cutting proxy: a TCP line on this machine that breaks after a given number of bytes.
//
// What        Listens on a free port and carries what comes to a target and back. Both ways
//             together are counted; when as many have passed as were allowed both ends are closed.
// Invariants  I1  exactly the allowed bytes pass before a cut.
// Units       Bytes.
// Errors      std::runtime_error when the machine gives no socket.
// Threads     One of its own; every member function may be called from any.
#pragma once
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace yizhan::cut {

class CuttingProxy {
 public:
  explicit CuttingProxy(std::uint16_t target);
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  std::uint16_t port() const { return port_; }
  void refuse();  // ends what stands, and every new connection at once
  // From now on connections pass. One cut, after so many bytes; none when it is SIZE_MAX.
  void pass(std::size_t until_cut);
  std::size_t passed() const;  // bytes since pass()
  bool was_cut() const;        // since pass()

 private:
  struct Pair {
    int child = -1;
    int parent = -1;
  };
  void run();
  void accept_one();
  bool carry(int from, int to);  // false: the pair has ended
  static void end(Pair& pair);

  std::uint16_t target_;
  std::uint16_t port_ = 0;
  int listening_ = -1;
  int wake_[2] = {-1, -1};
  std::vector<Pair> pairs_;  // of the thread

  mutable std::mutex mutex_;
  bool refusing_ = false;
  bool stopping_ = false;
  bool cut_ = false;
  std::size_t left_ = SIZE_MAX;
  std::size_t passed_ = 0;
  std::thread thread_;
};

}  // namespace yizhan::cut
