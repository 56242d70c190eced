#include "node/app/record_edit.h"

namespace yizhan::node {

RecordEdit& RecordEdit::restore(crdt::FieldId field, crdt::Value value) {
  assigns_[field] = {field, std::move(value), state_->dots_of(field)};
  return *this;
}

void RecordEdit::into(sync::Draft& draft) const {
  if (kind_) draft.ops.push_back({record_, crdt::EntNew{node::id(*kind_)}});
  if (!assigns_.empty()) {
    crdt::RegSet set;
    for (const auto& [field, assign] : assigns_) set.assigns.push_back(assign);
    draft.ops.push_back({record_, std::move(set)});
  }
  if (life_) {
    draft.ops.push_back({record_, crdt::LifeTo{*life_, state_ == nullptr ? std::vector<crdt::Dot>()
                                                                         : state_->life_dots()}});
  }
}

sync::Draft empty_draft(const sync::Scope& scope) {
  sync::Draft draft;
  draft.scope = scope;
  return draft;
}

}  // namespace yizhan::node
