#include "crdt/entity_state.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "crdt/base/planted.h"

namespace yizhan::crdt {
namespace {

template <class Item>
void insert_sorted(std::vector<Item>& items, Item item) {
  items.insert(std::upper_bound(items.begin(), items.end(), item), std::move(item));
}

// One operation while it is applied: where it stands, and what it may know.
class Applier {
 public:
  Applier(EntityState& state, const Change& change, std::size_t index, const Admitted& admitted)
      : state_(state),
        change_(change),
        entity_(change.ops[index].entity),
        dot_(change.dot(index)),
        admitted_(admitted) {}

  void operator()(const EntNew& op) {
    if (entity_ == dot_) state_.kind = op.kind;  // only an entity's own creation says what it is
  }
  void operator()(const RegSet& op) {
    for (const Assign& assign : op.assigns) set(assign);
  }
  void operator()(const LifeTo& op) {
    for (const Dot& over : op.over) kill(kLifeSlot, over);
    if (!take_killed(kLifeSlot)) insert_sorted(state_.life, {dot_, change_.hlc, op.state});
  }
  void operator()(const SetAdd& op) {
    if (!take_killed(op.field)) {
      insert_sorted(state_.sets, {op.field, dot_, change_.hlc, op.element});
      hold_blobs(op.element);
    }
  }
  void operator()(const SetRem& op) {
    for (const Dot& add : op.adds) kill(op.field, add);
  }
  void operator()(const CntInc& op) {
    const CounterTotal key{op.field, dot_.stream, std::numeric_limits<std::int64_t>::min()};
    auto at = std::lower_bound(state_.counters.begin(), state_.counters.end(), key);
    if (at == state_.counters.end() || at->field != op.field || at->stream != dot_.stream) {
      at = state_.counters.insert(at, {op.field, dot_.stream, 0});
    }
    if (__builtin_add_overflow(at->total, op.delta, &at->total)) {
      at->total = op.delta < 0 ? std::numeric_limits<std::int64_t>::min()
                               : std::numeric_limits<std::int64_t>::max();
    }
  }
  void operator()(const EntDel&) {}  // apply() buries the entity
  void operator()(const Opaque&) {}

 private:
  void set(const Assign& assign) {
    if (planted(Bug::MergeByClockOnly)) return set_by_clock(assign);
    for (const Dot& over : assign.over) kill(assign.field, over);
    if (take_killed(assign.field)) return;
    insert_sorted(state_.regs, {assign.field, dot_, change_.hlc, assign.value});
    hold_blobs(assign.value);
  }

  void set_by_clock(const Assign& assign) {
    const RegSibling* shown = state_.shown(assign.field);
    if (shown != nullptr && std::tie(shown->hlc, shown->dot) > std::tie(change_.hlc, dot_)) return;
    std::erase_if(state_.regs, [&](const RegSibling& s) { return s.field == assign.field; });
    insert_sorted(state_.regs, {assign.field, dot_, change_.hlc, assign.value});
    hold_blobs(assign.value);
  }

  static bool before(const LifeHead& head, const KilledDot& key) { return head.dot < key.dot; }
  template <class Item>
  static bool before(const Item& item, const KilledDot& key) {
    return std::tie(item.field, item.dot) < std::tie(key.slot, key.dot);
  }
  static bool is(const LifeHead& head, const KilledDot& key) { return head.dot == key.dot; }
  template <class Item>
  static bool is(const Item& item, const KilledDot& key) {
    return item.field == key.slot && item.dot == key.dot;
  }

  bool knows(const Dot& dot) const {
    if (dot.stream != dot_.stream) return admitted_(dot.change());
    return std::tie(dot.seq, dot.op) < std::tie(dot_.seq, dot_.op);
  }

  template <class Item>
  static bool erase(std::vector<Item>& items, const KilledDot& killed) {
    const auto live =
        std::lower_bound(items.begin(), items.end(), killed,
                         [](const Item& i, const KilledDot& k) { return before(i, k); });
    if (live == items.end() || !is(*live, killed)) return false;
    items.erase(live);
    return true;
  }

  // Whatever kind of write the victim is: a set removal that names a register must do the same
  // before and after that register arrived.
  void kill(FieldId slot, const Dot& victim) {
    if (victim == dot_) return;
    const KilledDot killed{slot, victim};
    const bool erased = slot == kLifeSlot
                            ? erase(state_.life, killed)
                            : erase(state_.regs, killed) || erase(state_.sets, killed);
    if (erased || knows(victim)) return;
    const auto at = std::lower_bound(state_.killed.begin(), state_.killed.end(), killed);
    if (at == state_.killed.end() || *at != killed) state_.killed.insert(at, killed);
  }

  // True when this write had been replaced before it arrived.
  bool take_killed(FieldId slot) {
    const KilledDot killed{slot, dot_};
    const auto at = std::lower_bound(state_.killed.begin(), state_.killed.end(), killed);
    if (at == state_.killed.end() || *at != killed) return false;
    state_.killed.erase(at);
    return true;
  }

