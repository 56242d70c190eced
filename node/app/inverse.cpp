#include "node/app/inverse.h"

#include <tuple>

#include "crdt/life.h"
#include "node/app/record_id.h"

namespace yizhan::node {
namespace {

tl::unexpected<Error> cannot() { return fail(Errc::Expired, "this cannot be taken back", "id"); }

const crdt::Assign* assign_in(const crdt::Change& change, std::uint32_t op, crdt::FieldId field) {
  if (op >= change.ops.size()) return nullptr;
  const auto* set = std::get_if<crdt::RegSet>(&change.ops[op].body);
  if (set == nullptr) return nullptr;
  for (const crdt::Assign& assign : set->assigns) {
    if (assign.field == field) return &assign;
  }
  return nullptr;
}

crdt::LifeState resolved(crdt::RecordKind kind, const std::vector<crdt::LifeHead>& heads) {
  if (kind == id(Record::Visit)) {
    return static_cast<crdt::LifeState>(crdt::resolve_visit(heads).state);
  }
  return static_cast<crdt::LifeState>(crdt::resolve_appointment(heads).state);
}

}  // namespace

Result<sync::Draft> Inverse::draft(const sync::Scope& scope) {
  draft_ = empty_draft(scope);
  for (std::size_t i = 0; i < change_.ops.size(); ++i) {
    if (auto taken = take_back(i); !taken) return fail(taken);
  }
  const Bytes name = record_bytes({change_.id.stream, change_.id.seq, 0});
  for (auto& [record, edit] : edits_) {
    const bool visit = touched_.at(record).kind == id(Record::Visit);
    edit.restore(visit ? id(VisitField::TakenBack) : id(AppointmentField::TakenBack), name);
    edit.into(draft_);
  }
  return std::move(draft_);
}

Result<void> Inverse::take_back(std::size_t index) {
  const crdt::Op& op = change_.ops[index];
  if (const auto* counted = std::get_if<crdt::CntInc>(&op.body)) {
    draft_.ops.push_back({op.entity, crdt::CntInc{counted->field, -counted->delta}});
    return {};
  }
  if (const auto* added = std::get_if<crdt::SetAdd>(&op.body)) {
    draft_.ops.push_back({op.entity, crdt::SetRem{added->field, {change_.dot(index)}}});
    return {};
  }
  if (made(op.entity)) {
    withdraw(op.entity, edit_of(op.entity));
    return {};
  }
  if (const auto* set = std::get_if<crdt::RegSet>(&op.body)) {
    for (const crdt::Assign& assign : set->assigns) {
      if (auto done = restore(op.entity, assign); !done) return done;
    }
    return {};
  }
  const auto* life = std::get_if<crdt::LifeTo>(&op.body);
  if (life == nullptr) return cannot();
  return restore_life(op.entity, *life);
}

Result<void> Inverse::restore(const crdt::Dot& record, const crdt::Assign& assign) {
  auto value = before(assign);
  if (!value) return fail(value);
  restored_.insert_or_assign({record, assign.field}, *value);
  edit_of(record).restore(assign.field, std::move(*value));
  return {};
}

// The value that was shown: of several siblings the newest.
Result<crdt::Value> Inverse::before(const crdt::Assign& assign) {
  const crdt::Change* newest = nullptr;
  const crdt::Assign* held = nullptr;
  crdt::Dot where;
  for (const crdt::Dot& dot : assign.over) {
    const auto change = log_.at(dot.change());
    if (!change) return fail(change);
    const crdt::Assign* earlier = assign_in(**change, dot.op, assign.field);
    if (earlier == nullptr) return cannot();
    const bool newer =
        newest == nullptr || std::tie((*change)->hlc, dot) > std::tie(newest->hlc, where);
    if (!newer) continue;
    newest = *change;
    held = earlier;
    where = dot;
  }
  if (held == nullptr) return crdt::Value(std::monostate());
  const auto* ref = std::get_if<crdt::PersonalRef>(&held->value);
  return ref == nullptr ? Result<crdt::Value>(held->value) : sealed_anew(*newest, *ref);
}

Result<crdt::Value> Inverse::sealed_anew(const crdt::Change& change, const crdt::PersonalRef& ref) {
  if (ref.blob >= change.blobs.size()) return cannot();
  const crdt::SealedBlob& blob = change.blobs[ref.blob];
  const auto fields = at_.engine.open(draft_.scope, change.id, ref.blob, blob);
  if (!fields) return fail(fields);
  if (ref.index >= fields->size()) return cannot();
  PersonFields person(blob.key, static_cast<std::uint8_t>(draft_.personal.size()));
  crdt::Value value = person.add((*fields)[ref.index]);
  person.put_into(draft_);
  return value;
}

Result<void> Inverse::restore_life(const crdt::Dot& record, const crdt::LifeTo& life) {
  std::vector<crdt::LifeHead> heads;
  for (const crdt::Dot& dot : life.over) {
    const auto change = log_.at(dot.change());
    if (!change) return fail(change);
    const auto* earlier = dot.op < (*change)->ops.size()
                              ? std::get_if<crdt::LifeTo>(&(*change)->ops[dot.op].body)
                              : nullptr;
    if (earlier == nullptr) return cannot();
    heads.push_back({dot, (*change)->hlc, earlier->state});
  }
  if (heads.empty()) return cannot();
  const crdt::LifeState state = resolved(touched_.at(record).kind, heads);
  lives_[record] = state;
  edit_of(record).move(state);
  return {};
}

void Inverse::withdraw(const crdt::Dot& record, RecordEdit& edit) const {
  if (touched_.at(record).kind == id(Record::Visit)) {
    edit.move(crdt::Visit::Withdrawn);
  } else {
    edit.move(crdt::Appointment::CancelledByClient)
        .set(AppointmentField::CancelReason, std::string("undone"));
  }
}

RecordEdit& Inverse::edit_of(const crdt::Dot& record) {
  return edits_.try_emplace(record, record, *touched_.at(record).state).first->second;
}

std::optional<crdt::Visit> Inverse::visit_after(const crdt::Dot& record) const {
  const auto life = lives_.find(record);
  if (life == lives_.end()) return std::nullopt;
  return static_cast<crdt::Visit>(life->second);
}

}  // namespace yizhan::node
