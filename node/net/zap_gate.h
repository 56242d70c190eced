// ZAP gate: decides which CURVE keys may connect to this process.
//
// What        Answers ZeroMQ's authentication requests on a thread of its own, from a list in
//             memory. A key on the list becomes the User-Id of every message of its connection.
// Invariants  I1  a key that is not on the list is refused, unless the node asked to see others
//                 too; at the start the list is empty.
//             I2  whatever ends the thread also takes the handler's address away, after which
//                 servers refuse everyone.
// Units       none.
// Errors      Busy: this process has a handler already. Unsupported.
// Source      ZeroMQ RFC 27 (ZAP); reliability.md F1, F2.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "crdt/base/result.h"
#include "node/net/curve_keys.h"
#include "node/net/wake_fd.h"
#include "node/net/zmq_fwd.h"

namespace yizhan::node {

class ZapGate {
 public:
  // `on_end` is called from the gate's thread when it ends, for whatever reason.
  static Result<std::unique_ptr<ZapGate>> start(zmq::context_t& context,
                                                std::function<void()> on_end);
  ~ZapGate();
  ZapGate(const ZapGate&) = delete;
  ZapGate& operator=(const ZapGate&) = delete;

  // Unusable keys are left out. `others`: whoever else proves a key is let in as well.
  void set_allowed(const std::vector<CurveKey>& keys, bool others = false);
  bool allows(const CurveKey& key) const;
  bool running() const { return running_; }
  void stop();

 private:
  ZapGate(std::unique_ptr<zmq::socket_t> handler, std::function<void()> on_end);
  void run();
  void answer_one();
  bool admits(const std::vector<std::string>& request, CurveKey& key) const;

  std::unique_ptr<zmq::socket_t> handler_;  // the gate's thread alone uses it
  std::function<void()> on_end_;
  WakeFd stop_;
  mutable std::mutex mutex_;
  std::set<CurveKey> allowed_;
  bool others_ = false;
  std::atomic<bool> running_{true};
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace yizhan::node
