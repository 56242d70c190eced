// The ZeroMQ names that the headers of this folder mention. zmq.hpp itself takes a second to read
// and is included by sources only.
#pragma once

namespace zmq {
class context_t;
class message_t;
class socket_t;
}  // namespace zmq
