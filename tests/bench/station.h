// Station: the shipped engine over the shipped store, on one thread, without links.
//
// What        A hub that writes its own scope: the local half of what every node does.
// Errors      Throws std::runtime_error with the error's text.
#pragma once
#include <filesystem>
#include <memory>

#include "node/runtime/clocks.h"
#include "node/store/journal_repair.h"
#include "sync/engine.h"
#include "tests/bench/workload.h"

namespace yizhan::bench {

node::JournalOwner owner_of(const sync::Identity& identity);
// Opens the journal beside a store, as `serve` does.
void attach_journal(node::SqliteStore& store, const node::JournalOwner& owner,
                    const std::function<sync::Identity()>& make_identity, sync::Entropy& entropy);

class BenchStation {
 public:
  BenchStation(const std::filesystem::path& folder, bool create);

  crdt::Dot write(const Insert& record);  // applied, not committed
  void commit();
  void seal();  // what a timer does between saves
  bool get(const crdt::Dot& dot);
  std::size_t day_list(std::int64_t date);

 private:
  node::SystemEntropy entropy_;
  std::unique_ptr<node::SqliteStore> store_;
  std::unique_ptr<sync::Engine> engine_;
  sync::Scope scope_;
};

}  // namespace yizhan::bench
