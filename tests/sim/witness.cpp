#include "tests/sim/witness.h"

#include <boost/test/unit_test.hpp>

#include "tests/sim/oracles.h"

namespace yizhan::sim::test {

Witness::Witness(const sync::test::City& city, const sync::test::Member& who,
                 std::vector<sync::Certificate> trusted)
    : entropy_(9), image_(77) {
  identity_.root_public = city.root.public_key();
  identity_.certificate = who.certificate;
  identity_.secrets = sync::make_node_secrets(entropy_);
  identity_.trusted = std::move(trusted);
  start();
}

bool Witness::admit(const Bytes& container) {
  constexpr WallMs kNow{1'795'000'100'000};
  sync::Effects out;
  sync::Batch batch(*replica_, out);
  const auto admitted = sync::admit_segment(*replica_, batch, kNow, container);
  batch.flush();
  const std::string why = out.storage_error ? out.storage_error->detail : std::string();
  BOOST_REQUIRE_MESSAGE(!out.storage_error, why);
  if (!admitted) return false;
  take(out);
  return true;
}

void Witness::offer(const std::vector<sync::KeyRow>& keys) {
  sync::Effects out;
  sync::Batch batch(*replica_, out);
  const auto early = sync::admit_key_rows(*replica_, batch, replica_->self(), {keys});
  BOOST_REQUIRE(early.has_value());
  batch.flush();
  take(out);
}

void Witness::play(const std::vector<Lane>& lanes, const std::vector<std::size_t>& order) {
  std::vector<std::size_t> next(lanes.size());
  std::vector<std::size_t> due(lanes.size());
  const auto try_all = [&] {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        while (next[lane] < due[lane] && admit(lanes[lane].segments[next[lane]])) {
          ++next[lane];
          moved = true;
          if (!lanes[lane].keys.empty()) offer(lanes[lane].keys);
        }
      }
    }
  };
  for (const std::size_t lane : order) {
    ++due[lane];
    try_all();
  }
  // Where the digests differ a peer offers what it has.
  for (const Lane& lane : lanes) offer(lane.keys);
}

void Witness::start() {
  sync::Identity again;
  again.root_public = identity_.root_public;
  again.certificate = identity_.certificate;
  again.trusted = identity_.trusted;
  replica_ = std::make_unique<sync::Replica>(std::move(again), image_, entropy_);
}

std::uint64_t Witness::counts(StreamId stream) const {
  const sync::StreamRow* row = replica_->stream(stream);
  return row == nullptr ? 0 : row->seq;
}

Hash32 Witness::root(const sync::Scope& scope) const { return state_root(image_, scope); }

void Witness::take(const sync::Effects& out) {
  for (const sync::Write& write : out.writes) image_.apply(write);
}

}  // namespace yizhan::sim::test
