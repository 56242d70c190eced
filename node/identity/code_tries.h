// Code tries: how long one who asks with codes waits after wrong ones.
//
// What        Delays as in throttle.h, for each device or member of staff apart, so that nobody
//             keeps others waiting.
// Invariants  I1  a right code ends the delay of who gave it; while a delay lasts nothing is tried.
//             I2  only who was admitted asks: there are as many delays as devices and staff.
// Units       Milliseconds of boot time; they end with the run of the node.
// Errors      none.
// Source      design.md section 13 (wrong tries).
#pragma once
#include <map>

#include "node/identity/throttle.h"

namespace yizhan::node {

class CodeTries {
 public:
  std::int64_t wait_ms(const StaffId& asker, const BootTime& now) const;  // 0: may try
  std::int64_t failed(const StaffId& asker, const BootTime& now);         // the delay from now on
  void succeeded(const StaffId& asker) { failures_.erase(asker); }

 private:
  std::map<StaffId, Failures> failures_;
};

}  // namespace yizhan::node
