// Linked node: the shipped engine over the shipped store, with frames passed in memory.
//
// What        What node/runtime does with one step, without sockets and threads.
// Errors      Throws std::runtime_error with the error's text.
#pragma once
#include <deque>
#include <filesystem>
#include <map>
#include <memory>

#include "node/runtime/clocks.h"
#include "node/store/sqlite_store.h"
#include "sync/engine.h"
#include "sync/outbox.h"
#include "tests/bench/workload.h"

namespace yizhan::bench {

class LinkedNode {
 public:
  LinkedNode(const std::filesystem::path& folder, sync::Identity identity);

  void certify(const sync::Certificate& subject);
  bool write(const Insert& record);  // false: the scope key has not come yet
  void write(const Update& update);  // of a record that was written here
  void deliver(const sync::Event& event);
  void settle();  // what is due now, then one commit

  std::deque<sync::SendFrame> sent;  // released: may travel
  sync::Engine& engine() { return *engine_; }

 private:
  void absorb(sync::Effects& out);

  node::SystemEntropy entropy_;
  std::unique_ptr<node::SqliteStore> store_;
  std::unique_ptr<sync::Engine> engine_;
  sync::Outbox outbox_;
  std::optional<MonoMs> wake_at_;
  std::map<std::string, crdt::Dot> records_;  // by the id that the workload gives
};

}  // namespace yizhan::bench
