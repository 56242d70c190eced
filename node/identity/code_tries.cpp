#include "node/identity/code_tries.h"

namespace yizhan::node {

std::int64_t CodeTries::wait_ms(const StaffId& asker, const BootTime& now) const {
  const auto found = failures_.find(asker);
  return found == failures_.end() ? 0 : remaining_ms(found->second, now);
}

std::int64_t CodeTries::failed(const StaffId& asker, const BootTime& now) {
  Failures& failures = failures_[asker];
  failures = failed_again(failures, now);
  return failures.wait_ms;
}

}  // namespace yizhan::node
