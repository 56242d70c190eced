// Draft: what a use case wants to write, before it has a place in a stream.
//
// What        Operations over existing dots and over operations of the draft itself, personal
//             fields in clear, the staff member and the idempotency key. The author (sync/author.h)
//             gives it seq, stamp and dots and encrypts the personal fields.
// Invariants  A dot with an all-zero stream and seq 0 means "operation `op` of this draft".
// Units       Limits of crdt/change.h and sync/limits.h.
// Errors      none here.
// Source      style.md section 6 (facts in, effects out).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sync/store.h"

namespace yizhan::sync {

inline crdt::Dot own_op(std::uint32_t op) { return {StreamId{}, 0, op}; }

struct PersonalDraft {
  std::optional<crdt::Dot> key;     // the person's existing data key; empty: a new one
  std::vector<std::string> fields;  // clear text; PersonalRef.index counts them
};

struct Draft {
  Scope scope;
  StaffId staff;
  std::uint32_t policy = 0;
  std::int64_t business_ms = 0;         // when it happened, minus now
  std::vector<PersonalDraft> personal;  // PersonalRef.blob counts them
  std::vector<crdt::Op> ops;
  std::optional<IdempotencyRow> idempotency;  // entity: may be own_op(n)
};

struct Written {
  crdt::ChangeId id;
  crdt::Hlc hlc;
};

}  // namespace yizhan::sync
