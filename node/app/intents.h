// Intents: under which key one wish of a person is remembered.
//
// What        BLAKE2b-64 of staff member and Idempotency-Key, as the change and the idempotency
//             table carry it.
// Invariants  Never 0, which means "none" in a change.
// Units       none.
// Errors      none.
// Source      design.md section 5 "API ids".
#pragma once
#include "node/app/service_types.h"

namespace yizhan::node {

std::uint64_t intent_key(const Intent& intent);

}  // namespace yizhan::node
