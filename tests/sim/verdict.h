// Verdict: which invariants were checked, how often, and the first that did not hold.
//
// What        The named promises of design.md section 10 as far as they exist; the first violation
//             ends a seed.
// Invariants  Every invariant stands in checks(), also with 0.
// Errors      none.
// Source      design.md section 10; sync-notes.md C15.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yizhan::sim {

enum class Invariant : unsigned char {
  Convergence,                 // quiescent and healed: equal state roots
  Permutation,                 // any FIFO-respecting order gives the same root
  NoAcknowledgedChangeAbsent,  // saved is saved, everywhere it belongs
  ReleasedImpliesDurable,      // nothing on a link that a power cut could take back
  LinearHistory,               // one head per (stream, seq), over all nodes, ever
  OnePayloadPerDot,
  Causality,  // a write never stands below one that it lists as seen
  VectorEqualsDurableSegments,
  DigestEqualsRecomputed,
  RelayTransparency,     // bytes received = bytes authored
  ScopeConfidentiality,  // only who reads or carries is sent; no plaintext; carriers cannot open
  OutOfScopeNeverStored,
  RungTruth,  // a rung is never above what the other databases say
  DeletedStaysDeleted,
  RevokedNeverEffective,  // nothing past a cut counts at a node that knows of it
  FutureNeverWins,  // a stamp of the future is quarantined, and loses to every one that is not
  IdempotencyOnce,
  BoundedMemory,
  WriteAccepted,  // a person with the right to write is never refused
  Liveness        // converged within two hours after the faults end
};
constexpr std::size_t kInvariants = static_cast<std::size_t>(Invariant::Liveness) + 1;
std::string_view name(Invariant invariant);

struct Violation {
  Invariant invariant = Invariant::Convergence;
  std::string detail;
};

class Verdict {
 public:
  // `detail` is called only when the promise is broken.
  template <class Detail>
  bool expect(bool holds, Invariant invariant, Detail detail) {
    ++checks_[static_cast<std::size_t>(invariant)];
    if (!holds && !violation_) violation_ = Violation{invariant, detail()};
    return holds;
  }
  bool broken() const { return violation_.has_value(); }
  const std::optional<Violation>& violation() const { return violation_; }
  const std::array<std::uint64_t, kInvariants>& checks() const { return checks_; }

 private:
  std::array<std::uint64_t, kInvariants> checks_{};
  std::optional<Violation> violation_;
};

}  // namespace yizhan::sim
