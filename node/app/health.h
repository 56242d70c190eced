// Health: what the node can say of itself, each with a verdict, what was found and its numbers.
//
// What        The checks of `doctor` that need what the node knows: its records, its line, its
//             backups. Those of the machine around it are in node/doctor.
// Invariants  I1  what was not looked at is Unknown, never Ok.
//             I2  the order is that of the ids.
//             I3  what a finding names is a time, a count, a file, an address or a node: nobody's
//                 data.
// Units       In the values: bytes, days, minutes, devices as their names in the pages say.
// Errors      none.
// Not here    Words: station-ui/src/i18n/health.*.json have title, finding and remedy of each in
//             both languages.
// Source      ux.md section 7 "doctor", W12.
#pragma once
#include "node/app/hall_types.h"
#include "node/app/records_types.h"
#include "sync/engine.h"

namespace yizhan::node {

// A paired device asks, or listens, all the time; it is noted every five minutes.
constexpr std::int64_t kDeviceSilentMs = std::int64_t{15} * 60 * 1000;
bool is_silent(const DeviceRow& device, WallMs now);

// The backups of this node, as they lie on their medium.
struct BackupFacts {
  std::optional<WallMs> made_at;      // the newest that can be read; absent: none is known
  std::optional<WallMs> verified_at;  // when one was last opened and found good
  std::string bad_file;               // the newest one, when a verify found something in it
};

// The database was not the one that this node wrote last: it goes on in a new epoch.
struct PutBack {
  std::string how;           // restored, guard_missing, other_database, earlier_run, behind,
                             // copied, other_epoch
  std::int64_t lacking = 0;  // changes that are awaited from others
};

struct PeerClock {
  std::string name;
  std::int64_t ahead_ms = 0;  // of this node's, when they last met
};

struct HealthFacts {
  NodeId self;
  NodeStatus node;
  bool serving = true;  // false: looked at from outside, while the node is stopped
  std::optional<WallMs> certificate_ends;
  std::optional<WallMs> clock_floor;  // the newest time that stands in the records
  std::vector<PeerClock> peer_clocks;
  std::optional<WallMs> verified_at;  // the last verify of this run
  std::optional<VerifyReport> verified;
  std::optional<WallMs> last_receipt;
  std::optional<WallMs> oldest_pending;
  std::int64_t calendar_days = 0;  // how far ahead the calendar is known
  std::int64_t dead_letters = 0;
  std::optional<std::vector<DeviceRow>> devices;  // of the hall; absent: could not be read
  bool listening_ended = false;                   // nobody below can connect any more
  BackupFacts backups;
  std::optional<PutBack> put_back;      // at the last start, or since
  std::optional<std::int64_t> doubles;  // names under which two machines run; absent: not readable
  std::int64_t forked = 0;              // names of which a peer holds other entries than this node
};

std::vector<HealthCheck> health_checks(const HealthFacts& facts);

// Both, in the order of their ids; of two with one id the worse, or else the second.
std::vector<HealthCheck> merged(std::vector<HealthCheck> first, std::vector<HealthCheck> second);

std::optional<WallMs> newest(const std::vector<sync::Receipt>& receipts);

}  // namespace yizhan::node
