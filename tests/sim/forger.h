// Forger: hostile relays and hostile authors, as changes to a frame on its way.
//
// What        Opens a frame that carries a whole segment, alters the segment with the real codec,
//             and puts it back into the same frame. The relay is one that got behind CURVE; the
//             author is one that is enrolled and holds its own keys.
// Invariants  Nothing that a forger makes may ever be stored (relay_transparency,
//             out_of_scope_never_stored).
// Errors      Nothing to forge in a frame gives an empty result.
// Source      issue 2 "Bad input"; design.md section 4.
#pragma once
#include <optional>

#include "sync/segment.h"
#include "tests/sim/faults.h"

namespace yizhan::sim {

// An enrolled node whose keys are in hostile hands, and a scope in which it has no rights.
struct HostileAuthor {
  NetworkId network;
  NodeId node;
  const sync::SignKey* key = nullptr;
  sync::Scope own;
  sync::Scope foreign;
};

// The segment container that a frame carries whole.
std::optional<Bytes> segment_in(ByteView frame);

// What the hostile relay or author makes of the frame.
std::optional<Bytes> forge(Fault fault, ByteView frame, const HostileAuthor& author, Prng& prng);

}  // namespace yizhan::sim
