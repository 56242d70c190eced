#include "node/runtime/node_doctor.h"

#include "node/runtime/clocks.h"

namespace yizhan::node {

void NodeDoctor::look_around(NodeId node, WallMs now, Told told) {
  worker_.post([this, node, now, told = std::move(told)] {
    const MonoMs begun = mono_now();
    if (!looked_at_ || (begun - *looked_at_).count() >= kFreshMs) {
      checks_ = machine_checks(plan_);
      looked_at_ = begun;
    }
    told({backups_.see(node, now), checks_});
  });
}

}  // namespace yizhan::node
