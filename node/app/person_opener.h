// Person opener: the personal fields of one record, in clear.
//
// What        Opens each encrypted blob once for all the fields that point into it.
// Invariants  A field that does not open here is an error, never an empty text; lists show
//             kUnreadable in its place.
// Units       none.
// Errors      Denied (this node may not read the scope), Gap (the data key has not come yet),
//             StorageCorrupt, BadFormat.
// Source      design.md section 4 (personal fields).
#pragma once
#include <map>

#include "node/app/state_fields.h"
#include "sync/engine.h"

namespace yizhan::node {

struct RecordPlace {
  sync::Scope scope;
  crdt::Dot dot;
};

inline constexpr const char* kUnreadable = "…";  // sealed for this node, or its key is not here

class PersonOpener {
 public:
  // All three outlive the opener.
  PersonOpener(const sync::Engine& engine, const RecordPlace& place, const crdt::EntityState& state)
      : engine_(engine), place_(place), state_(state) {}

  Result<std::string> open(const crdt::RegSibling& sibling);
  // Empty when the field holds nothing.
  template <class Field>
  Result<std::string> shown(Field field) {
    const crdt::RegSibling* sibling = state_.shown(id(field));
    return sibling == nullptr ? Result<std::string>(std::string()) : open(*sibling);
  }

 private:
  const sync::Engine& engine_;
  const RecordPlace& place_;
  const crdt::EntityState& state_;
  std::map<std::pair<crdt::ChangeId, std::uint8_t>, std::optional<std::vector<std::string>>>
      opened_;
};

// The data key under which the person of a record is encrypted; empty: it holds no person.
std::optional<crdt::Dot> person_key(const crdt::EntityState& state);

}  // namespace yizhan::node
