// Reference: the merge rules said once more, as plainly as possible, to judge crdt/ by.
//
// What        Keeps all admitted writes of one replica and every "I saw that" beside them; what
//             stands is every write that no admitted write lists as seen.
// Invariants  Independent of crdt/entity_state.cpp: no order, no pruning, no `killed`.
// Errors      none.
// Source      design.md section 5 "Kinds".
#pragma once
#include <map>
#include <set>
#include <string>

#include "sync/quarantine.h"
#include "sync/store.h"

namespace yizhan::sim {

// What a change says of the stamps of others; mostly nothing.
std::vector<sync::QuarantinedRun> quarantined_by(const crdt::Change& change);

crdt::Hlc counts_by(const std::vector<sync::QuarantinedRun>& runs, const crdt::ChangeId& change,
                    crdt::Hlc stamp);

class Reference {
 public:
  // `change` must outlive the reference.
  void admit(const sync::Scope& scope, const crdt::Change& change);
  bool deleted(const sync::Scope& scope, const crdt::Dot& entity) const;
  // Empty: `state` (null: nothing stored) is what the admitted writes mean; else what differs.
  std::string differs(const sync::Scope& scope, const crdt::Dot& entity,
                      const crdt::EntityState* state) const;

 private:
  struct Write {
    crdt::Hlc hlc;
    const crdt::Value* value = nullptr;
  };
  struct Entity {
    std::optional<crdt::RecordKind> kind;
    bool deleted = false;
    using Slot = std::pair<crdt::FieldId, crdt::Dot>;
    std::map<Slot, Write> regs;
    std::map<Slot, Write> elements;
    std::map<crdt::Dot, crdt::LifeState> life;
    std::set<Slot> seen_regs;
    std::set<Slot> seen_elements;
    std::set<crdt::Dot> seen_life;
    std::map<std::pair<crdt::FieldId, StreamId>, std::int64_t> counters;
  };
  void admit_op(Entity& entity, const crdt::Change& change, std::size_t index);
  std::string differs(const Entity& entity, const crdt::EntityState& state) const;
  std::map<std::pair<sync::Scope, crdt::Dot>, Entity> entities_;
  std::vector<sync::QuarantinedRun> quarantined_;
};

}  // namespace yizhan::sim
