// Over sockets: a station gives its hub 64 KiB over a line that is cut at a random byte.
//
// What        The shipped loop, store and link at both ends (tests/node/runtime/two_nodes.h), with
//             a cutting proxy between them. While the line is refused the station books; then the
//             line stands, breaks after so many bytes, and stands again.
// Invariants  I1  each exchange begins with two ends that had been equal before the bookings.
// Units       Bytes as they pass on TCP, CURVE's handshakes among them.
// Errors      Broken (in_memory.h): an exchange that does not end with two equal ends.
#pragma once
#include "tests/cut/cutting_proxy.h"
#include "tests/node/runtime/two_nodes.h"

namespace yizhan::cut {

class OverSockets {
 public:
  OverSockets();

  std::size_t whole() const { return whole_; }  // of the largest of some that nobody cut
  struct Exchange {
    std::size_t passed = 0;
    bool cut = false;  // else it ended before
  };
  Exchange cut_after(std::size_t bytes);

 private:
  void start();
  void book();
  void expect_equal();
  std::size_t settle();

  node::test::TwoNodes nodes_;
  std::unique_ptr<node::test::Running> hub_;
  std::unique_ptr<CuttingProxy> proxy_;
  std::unique_ptr<node::test::Running> station_;
  std::vector<crdt::ChangeId> owed_;
  int number_ = 0;
  std::size_t whole_ = 0;
};

}  // namespace yizhan::cut
