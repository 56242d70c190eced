// WaitingCovers: headers of covering segments that the peer cannot use yet.
//
// What        A cover is no use to a peer before it has the changes: an author makes one in the
//             moment in which the last of them leaves, so most of them wait for the
//             acknowledgement.
// Invariants  I1  a cover leaves only when the peer is known to hold all its changes.
//             I2  bounded a stream; one that is not sent costs bytes, no data.
// Units       seq.
// Errors      None.
// Source      docs/protocol.md "The exchange".
#pragma once
#include <map>
#include <vector>

#include "sync/lanes.h"

namespace yizhan::sync {

class WaitingCovers {
 public:
  void add(StreamId stream, std::uint64_t last, const Bytes& header);
  void send(StreamId stream, std::uint64_t known, Lanes& lanes);  // those up to `known`
  std::vector<StreamId> streams() const;
  bool empty() const { return covers_.empty(); }

 private:
  struct Cover {
    std::uint64_t last = 0;
    Bytes header;
  };
  std::map<StreamId, std::vector<Cover>> covers_;
};

}  // namespace yizhan::sync
