// Self-test: a server refuses a key that nobody knows.
//
// What        Opens a throw-away server on loopback with the options of the real one and knocks
//             with a fresh key. Without a ZAP handler ZeroMQ would let everyone in, silently; so a
//             node proves that the door is shut before it opens one.
// Invariants  Passes only when the handler itself said no; a timeout is a failure.
// Errors      Unsupported, saying what happened instead.
// Source      reliability.md F1.
#pragma once
#include "node/net/link_types.h"
#include "node/net/zmq_fwd.h"

namespace yizhan::node {

Result<void> prove_strangers_are_refused(zmq::context_t& context, const LinkOptions& options);

}  // namespace yizhan::node
