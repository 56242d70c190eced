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
  void write(const Insert& record);
  // Of the record that `home` wrote, as it is known here.
  void write(const Update& update, const LinkedNode& home);
  void deliver(const sync::Event& event);
  void settle();  // what is due now, then one commit

  std::deque<sync::SendFrame> sent;  // released: may travel
  sync::Engine& engine() const { return *engine_; }
  sync::StatePtr record(const sync::Scope& scope, const crdt::Dot& dot) const;  // null: none
  const std::map<std::string, crdt::Dot>& records() const { return records_; }  // written here
  sync::Scope scope() const { return {engine_->self().home, sync::ScopeClass::Biz}; }

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
