// Parent: the hub above the station, on a disk that loses nothing.
//
// What        The shipped engine over the simulator's memory store. What it holds of the station is
//             what was released.
// Units       Milliseconds.
#pragma once
#include <deque>

#include "sync/outbox.h"
#include "tests/sim/mem_store.h"
#include "tests/sim/prng.h"
#include "tests/storage/machine.h"

namespace yizhan::storage {

class Parent {
 public:
  // `life`: one that lost its disk has another log.
  Parent(const Machine& machine, std::uint64_t seed, std::uint64_t life = 0);

  void deliver(const sync::Event& event, std::int64_t now);
  void pass_time(std::int64_t now);
  // Of the station's own streams: the highest seq that it holds.
  std::map<StreamId, std::uint64_t> held() const;
  std::string root(const sync::Scope& scope) const;  // of what it holds, in hexadecimal

  std::deque<sync::SendFrame> sent;

 private:
  void settle(sync::Effects& out);

  const Machine& machine_;
  sim::SimEntropy entropy_;
  sim::MemStore store_;
  sync::Engine engine_;
  sync::Outbox outbox_;
  std::optional<MonoMs> wake_at_;
};

}  // namespace yizhan::storage
