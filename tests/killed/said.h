// Said: what a node tells the ledger outside of it, one message a write.
//
// What        A message is smaller than what a pipe takes at once: it comes whole or not at all,
//             whenever the node dies.
// Units       none.
// Errors      none: a closed pipe is the end of the node.
#pragma once
#include <cstdint>

#include "crdt/dot.h"

namespace yizhan::killed {

struct Said {
  enum class What : std::uint8_t {
    Started,      // the node holds `stream` up to `seq`
    Begun,        // booking `number` is on its way to the disk
    Acknowledged  // it is saved, as the change (stream, seq)
  };
  What what = What::Started;
  std::int32_t number = 0;
  StreamId stream;
  std::uint64_t seq = 0;
};

}  // namespace yizhan::killed
