#include "tests/sim/reference.h"

#include <algorithm>

namespace yizhan::sim {
namespace {

// The writes that nobody lists as seen, in the order of their keys.
template <class Writes, class Seen>
auto standing(const Writes& writes, const Seen& seen) {
  std::vector<typename Writes::const_iterator> out;
  for (auto at = writes.begin(); at != writes.end(); ++at) {
    if (seen.count(at->first) == 0) out.push_back(at);
  }
  return out;
}

bool same_siblings(const auto& wanted, const auto& held, const auto& equal) {
  return std::equal(wanted.begin(), wanted.end(), held.begin(), held.end(), equal);
}

}  // namespace

std::vector<sync::QuarantinedRun> quarantined_by(const crdt::Change& change) {
  std::vector<sync::QuarantinedRun> runs;
  for (const crdt::Op& op : change.ops) {
    const auto* control = std::get_if<crdt::Opaque>(&op.body);
    const auto kind = static_cast<std::uint16_t>(crdt::OpKind::Quarantine);
    if (control == nullptr || control->kind != kind) continue;
    const auto quarantine = sync::decode_quarantine(control->payload);
    runs.insert(runs.end(), quarantine->runs.begin(), quarantine->runs.end());
  }
  return runs;
}

crdt::Hlc counts_by(const std::vector<sync::QuarantinedRun>& runs, const crdt::ChangeId& change,
                    crdt::Hlc stamp) {
  for (const sync::QuarantinedRun& run : runs) {
    const bool holds =
        run.stream == change.stream && run.first <= change.seq && change.seq <= run.last;
    if (holds) stamp = std::min(stamp, run.stamp);
  }
  return stamp;
}

void Reference::admit(const sync::Scope& scope, const crdt::Change& change) {
  const auto runs = quarantined_by(change);
  quarantined_.insert(quarantined_.end(), runs.begin(), runs.end());
  for (std::size_t i = 0; i < change.ops.size(); ++i) {
    const crdt::Op& op = change.ops[i];
    if (std::holds_alternative<crdt::Opaque>(op.body)) continue;
    admit_op(entities_[{scope, op.entity}], change, i);
  }
}

void Reference::admit_op(Entity& entity, const crdt::Change& change, std::size_t index) {
  const crdt::Dot dot = change.dot(index);
  const crdt::OpBody& body = change.ops[index].body;
  if (const auto* made = std::get_if<crdt::EntNew>(&body)) {
    entity.kind = made->kind;
  } else if (const auto* set = std::get_if<crdt::RegSet>(&body)) {
    for (const crdt::Assign& assign : set->assigns) {
      entity.regs[{assign.field, dot}] = {change.hlc, &assign.value};
      for (const crdt::Dot& over : assign.over) entity.seen_regs.insert({assign.field, over});
    }
  } else if (const auto* life = std::get_if<crdt::LifeTo>(&body)) {
    entity.life[dot] = life->state;
    entity.seen_life.insert(life->over.begin(), life->over.end());
  } else if (const auto* add = std::get_if<crdt::SetAdd>(&body)) {
    entity.elements[{add->field, dot}] = {change.hlc, &add->element};
  } else if (const auto* rem = std::get_if<crdt::SetRem>(&body)) {
    for (const crdt::Dot& removed : rem->adds) entity.seen_elements.insert({rem->field, removed});
  } else if (const auto* inc = std::get_if<crdt::CntInc>(&body)) {
    entity.counters[{inc->field, dot.stream}] += inc->delta;
  } else if (std::holds_alternative<crdt::EntDel>(body)) {
    entity.deleted = true;
  }
}

bool Reference::deleted(const sync::Scope& scope, const crdt::Dot& entity) const {
  const auto found = entities_.find({scope, entity});
  return found != entities_.end() && found->second.deleted;
}

std::string Reference::differs(const sync::Scope& scope, const crdt::Dot& entity,
                               const crdt::EntityState* state) const {
  const auto found = entities_.find({scope, entity});
  if (found == entities_.end()) return state == nullptr ? "" : "nothing was written";
  return state == nullptr ? "nothing is stored" : differs(found->second, *state);
}

std::string Reference::differs(const Entity& entity, const crdt::EntityState& state) const {
  if (entity.deleted) return state.deleted ? "" : "a deleted record stands";
  if (state.deleted) return "a record is deleted that nobody deleted";
  if (state.kind != entity.kind) return "kind";
  if (!same_siblings(standing(entity.regs, entity.seen_regs), state.regs,
                     [this](const auto& wanted, const crdt::RegSibling& held) {
                       return wanted->first == std::pair(held.field, held.dot) &&
                              counts_by(quarantined_, held.dot.change(), wanted->second.hlc) ==
                                  held.hlc &&
                              *wanted->second.value == held.value;
                     })) {
    return "register siblings";
  }
  if (!same_siblings(standing(entity.life, entity.seen_life), state.life,
                     [](const auto& wanted, const crdt::LifeHead& held) {
                       return wanted->first == held.dot && wanted->second == held.state;
                     })) {
    return "lifecycle heads";
  }
  if (!same_siblings(standing(entity.elements, entity.seen_elements), state.sets,
                     [](const auto& wanted, const crdt::SetElement& held) {
                       return wanted->first == std::pair(held.field, held.dot) &&
                              *wanted->second.value == held.element;
                     })) {
    return "set elements";
  }
  if (!same_siblings(entity.counters, state.counters,
                     [](const auto& wanted, const crdt::CounterTotal& held) {
                       return wanted.first == std::pair(held.field, held.stream) &&
                              wanted.second == held.total;
                     })) {
    return "counters";
  }
  return "";
}

}  // namespace yizhan::sim
