// World: one simulated city under one seed, from its founding to its quiescence.
//
// What        Founds hub, districts and stations through Engine::certify; lets clerks work while
//             lines and machines fail; then mends everything and waits until the city agrees. Some
//             seeds then live two more hours with one dead clock.
// Invariants  A seed alone decides what happens, to the last byte sent.
// Units       Virtual time.
// Errors      The first broken promise ends the seed.
// Source      design.md section 10; issue 2 item 4.
#pragma once
#include "tests/sim/clerks.h"
#include "tests/sim/net.h"
#include "tests/sim/theft.h"

namespace yizhan::sim {

struct SeedResult {
  std::uint64_t seed = 0;
  std::uint64_t events = 0;
  std::uint64_t changes = 0;
  std::array<std::uint64_t, kFaults> faults{};
  std::array<std::uint64_t, kInvariants> checks{};
  std::optional<Violation> violation;
  Hash32 trace{};
};

// `text`: where every event is printed; null: nowhere.
SeedResult run_seed(std::uint64_t seed, std::ostream* text = nullptr);

class World final : public NodeHost, public NetHost {
 public:
  World(std::uint64_t seed, std::ostream* text);
  SeedResult run();

 private:
  // Founding.
  void found();
  std::size_t enrol(sync::Role role, const std::string& home, std::optional<std::size_t> parent,
                    bool carry_only);
  // Phases.
  void begin_faults();
  void machine_window(std::size_t node);
  void lose_history(std::size_t node);
  void mend();
  void await_agreement();
  void dead_clock();
  void last_words();
  void run_agenda();
  void restart(std::size_t node, Micros delay);

  void send(std::size_t node, sync::LinkId link, Bytes frame) override;
  void close(std::size_t node, sync::LinkId link) override { net_.close(node, link); }
  void committed(std::size_t node, const std::vector<sync::Write>& writes) override;
  void went_up(std::size_t node) override { net_.node_up(node); }
  void went_down(std::size_t node) override;
  bool up(std::size_t node) const override { return nodes_[node]->up(); }
  const sync::Key32& curve_key(std::size_t node) const override;
  void deliver(std::size_t node, sync::Event event) override { nodes_[node]->deliver(event); }
  HostileAuthor hostile_author(std::size_t line) const override;
  void on_sent(std::size_t from, std::size_t to, sync::LinkId link, ByteView frame) override;

  Context context_;
  Prng prng_;
  SimEntropy entropy_;
  sync::SignKey root_;
  std::vector<std::unique_ptr<Node>> nodes_;
  Net net_;
  Oracles oracles_;
  Clerks clerks_;
  Theft theft_;
  Micros deadline_ = 0;
  bool clock_died_ = false;
  bool last_words_said_ = false;
  int last_words_ = 0;  // crashes of the hub that are still to come
  bool done_ = false;
};

}  // namespace yizhan::sim
