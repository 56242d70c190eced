// In memory: one exchange of two engines, cut after any byte of it and mended.
//
// What        A station's machine holds 64 KiB that another lacks: changes sealed one at a time,
//             as when somebody listens, and a tail that nobody has seen. Both ways together the
//             exchange is one row of bytes; a cut after byte n loses the frame in which it falls
//             and all that was on its way. The line then stands again, uncut.
// Invariants  I1  the same ends for every cut: each begins from the same two disks.
// Units       Bytes, with kFramingBytes a frame as ZeroMQ adds them.
// Errors      Broken: an exchange that does not end, or does not end with two equal ends.
#pragma once
#include <memory>
#include <stdexcept>

#include "tests/sim/line.h"

namespace yizhan::cut {

constexpr std::size_t kPayloadBytes = 64 * 1024;
constexpr std::size_t kFramingBytes = 9;

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class InMemory {
 public:
  InMemory();

  std::size_t whole() const { return whole_; }  // bytes of the exchange that nobody cuts
  // Bytes beyond those of an uncut exchange.
  std::size_t cut_after(std::size_t bytes);

 private:
  void prepare();
  void begin_again();
  std::size_t exchange(std::size_t most);
  bool pass(sim::test::Machine& from, sim::test::Machine& to, std::size_t& left);
  void expect_equal(std::size_t bytes) const;

  sync::test::City city_;
  sync::test::Member second_;
  sync::test::Member third_;
  std::vector<sync::Certificate> known_;
  MonoMs now_{1'000'000};
  sim::test::Machine left_;
  sim::test::Machine right_;
  sync::LinkId link_ = 1'000'000;
  std::unique_ptr<sim::Image> full_;     // of the left
  std::unique_ptr<sim::Image> lacking_;  // of the right
  std::vector<crdt::ChangeId> owed_;
  std::size_t whole_ = 0;
};

}  // namespace yizhan::cut
