// Intent writer: one wish of a person becomes one change, however often it is asked.
//
// What        Looks up what an earlier request under the same key wrote, and writes a draft with the
//             person and the key in it.
// Invariants  I1  a request under a key that was used gives the record that the first one wrote;
//                 with another content it is Conflict.
// Units       WallMs, MonoMs.
// Errors      Conflict (field "Idempotency-Key"), Gap (the record's key has not come), those of
//             sync::Engine::write.
// Source      design.md section 5 "API ids".
#pragma once
#include "node/app/reads.h"
#include "node/app/service_types.h"
#include "sync/engine.h"

namespace yizhan::node {

struct Moment {
  WallMs wall;
  MonoMs mono;
};

class IntentWriter {
 public:
  // `effects` receives what is written.
  IntentWriter(sync::Engine& engine, const Reads& reads, Moment now, sync::Effects& effects)
      : engine_(engine), reads_(reads), now_(now), effects_(effects) {}

  // What an earlier request under the same key wrote; empty: there was none.
  Result<std::optional<crdt::Dot>> earlier(const Intent& intent) const;
  // `record` is empty for a new one. Gives the record.
  Result<crdt::Dot> write(const Intent& intent, sync::Draft draft, std::optional<crdt::Dot> record);

 private:
  sync::Engine& engine_;
  const Reads& reads_;
  Moment now_;
  sync::Effects& effects_;
};

}  // namespace yizhan::node
