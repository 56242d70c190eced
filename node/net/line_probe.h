// Line probe: does anybody answer at an address, and who?
//
// What        One call that carries nothing: name, TCP, and with a key the CURVE handshake in which
//             the other end proves who it is. For a node that does not run, or to say why its line
//             is down.
// Invariants  I1  nothing is sent but the handshake; the connection is closed at once.
// Units       Milliseconds.
// Errors      none: each is a finding.
// Source      ux.md SY-01, SY-02.
#pragma once
#include <chrono>
#include <string>

#include "node/net/link_types.h"

namespace yizhan::node {

enum class LineState : std::uint8_t {
  Answers,
  NoName,    // the name has no address
  Refused,   // the machine is there, nobody listens
  NoRoute,   // no way to it
  NoAnswer,  // nothing within the limit
  NoProof    // somebody answers, and does not prove the expected key, or does not know ours
};
const char* name(LineState state);  // no_name

// `address`: HOST:PORT.
LineState probe_tcp(const std::string& address, std::chrono::milliseconds limit);
// TCP, then CURVE with `options.secret`, `dial` and `dial_key`.
LineState probe_line(const LinkOptions& options, std::chrono::milliseconds limit);

}  // namespace yizhan::node
