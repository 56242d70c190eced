// Witness: one replica without a machine around it, and the orders in which streams may reach it.
//
// What        Admits segments and keyring rows as a session would, over a disk of its own. A lane
//             is what one stream has to say, in its order; play() lets lanes arrive in any order
//             that keeps each one's own.
// Errors      A storage error fails the test.
#pragma once
#include <algorithm>
#include <memory>

#include "sync/admission.h"
#include "tests/sim/mem_store.h"
#include "tests/sync/fixture.h"

namespace yizhan::sim::test {

struct Lane {
  std::vector<Bytes> segments;
  std::vector<sync::KeyRow> keys;  // offered after each of its segments
};

class Witness {
 public:
  Witness(const sync::test::City& city, const sync::test::Member& who,
          std::vector<sync::Certificate> trusted);

  bool admit(const Bytes& container);  // false: refused
  void offer(const std::vector<sync::KeyRow>& keys);
  // Admits the lanes in one order. What is refused waits, as it does in a session, until something
  // else has come.
  void play(const std::vector<Lane>& lanes, const std::vector<std::size_t>& order);
  void start();  // a new process over the same disk

  std::uint64_t counts(StreamId stream) const;
  Hash32 root(const sync::Scope& scope) const;
  sync::ScopeDigest digest(const sync::Scope& scope) const { return replica_->digest(scope); }
  const Image& image() const { return image_; }

 private:
  void take(const sync::Effects& out);

  sync::Identity identity_;
  sync::test::SeededEntropy entropy_;
  Image image_;
  std::unique_ptr<sync::Replica> replica_;
};

// Calls `visit` with every order of the lanes' segments that keeps each lane's own.
template <class Visit>
void for_each_order(const std::vector<Lane>& lanes, Visit visit) {
  std::vector<std::size_t> order;
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    order.insert(order.end(), lanes[lane].segments.size(), lane);
  }
  do {
    visit(order);
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace yizhan::sim::test
