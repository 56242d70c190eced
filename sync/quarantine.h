// Quarantine: stamps that lie in the future lose every tie, the same everywhere.
//
// What        A node whose clock is ahead would win ties for as long as it is. The first node above
//             it that knows the time names the changes whose stamps lie more than kFutureMs in the
//             future, and the stamp that they count by instead: an operation of its `auth` scope.
//             They stand, are relayed and replace what they saw like any others.
// Invariants  I1  stamp() depends on the set of quarantines, not on the order in which they came:
//                 of several the least counts, and none counts for more than the stamp itself.
//             I2  only who stands above the stream's author quarantines it. One that names another
//                 author for the stream says nothing.
// Units       Stamps, seq.
// Errors      BadFormat, LimitExceeded.
// Source      design.md sections 5 "Ties" and 7 "Clocks"; sync-notes.md C4; ADR-0013.
#pragma once
#include <map>
#include <optional>
#include <set>

#include "crdt/change.h"
#include "sync/certificate.h"

namespace yizhan::sync {

struct QuarantinedRun {
  StreamId stream;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  crdt::Hlc stamp;  // that these changes count by in a tie
  friend auto operator<=>(const QuarantinedRun&, const QuarantinedRun&) = default;
};

struct Quarantine {
  NodeId author;                     // of the streams
  std::vector<QuarantinedRun> runs;  // ascending by (stream, first), without overlap
  friend bool operator==(const Quarantine&, const Quarantine&) = default;
};
Bytes encode(const Quarantine& quarantine);
Result<Quarantine> decode_quarantine(ByteView payload);

// Changes of a stream, each of which may count by another stamp than before.
struct StampRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};
using StampRanges = std::map<StreamId, StampRange>;
StampRanges ranges_of(const Quarantine& quarantine);

bool may_quarantine(const Certificate& issuer, const Certificate& subject);

// All that stand.
class Quarantines {
 public:
  void add(const Quarantine& quarantine);
  // The stamp by which a change counts in a tie.
  crdt::Hlc stamp(NodeId author, const crdt::Change& change) const;
  // The change by that stamp, where it is another.
  std::optional<crdt::Change> instead_of(NodeId author, const crdt::Change& change) const;
  // The streams about which the two say different things.
  StampRanges differences(const Quarantines& other) const;

 private:
  using Runs = std::set<std::pair<QuarantinedRun, NodeId>>;
  std::map<StreamId, Runs> streams_;
};

}  // namespace yizhan::sync
