// Record edit: one record's part of a change, field by field.
//
// What        Collects assignments and a move, and puts them into a draft in the order that the
//             wire asks for. PersonFields does the same for the encrypted fields of one person.
// Invariants  I1  every assignment and move lists all that its writer saw.
//             I2  clear() of a field that holds nothing writes nothing.
// Units       As in node/app/schema.h.
// Errors      none.
// Source      design.md section 5.
#pragma once
#include <map>

#include "node/app/state_fields.h"
#include "sync/draft.h"

namespace yizhan::node {

// Collects the fields of one person in one blob and gives each its reference.
class PersonFields {
 public:
  // `blob`: how many persons were put into the draft before. No key: a new one is made.
  explicit PersonFields(std::optional<crdt::Dot> key, std::uint8_t blob = 0)
      : draft_{key, {}}, blob_(blob) {}
  crdt::Value add(std::string value) {
    draft_.fields.push_back(std::move(value));
    return crdt::PersonalRef{blob_, static_cast<std::uint8_t>(draft_.fields.size() - 1)};
  }
  void put_into(sync::Draft& draft) {
    if (!draft_.fields.empty()) draft.personal.push_back(std::move(draft_));
  }

 private:
  sync::PersonalDraft draft_;
  std::uint8_t blob_ = 0;
};

class RecordEdit {
 public:
  // `state` outlives the edit.
  RecordEdit(const crdt::Dot& record, const crdt::EntityState& state)
      : record_(record), state_(&state) {}
  // A new record, which operation `op` of the draft creates.
  RecordEdit(Record kind, std::uint32_t op) : record_(sync::own_op(op)), kind_(kind) {}

  template <class Field>
  RecordEdit& set(Field field, crdt::Value value) {
    crdt::Assign& assign = assigns_[node::id(field)];
    assign = {node::id(field), std::move(value), {}};
    if (state_ != nullptr) assign.over = state_->dots_of(node::id(field));
    return *this;
  }
  template <class Field, class T>
  RecordEdit& set_if(Field field, const std::optional<T>& value) {
    if (value) set(field, crdt::Value(*value));
    return *this;
  }
  template <class Field>
  RecordEdit& clear(Field field) {
    const crdt::RegSibling* shown = state_ == nullptr ? nullptr : state_->shown(node::id(field));
    const bool holds = shown != nullptr && !std::holds_alternative<std::monostate>(shown->value);
    return holds ? set(field, std::monostate()) : *this;
  }
  RecordEdit& restore(crdt::FieldId field, crdt::Value value);
  template <class State>
  RecordEdit& move(State to) {
    life_ = static_cast<crdt::LifeState>(to);
    return *this;
  }
  void into(sync::Draft& draft) const;

 private:
  crdt::Dot record_;
  const crdt::EntityState* state_ = nullptr;  // null: a new record
  std::optional<Record> kind_;
  std::map<crdt::FieldId, crdt::Assign> assigns_;
  std::optional<crdt::LifeState> life_;
};

sync::Draft empty_draft(const sync::Scope& scope);

}  // namespace yizhan::node
