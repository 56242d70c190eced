#include "tests/sim/clerks.h"

#include <algorithm>

namespace yizhan::sim {
namespace {

constexpr crdt::RecordKind kRecord = 1;
constexpr crdt::FieldId kService = 1;
constexpr crdt::FieldId kNumber = 2;
constexpr crdt::FieldId kNote = 3;
constexpr crdt::FieldId kName = 10;
constexpr crdt::FieldId kDocument = 11;
constexpr crdt::FieldId kTags = 20;
constexpr crdt::FieldId kVisits = 30;
constexpr int kTriesMax = 12;

}  // namespace

void Clerks::work(Micros until, std::int64_t changes) {
  if (clerks_.empty()) {
    std::set<sync::Scope> homes;
    for (const auto& node : nodes_) {
      homes.insert({node->certificate().home, sync::ScopeClass::Biz});
      homes.insert({node->certificate().home, sync::ScopeClass::Ref});
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      clerks_.push_back({Prng(context_.seed, "clerk", i), {}});
      for (const sync::Scope& scope : homes) {
        if (entitled_to_write(nodes_[i]->certificate(), scope)) clerks_[i].scopes.push_back(scope);
      }
    }
  }
  const Micros pause = (until - context_.now()) * static_cast<Micros>(nodes_.size()) / changes;
  for (std::size_t i = 0; i < nodes_.size(); ++i) next(i, until, pause);
}

void Clerks::next(std::size_t node, Micros until, Micros pause) {
  const Micros at = context_.now() + clerks_[node].prng.between(1, 2 * pause);
  if (at >= until) return;
  context_.agenda.at(at, [this, node, until, pause] {
    act(node);
    next(node, until, pause);
  });
}

void Clerks::act(std::size_t node) {
  Clerk& clerk = clerks_[node];
  const sync::Scope scope = clerk.scopes[clerk.prng.below(clerk.scopes.size())];
  const std::uint64_t choice = clerk.prng.below(1000);
  const std::uint64_t key = clerk.prng.next();
  if (choice < 300) return book(node, scope, key, 0);
  if (!nodes_[node]->up()) return;
  if (choice < 320) return trespass(node);
  if (choice < 330) return nodes_[node]->sync_now();
  const auto draft = on_a_record(node, scope);
  if (!draft) return book(node, scope, key, 0);
  write(node, *draft);
}

// The client's side of one booking: look the key up, write, wait for the answer, ask again.
void Clerks::book(std::size_t node, const sync::Scope& scope, std::uint64_t key, int tries) {
  if (tries == kTriesMax) return;
  Prng& prng = clerks_[node].prng;
  const auto again_after = [&](Micros delay) {
    context_.agenda.after(delay, [this, node, scope, key, tries] {
      const bool saved = nodes_[node]->store().durable().idempotency(key) != nullptr;
      Prng& chance = clerks_[node].prng;
      const bool lost = context_.faults.strikes(Fault::LostAnswer, context_.now(), chance);
      if (!saved || lost) book(node, scope, key, tries + 1);
    });
  };
  if (nodes_[node]->up() && nodes_[node]->store().live().idempotency(key) == nullptr) {
    sync::Draft draft = new_record(clerks_[node], scope);
    draft.idempotency = sync::IdempotencyRow{key, {}, sync::own_op(0), 201, nodes_[node]->wall()};
    write(node, draft);
  }
  again_after(prng.between(4 * kSecond, 30 * kSecond));
}

void Clerks::trespass(std::size_t node) {
  Clerk& clerk = clerks_[node];
  const auto& other = nodes_[clerk.prng.below(nodes_.size())];
  const sync::Scope scope{other->certificate().home, sync::ScopeClass::Biz};
  if (entitled_to_write(nodes_[node]->certificate(), scope)) return;
  sync::Draft draft;
  draft.scope = scope;
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{kRecord}});
  const auto written = nodes_[node]->write(draft);
  context_.verdict.expect(!written && (written.error().code == Errc::OutOfScope ||
                                       written.error().code == Errc::Denied),
                          Invariant::OutOfScopeNeverStored, [&] {
                            return "node " + std::to_string(node) + " wrote in another's scope";
                          });
}

