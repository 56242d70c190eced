// Connection: the requests of one accepted socket, one after the other.
//
// What        Reads a head, lets the API check it, reads the body that the route allows, answers.
// Invariants  I1  one request is in hand at a time; pipelined ones wait in the buffer.
//             I2  a body is never read before its head was let through.
//             I3  every wait has a time limit (Timeouts).
// Errors      As responses, after which the connection closes: 400, 413, 414, 417, 431, 501, 505.
//             A peer that is too slow is closed without one.
// Source      RFC 9112; reliability.md D8, D12.
#pragma once
#include <cstddef>

#include "node/http/api.h"
#include "node/http/limits.h"

namespace boost::asio {
class io_context;
}

namespace yizhan::node::http {

// What all connections of one server share; outlives them.
struct ConnectionHost {
  boost::asio::io_context& io;
  Api& api;
  Timeouts timeouts;
  std::size_t tcp_open = 0;
  std::size_t unix_open = 0;
};

// Takes the descriptor `fd`. On the io thread.
void serve_connection(ConnectionHost& host, int fd, Channel channel);

}  // namespace yizhan::node::http
