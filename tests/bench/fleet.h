// Fleet: a hub and 20 stations that have written while they were cut off.
//
// What        Made in memory, frame by frame, before anything is timed; then its folders are opened
//             again by whoever measures. Each station writes and carries for the one before it,
//             from which it had the records once, without the hub.
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

  // Every station has its keys, and all changes of its own on its own disk alone but the first.
  Fleet(const WorkFolder& work, const std::vector<StationWork>& stations);

  sync::Identity hub_identity() const;
  sync::Identity station_identity(std::size_t station) const;
  std::filesystem::path hub_folder() const { return work_.sub("hub"); }
  std::filesystem::path station_folder(std::size_t station) const;
  // Changes of the stations that the hub does not hold yet.
  std::uint64_t outstanding() const { return outstanding_; }
  // Throws unless the hub holds both sides of every conflict: the new time that the home station
  // gave, the state and the note that the neighbour gave.
  void check_conflicts(const Workload& all) const;

 private:
  struct City;
  sync::Identity identity(const sync::test::Member& member, bool below) const;
  void found(City& nodes);
  void connect(City& nodes) const;
  static void turn(City& nodes);
  void tell_neighbours(City& nodes) const;

  const WorkFolder& work_;
  sync::test::City city_;
  std::vector<sync::test::Member> members_;
  std::map<std::string, std::pair<sync::Scope, crdt::Dot>> records_;  // by the workload's id
  std::uint64_t outstanding_ = 0;
};

}  // namespace yizhan::bench
