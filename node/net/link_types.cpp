#include "node/net/link_types.h"

#include <atomic>

namespace yizhan::node {

LinkId next_link_id() {
  static std::atomic<LinkId> last{0};
  return ++last;
}

}  // namespace yizhan::node
