#include "tests/sim/verdict.h"

namespace yizhan::sim {

std::string_view name(Invariant invariant) {
  switch (invariant) {
    case Invariant::Convergence: return "convergence";
    case Invariant::Permutation: return "permutation";
    case Invariant::NoAcknowledgedChangeAbsent: return "no_acknowledged_change_absent";
    case Invariant::ReleasedImpliesDurable: return "released_implies_durable";
    case Invariant::LinearHistory: return "linear_history";
    case Invariant::OnePayloadPerDot: return "one_payload_per_dot";
    case Invariant::Causality: return "causality";
    case Invariant::VectorEqualsDurableSegments: return "vector_equals_durable_segments";
    case Invariant::DigestEqualsRecomputed: return "digest_equals_recomputed";
    case Invariant::RelayTransparency: return "relay_transparency";
    case Invariant::ScopeConfidentiality: return "scope_confidentiality";
    case Invariant::OutOfScopeNeverStored: return "out_of_scope_never_stored";
    case Invariant::RungTruth: return "rung_truth";
    case Invariant::DeletedStaysDeleted: return "deleted_stays_deleted";
    case Invariant::RevokedNeverEffective: return "revoked_never_effective";
    case Invariant::FutureNeverWins: return "future_never_wins";
    case Invariant::IdempotencyOnce: return "idempotency_once";
    case Invariant::BoundedMemory: return "bounded_memory";
    case Invariant::WriteAccepted: return "write_accepted";
    case Invariant::Liveness: return "liveness";
  }
  return "";
}

}  // namespace yizhan::sim