  void hold_blobs(const Value& value) {
    if (!std::holds_alternative<PersonalRef>(value) || change_.blobs.empty()) return;
    const auto at = std::lower_bound(
        state_.blobs.begin(), state_.blobs.end(), change_.id,
        [](const LiveBlobs& held, const ChangeId& id) { return held.change < id; });
    if (at != state_.blobs.end() && at->change == change_.id) return;
    state_.blobs.insert(at, {change_.id, change_.blobs});
  }

  EntityState& state_;
  const Change& change_;
  Dot entity_;
  Dot dot_;
  const Admitted& admitted_;
};

bool points_into(const Dot& dot, const Value& value, const ChangeId& change) {
  return std::holds_alternative<PersonalRef>(value) && dot.change() == change;
}

void drop_dead_blobs(EntityState& state) {
  std::erase_if(state.blobs, [&state](const LiveBlobs& held) {
    const auto reg = [&](const RegSibling& s) { return points_into(s.dot, s.value, held.change); };
    const auto set = [&](const SetElement& e) {
      return points_into(e.dot, e.element, held.change);
    };
    return std::none_of(state.regs.begin(), state.regs.end(), reg) &&
           std::none_of(state.sets.begin(), state.sets.end(), set);
  });
}

void bury(EntityState& state, const EntDel& op, ApplyNotes* notes) {
  if (notes != nullptr) {
    for (const Dot& dot : state.live_dots()) {
      if (!std::binary_search(op.seen.begin(), op.seen.end(), dot)) {
        notes->unseen_by_delete.push_back(dot);
      }
    }
  }
  state = EntityState{};
  state.deleted = true;
}

}  // namespace

void apply(EntityState& state, const Change& change, std::size_t index, const Admitted& admitted,
           ApplyNotes* notes) {
  const OpBody& body = change.ops[index].body;
  if (state.deleted) {
    const bool writes =
        !std::holds_alternative<EntDel>(body) && !std::holds_alternative<Opaque>(body);
    if (notes != nullptr && writes) {
      notes->unseen_by_delete.push_back(change.dot(index));
    }
    return;
  }
  if (const auto* del = std::get_if<EntDel>(&body)) return bury(state, *del, notes);
  std::visit(Applier(state, change, index, admitted), body);
  if (!state.blobs.empty()) drop_dead_blobs(state);
}

void restamp(EntityState& state, const ChangeId& change, Hlc stamp) {
  const auto set = [&](auto& items) {
    for (auto& item : items) {
      if (item.dot.change() == change) item.hlc = stamp;
    }
  };
  set(state.regs);
  set(state.life);
  set(state.sets);
}

const RegSibling* EntityState::shown(FieldId field) const {
  const RegSibling* best = nullptr;
  for (const RegSibling& s : regs) {
    if (s.field != field) continue;
    if (best == nullptr || std::tie(s.hlc, s.dot) > std::tie(best->hlc, best->dot)) best = &s;
  }
  return best;
}

std::vector<const RegSibling*> EntityState::siblings(FieldId field) const {
  std::vector<const RegSibling*> found;
  for (const RegSibling& s : regs) {
    if (s.field == field) found.push_back(&s);
  }
  return found;
}

std::vector<Dot> EntityState::dots_of(FieldId field) const {
  std::vector<Dot> dots;
  for (const RegSibling& s : regs) {
    if (s.field == field) dots.push_back(s.dot);
  }
  return dots;
}

std::vector<Dot> EntityState::life_dots() const {
  std::vector<Dot> dots;
  for (const LifeHead& head : life) dots.push_back(head.dot);
  return dots;
}

std::vector<Dot> EntityState::live_dots() const {
  std::vector<Dot> dots = life_dots();
  for (const RegSibling& s : regs) dots.push_back(s.dot);
  for (const SetElement& e : sets) dots.push_back(e.dot);
  std::sort(dots.begin(), dots.end());
  dots.erase(std::unique(dots.begin(), dots.end()), dots.end());
  return dots;
}

std::int64_t EntityState::counter(FieldId field) const {
  std::int64_t sum = 0;
  for (const CounterTotal& c : counters) {
    if (c.field != field) continue;
    if (__builtin_add_overflow(sum, c.total, &sum)) {
      sum = c.total < 0 ? std::numeric_limits<std::int64_t>::min()
                        : std::numeric_limits<std::int64_t>::max();
    }
  }
  return sum;
}

const SealedBlob* EntityState::blob(const Dot& dot, const PersonalRef& ref) const {
  for (const LiveBlobs& held : blobs) {
    if (held.change == dot.change() && ref.blob < held.blobs.size()) return &held.blobs[ref.blob];
  }
  return nullptr;
}

std::vector<ChangeId> EntityState::live_changes() const {
  std::vector<ChangeId> changes;
  for (const Dot& dot : live_dots()) {
    if (changes.empty() || changes.back() != dot.change()) changes.push_back(dot.change());
  }
  return changes;
}

}  // namespace yizhan::crdt
