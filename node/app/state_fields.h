// State fields: the shown values of a record's fields, by their names in node/app/schema.h.
//
// What        Reads of one entity state with the type that the schema gives the field.
// Units       As in the schema.
// Errors      none: a field that was never set, or holds another type, is empty.
#pragma once
#include <optional>
#include <string>

#include "crdt/entity_state.h"
#include "node/app/record_id.h"
#include "node/app/schema.h"

namespace yizhan::node {

template <class Field>
std::optional<std::int64_t> number_of(const crdt::EntityState& state, Field field) {
  const crdt::RegSibling* shown = state.shown(id(field));
  const auto* value = shown == nullptr ? nullptr : std::get_if<std::int64_t>(&shown->value);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

template <class Field>
std::string text_of(const crdt::EntityState& state, Field field) {
  const crdt::RegSibling* shown = state.shown(id(field));
  const auto* value = shown == nullptr ? nullptr : std::get_if<std::string>(&shown->value);
  return value == nullptr ? std::string() : *value;
}

template <class Field>
Bytes bytes_of(const crdt::EntityState& state, Field field) {
  const crdt::RegSibling* shown = state.shown(id(field));
  const auto* value = shown == nullptr ? nullptr : std::get_if<Bytes>(&shown->value);
  return value == nullptr ? Bytes() : *value;
}

// Another record that a field names.
template <class Field>
std::optional<crdt::Dot> record_of(const crdt::EntityState& state, Field field) {
  const crdt::RegSibling* shown = state.shown(id(field));
  const auto* value = shown == nullptr ? nullptr : std::get_if<Bytes>(&shown->value);
  return value == nullptr ? std::nullopt : record_from(*value);
}

// One assignment that replaces everything that its writer saw.
template <class Field>
crdt::Assign assign(const crdt::EntityState& state, Field field, crdt::Value value) {
  return {id(field), std::move(value), state.dots_of(id(field))};
}

}  // namespace yizhan::node