void Clerks::write(std::size_t node, const sync::Draft& draft) {
  const auto written = nodes_[node]->write(draft);
  oracles_.on_write(node, draft, written);
  if (!written) return;
  if (std::holds_alternative<crdt::EntNew>(draft.ops.front().body)) {
    records_[draft.scope].push_back({written->id.stream, written->id.seq, 0});
  }
}

std::string Clerks::person(Clerk& clerk) {
  return std::string(kCanary) + std::to_string(clerk.prng.below(100'000));
}

sync::Draft Clerks::new_record(Clerk& clerk, const sync::Scope& scope) {
  sync::Draft draft;
  draft.scope = scope;
  clerk.prng.fill(std::span(draft.staff.value).first(1));
  crdt::RegSet set;
  set.assigns.push_back({kService, std::string("service"), {}});
  set.assigns.push_back({kNumber, static_cast<std::int64_t>(clerk.prng.below(1000)), {}});
  if (scope.cls == sync::ScopeClass::Biz) {
    draft.personal.push_back({std::nullopt, {person(clerk), "140399" + person(clerk)}});
    set.assigns.push_back({kName, crdt::PersonalRef{0, 0}, {}});
    set.assigns.push_back({kDocument, crdt::PersonalRef{0, 1}, {}});
  }
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{kRecord}});
  draft.ops.push_back({sync::own_op(0), std::move(set)});
  draft.ops.push_back({sync::own_op(0), crdt::LifeTo{1, {}}});
  return draft;
}

// One user action on a record that this node shows; empty when it shows none.
std::optional<sync::Draft> Clerks::on_a_record(std::size_t node, const sync::Scope& scope) {
  Clerk& clerk = clerks_[node];
  const std::vector<crdt::Dot>& records = records_[scope];
  if (records.empty()) return std::nullopt;
  const crdt::Dot dot = records[clerk.prng.below(records.size())];
  const auto held = nodes_[node]->store().live().entity(scope, dot);
  if (!held || *held == nullptr || (*held)->deleted) return std::nullopt;
  if (!(*held)->kind) return std::nullopt;  // known by what others wrote on it alone: not shown
  sync::Draft draft;
  draft.scope = scope;
  clerk.prng.fill(std::span(draft.staff.value).first(1));
  edit(clerk, dot, **held, draft);
  return draft;
}

void Clerks::edit(Clerk& clerk, const crdt::Dot& dot, const crdt::EntityState& state,
                  sync::Draft& draft) {
  const std::uint64_t choice = clerk.prng.below(100);
  const auto number = static_cast<std::int64_t>(clerk.prng.below(1000));
  if (choice < 35) {
    const crdt::FieldId field = clerk.prng.per_mille(500) ? kNumber : kNote;
    draft.ops.push_back({dot, crdt::RegSet{{{field, number, state.dots_of(field)}}}});
  } else if (choice < 50 && !state.blobs.empty()) {
    draft.personal.push_back({state.blobs.front().blobs.front().key, {person(clerk)}});
    draft.ops.push_back(
        {dot, crdt::RegSet{{{kName, crdt::PersonalRef{0, 0}, state.dots_of(kName)}}}});
  } else if (choice < 70) {
    const auto life = static_cast<crdt::LifeState>(1 + clerk.prng.below(15));
    draft.ops.push_back({dot, crdt::LifeTo{life, state.life_dots()}});
  } else if (choice < 80) {
    draft.ops.push_back({dot, crdt::SetAdd{kTags, number % 5}});
  } else if (choice < 86 && !state.sets.empty()) {
    draft.ops.push_back({dot, crdt::SetRem{kTags, {state.sets.front().dot}}});
  } else if (choice < 95) {
    draft.ops.push_back({dot, crdt::CntInc{kVisits, 1 + number % 3}});
  } else {
    draft.ops.push_back({dot, crdt::EntDel{state.live_dots()}});
  }
}

}  // namespace yizhan::sim
