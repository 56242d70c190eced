// Clerks: what people do at the counters of a simulated city.
//
// What        Books records, edits, moves and deletes those that its node shows, counts, tags;
//             tries now and then to write where it may not. A client whose answer is lost asks
//             again with the same idempotency key, as the app does: it looks the key up first.
// Invariants  Draws from generators of its own: what clerks do does not depend on what the lines
//             do, but for what their node shows them.
// Errors      A refusal is judged by the oracles.
// Source      design.md section 5 "API ids"; domain.md section 4.
#pragma once
#include "tests/sim/oracles.h"

namespace yizhan::sim {

class Clerks {
 public:
  Clerks(Context& context, std::vector<std::unique_ptr<Node>>& nodes, Oracles& oracles)
      : context_(context), nodes_(nodes), oracles_(oracles) {}
  // Work from now to `until`, `changes` in all as far as the machines are up.
  void work(Micros until, std::int64_t changes);

 private:
  struct Clerk {
    Prng prng;
    std::vector<sync::Scope> scopes;  // where this node may write
  };
  void next(std::size_t node, Micros until, Micros pause);
  void act(std::size_t node);
  void book(std::size_t node, const sync::Scope& scope, std::uint64_t key, int tries);
  void trespass(std::size_t node);
  void write(std::size_t node, const sync::Draft& draft);
  std::optional<sync::Draft> on_a_record(std::size_t node, const sync::Scope& scope);
  sync::Draft new_record(Clerk& clerk, const sync::Scope& scope);
  void edit(Clerk& clerk, const crdt::Dot& dot, const crdt::EntityState& state, sync::Draft& draft);
  std::string person(Clerk& clerk);

  Context& context_;
  std::vector<std::unique_ptr<Node>>& nodes_;
  Oracles& oracles_;
  std::vector<Clerk> clerks_;
  std::map<sync::Scope, std::vector<crdt::Dot>> records_;
};

}  // namespace yizhan::sim
