// Drafts: who the nodes of a test are, and what their clerks write.
#pragma once
#include "sync/draft.h"
#include "sync/engine.h"
#include "tests/sync/fixture.h"

namespace yizhan::node::test {

// Who `member` is; `parent` null: the hub.
sync::Identity identity_of(const sync::test::City& city, const sync::test::Member& member,
                           const sync::test::Member* parent);
sync::Identity copy(const sync::Identity& of);

// A new record with a person, as a use case would draft it.
sync::Draft booking(const sync::Scope& scope, int number);
// Another value of the same record.
sync::Draft edit(const sync::Scope& scope, const crdt::Dot& dot, const crdt::EntityState& state,
                 int number);

}  // namespace yizhan::node::test
