// ZeroMQ sockets with the rules of the house already set.
//
// What        The one context of the process, and the only functions that configure sockets.
// Invariants  I1  the context is never terminated: zmq_ctx_term of 4.3.4 closes libsodium's
//                 randomness under the feet of every other user (reliability.md F13).
//             I2  every socket has its size limit before it is bound or connected.
//             I3  a server asks the ZAP handler about every client, or refuses it.
// Errors      zmq::error_t, to be caught by the classes of this folder.
// Source      reliability.md D7, F1, F3, F13.
#pragma once
#include "node/net/link_types.h"
#include "node/net/zmq_fwd.h"

namespace yizhan::node {

zmq::context_t& process_context();

// `type` is a zmq::socket_type.
zmq::socket_t plain_socket(zmq::context_t& context, int type);
zmq::socket_t server_socket(zmq::context_t& context, const CurveKeyPair& own,
                            const LinkOptions& options);
zmq::socket_t client_socket(zmq::context_t& context, const CurveKeyPair& own,
                            const CurveKey& server, const LinkOptions& options);

Bytes bytes_of(const zmq::message_t& message);

}  // namespace yizhan::node
