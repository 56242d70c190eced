// Entity state: one record as the merge of all admitted operations on it.
//
// What        Undominated register siblings, lifecycle heads, set elements, counter totals, and the
//             encrypted blobs that live siblings point into; or a grave.
// Invariants  I1  state is a function of the set of admitted changes, whatever their order, as
//                 long as each stream is applied in order.
//             I2  a write that lists another in `over` always replaces it; stamps decide only
//                 which of several live siblings is shown. They are those that count: restamp().
//             I3  a deleted entity never returns.
//             I4  `killed` holds only dots whose change is not admitted yet.
//             I5  every vector is sorted by its type's order, so equal states have equal bytes.
// Units       Counter totals int64, saturating.
// Errors      none: every operation applies to every state.
// Not here    What a record's fields mean: node/app/schema.h. Resolution of lifecycle heads:
//             crdt/life.h.
// Source      Shapiro et al. 2011 (op-based MV-register, OR-set, counter); design.md section 5.
#pragma once
#include <functional>
#include <optional>

#include "crdt/change.h"

namespace yizhan::crdt {

struct RegSibling {
  FieldId field = 0;
  Dot dot;
  Hlc hlc;
  Value value;
  friend auto operator<=>(const RegSibling&, const RegSibling&) = default;
};
struct LifeHead {
  Dot dot;
  Hlc hlc;
  LifeState state = 0;
  friend auto operator<=>(const LifeHead&, const LifeHead&) = default;
};
struct SetElement {
  FieldId field = 0;
  Dot dot;
  Hlc hlc;
  Value element;
  friend auto operator<=>(const SetElement&, const SetElement&) = default;
};
struct CounterTotal {
  FieldId field = 0;
  StreamId stream;
  std::int64_t total = 0;
  friend auto operator<=>(const CounterTotal&, const CounterTotal&) = default;
};
// What `killed` names: a register or set field, or the lifecycle.
constexpr FieldId kLifeSlot = 0xffff;
struct KilledDot {
  FieldId slot = 0;
  Dot dot;
  friend auto operator<=>(const KilledDot&, const KilledDot&) = default;
};
struct LiveBlobs {
  ChangeId change;
  std::vector<SealedBlob> blobs;  // all blobs of that change, by number
  friend auto operator<=>(const LiveBlobs&, const LiveBlobs&) = default;
};

struct EntityState {
  std::optional<RecordKind> kind;      // empty until EntNew is admitted
  bool deleted = false;                // a grave: everything else is empty
  std::vector<RegSibling> regs;        // by (field, dot)
  std::vector<LifeHead> life;          // by dot
  std::vector<SetElement> sets;        // by (field, dot)
  std::vector<CounterTotal> counters;  // by (field, stream)
  std::vector<KilledDot> killed;       // by (slot, dot)
  std::vector<LiveBlobs> blobs;        // by change
  friend bool operator==(const EntityState&, const EntityState&) = default;

  // The sibling shown for a field: the greatest (hlc, dot); null when the field was never set.
  const RegSibling* shown(FieldId field) const;
  // All live siblings of a field, for where a silent pick is unsafe.
  std::vector<const RegSibling*> siblings(FieldId field) const;
  std::vector<Dot> dots_of(FieldId field) const;  // what a new write of the field lists in `over`
  std::vector<Dot> life_dots() const;
  std::vector<Dot> live_dots() const;  // every live dot: what EntDel lists as seen
  std::int64_t counter(FieldId field) const;
  const SealedBlob* blob(const Dot& dot, const PersonalRef& ref) const;
  // Changes that wrote something still live (sorted): the record's rung is the least of theirs.
  std::vector<ChangeId> live_changes() const;
};

// What the merge tells its caller besides the state.
struct ApplyNotes {
  std::vector<Dot> unseen_by_delete;  // writes that a delete had not seen: a person decides
};

// True when the change `id` of another stream is admitted at this replica.
using Admitted = std::function<bool(const ChangeId&)>;

// Applies operation `index` of `change` to the state of its entity. Operations of one change are
// applied in their order; `admitted` answers for changes of other streams (earlier changes and
// operations of the same stream count as admitted by position).
// REQUIRES: no operation of this change was applied before (callers admit each change once).
void apply(EntityState& state, const Change& change, std::size_t index, const Admitted& admitted,
           ApplyNotes* notes = nullptr);

// What the change wrote, and still stands, counts by this stamp from now on.
void restamp(EntityState& state, const ChangeId& change, Hlc stamp);

}  // namespace yizhan::crdt
