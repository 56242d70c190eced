// Fleet: a hub and 20 stations that have written while they were cut off.
//
// What        Made in memory, frame by frame, before anything is timed; then its folders are opened
//             again by whoever measures.
// Errors      Throws std::runtime_error with the error's text.
#pragma once
#include <span>

#include "tests/bench/linked_node.h"
#include "tests/bench/report.h"
#include "tests/sync/fixture.h"

namespace yizhan::bench {

class Fleet {
 public:
  static constexpr std::size_t kStations = 20;

  // Every station has its keys, and all of its own changes on its own disk alone but the first.
  Fleet(const WorkFolder& work, const std::vector<std::vector<Change>>& changes);

  sync::Identity hub_identity() const;
  sync::Identity station_identity(std::size_t station) const;
  std::filesystem::path hub_folder() const { return work_.sub("hub"); }
  std::filesystem::path station_folder(std::size_t station) const;
  // Changes of the stations that the hub does not hold yet.
  std::uint64_t outstanding() const { return outstanding_; }

 private:
  struct City;
  sync::Identity identity(const sync::test::Member& member, bool below) const;
  void connect(City& nodes) const;
  static void turn(City& nodes);

  const WorkFolder& work_;
  sync::test::City city_;
  std::vector<sync::test::Member> members_;
  std::uint64_t outstanding_ = 0;
};

}  // namespace yizhan::bench
