#include "sync/rederive.h"

#include <algorithm>

namespace yizhan::sync {
namespace {

template <class Test>
bool names_any(const crdt::OpBody& body, Test test) {
  const auto any = [&](const std::vector<crdt::Dot>& dots) {
    return std::any_of(dots.begin(), dots.end(), test);
  };
  if (const auto* set = std::get_if<crdt::RegSet>(&body)) {
    return std::any_of(set->assigns.begin(), set->assigns.end(),
                       [&](const crdt::Assign& assign) { return any(assign.over); });
  }
  if (const auto* life = std::get_if<crdt::LifeTo>(&body)) return any(life->over);
  if (const auto* rem = std::get_if<crdt::SetRem>(&body)) return any(rem->adds);
  return false;
}

// What replaced a write that is cut off has to remember it again: it may not have come yet.
void find_references(const crdt::Change& change, Undone& undone) {
  const auto cut_off = [&undone](const crdt::Dot& dot) {
    const auto cut = undone.streams.find(dot.stream);
    return cut != undone.streams.end() && dot.seq > cut->second;
  };
  for (const crdt::Op& op : change.ops) {
    if (names_any(op.body, cut_off)) undone.records.insert(op.entity);
  }
}

}  // namespace

Result<std::map<crdt::Dot, crdt::EntityState>> rederive(const StoreView& store,
                                                        const std::vector<StreamRow>& rows,
                                                        const Quarantines& quarantines,
                                                        Undone& undone) {
  for (const StreamRow& row : rows) {
    const auto read = read_chain(store, row, 1, [&undone](const ChainedChange& one) {
      find_references(one.change, undone);
      return true;
    });
    if (!read) return fail(read);
  }
  std::map<crdt::Dot, crdt::EntityState> states;
  std::map<StreamId, std::uint64_t> replayed;
  const crdt::Admitted admitted = [&replayed](const crdt::ChangeId& id) {
    const auto found = replayed.find(id.stream);
    return found != replayed.end() && id.seq <= found->second;
  };
  for (const StreamRow& row : rows) {
    const auto read = read_chain(store, row, 1, [&](const ChainedChange& one) {
      const auto judged = quarantines.instead_of(row.author, one.change);
      const crdt::Change& change = judged ? *judged : one.change;
      for (std::size_t i = 0; i < change.ops.size(); ++i) {
        const crdt::Op& op = change.ops[i];
        if (!undone.records.contains(op.entity) || !crdt::takes_effect(change, i)) continue;
        crdt::apply(states[op.entity], change, i, admitted);
      }
      replayed[row.id] = change.id.seq;
      return true;
    });
    if (!read) return fail(read);
  }
  return states;
}

}  // namespace yizhan::sync
