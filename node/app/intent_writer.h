// Intent writer: writes what a person wished, once for each key.
//
// What        Finds what an earlier request under the same key wrote; writes a draft with the
//             staff member and the idempotency row.
// Invariants  I1  on error nothing was written.
//             I2  a request under a key that was used gives the record that the first one wrote;
//                 with another content it is Conflict.
// Units       none.
// Errors      Conflict, field "Idempotency-Key"; Gap when the record's key has not come yet; those
//             of Engine::write.
// Source      design.md section 5 "API ids".
#pragma once
#include "node/app/person_memo.h"
#include "node/app/reads.h"
#include "node/app/service_types.h"
#include "node/policy/policy.h"
#include "sync/engine.h"

namespace yizhan::node {

// What a use case acts on, made anew for each request, on the engine's thread. `effects` receives
// what it writes.
struct DeskContext {
  sync::Engine& engine;
  const Reads& reads;
  const Policy& policy;
  WallMs wall;
  MonoMs mono;
  sync::Effects& effects;

  sync::Scope own_biz() const { return {engine.self().home, sync::ScopeClass::Biz}; }
  sync::Scope own_ref() const { return {engine.self().home, sync::ScopeClass::Ref}; }
};

class IntentWriter {
 public:
  explicit IntentWriter(const DeskContext& at) : at_(at) {}

  // What an earlier request under the same key wrote; empty: there was none.
  Result<std::optional<crdt::Dot>> earlier(const Intent& intent) const;
  // `record` is empty for a new one, which operation 0 of the draft creates.
  Result<crdt::Dot> write(const Intent& intent, sync::Draft draft, std::optional<crdt::Dot> record);

 private:
  const DeskContext& at_;
};

}  // namespace yizhan::node
