// Planted bugs: the proof that the simulator has teeth.
//
// What        Named faults compiled in only under YZ_PLANTED_BUGS and chosen at run time; in every
//             other build `planted` is a constant false and leaves no trace in the binary.
// Invariants  No product binary contains a planted bug: `nm` finds no symbol of them.
// Source      design.md section 10.
#pragma once

namespace yizhan {

enum class Bug {
  None,
  AckBeforeDurable,          // effects are released before the commit they depend on
  MergeByClockOnly,          // a register keeps the highest stamp and ignores causality
  DotReusedAfterCrash,       // the next seq after a start is taken from sealed segments only
  RelayReencodes,            // a relay sends its own encoding instead of the bytes received
  DictionaryOutsideTheSeal,  // the seal's body hash leaves the dictionary out
  RevokedStillAdmitted,      // what comes after a revocation is admitted all the same
  RevocationOnlyForward,     // what a revocation cuts off stays where it had come before
  QuarantineOnlyForward      // what came before the word on its stamp goes on counting by it
};

#ifdef YZ_PLANTED_BUGS
extern thread_local Bug planted_bug;
inline bool planted(Bug bug) { return planted_bug == bug; }
#else
constexpr bool planted(Bug) { return false; }
#endif

}  // namespace yizhan
