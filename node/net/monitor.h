// Monitor: what happens to the connection of one dialing socket.
//
// What        Reports the end of the handshake and the end of the connection.
// Invariants  I1  ZeroMQ's I/O thread writes the reports and would wait for a reader that is gone:
//                 so reporting is switched off before the reading side closes.
// Errors      zmq::error_t from the constructor.
// Source      zmq_socket_monitor(3).
#pragma once
#include <memory>
#include <optional>

#include "node/net/zmq_fwd.h"

namespace yizhan::node {

class Monitor {
 public:
  enum class Report { Connected, Refused, Ended };

  // `watched` outlives the monitor and is connected only after it is watched.
  Monitor(zmq::context_t& context, zmq::socket_t& watched);
  ~Monitor();
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

  std::optional<Report> next();  // nothing: no report waits
  void* handle() const;          // for zmq_poll

 private:
  zmq::socket_t& watched_;
  std::unique_ptr<zmq::socket_t> reports_;
};

}  // namespace yizhan::node
