// Unix client: one request to the node that runs on this machine, for the operator's commands.
//
// What        Connects to `<data>/yizhan.sock`, sends, waits for the whole answer.
// Invariants  I1  one call, one connection; nothing is tried twice.
// Units       The timeout covers connecting, sending and reading together.
// Errors      Unreachable (no node runs there, or it does not answer in time), BadFormat (what came
//             is no answer of a node), LimitExceeded (an answer above 16 MiB). A problem+json
//             answer becomes the Error that the node stated.
#pragma once
#include <chrono>
#include <string>

#include "crdt/base/result.h"

namespace yizhan::node::http {

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// `body`: JSON text; empty for a request without one.
Result<HttpAnswer> call(const std::string& socket_path, const std::string& method,
                        const std::string& target, const std::string& body,
                        std::chrono::milliseconds timeout);

}  // namespace yizhan::node::http
