// Addresses of links, checked before ZeroMQ sees them.
//
// What        endpoint = "tcp://" host ":" port. ZeroMQ itself would take far more: interface
//             names, wildcards, source addresses, other transports.
// Invariants  An accepted address means one IPv4 address and port, or one host name to dial.
// Errors      BadFormat, naming the field and what it should look like.
// Source      RFC 952, RFC 1123 (host names).
#pragma once
#include <string>

#include "crdt/base/result.h"

namespace yizhan::node {

// Where to listen: an IPv4 address; port 0 lets the system choose one.
Result<void> check_bind_address(const std::string& address);

// Whom to dial: an IPv4 address or a host name; port 1 to 65535.
Result<void> check_dial_address(const std::string& address);

}  // namespace yizhan::node
