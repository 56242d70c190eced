// Two nodes: a hub and a station with real SQLite files over a real CURVE socket, as production
// runs them.
//
// Units       Milliseconds.
// Errors      What cannot start fails the test.
#pragma once
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include "node/runtime/engine_loop.h"
#include "tests/node/store/drafts.h"
#include "tests/node/store/temp_folder.h"

namespace yizhan::node::test {

constexpr std::chrono::seconds kPatience{30};  // for a loaded machine; a step takes milliseconds

template <class Condition>
bool within_patience(Condition condition,
                     std::chrono::milliseconds pause = std::chrono::milliseconds(20)) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(pause);
  }
  return false;
}

// One node: store, link and loop.
class Running {
 public:
  Running(const fs::path& folder, const sync::Identity& identity, LinkOptions link,
          bool create = true);
  ~Running() { loop_->stop(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // Runs on the loop and answers after the commit.
  template <class Value>
  Value ask(std::function<Value(Core&, sync::Effects&)> work);

  std::optional<crdt::ChangeId> book(const sync::Scope& scope, int number);
  void certify(const sync::Certificate& subject);
  bool has_key(const sync::Scope& scope);
  sync::Rung rung(const crdt::ChangeId& change);
  bool holds(const sync::Scope& scope, const crdt::ChangeId& change);
  Hash32 state_root(const sync::Scope& scope);
  const std::string& address() const { return address_; }

 private:
  SystemEntropy entropy_;
  std::unique_ptr<SqliteStore> store_;
  std::string address_;
  std::unique_ptr<EngineLoop> loop_;
};

struct TwoNodes {
  TwoNodes();
  std::unique_ptr<Running> start_hub(bool create);
  std::unique_ptr<Running> start_station(bool create);

  sync::test::City city;
  sync::Scope scope;
  sync::test::Member member;
  sync::Identity hub_identity;
  sync::Identity station_identity;
  LinkOptions station_link;
  TempFolder hub_folder;
  TempFolder station_folder;
  std::string address;  // of the hub; where the station dials
};

template <class Value>
Value Running::ask(std::function<Value(Core&, sync::Effects&)> work) {
  std::promise<Value> answer;
  loop_->post([&](Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    auto value = std::make_shared<Value>(work(core, effects));
    return
        [&answer, value](const Result<void>&, const Core&) { answer.set_value(std::move(*value)); };
  });
  return answer.get_future().get();
}

}  // namespace yizhan::node::test
