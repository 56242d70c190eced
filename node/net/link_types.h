// What a link is set up with, and what it reports.
//
// What        Options with the limits of reliability.md D7 as defaults, and the events.
// Invariants  Every LinkUp is followed by exactly one LinkDown; frames come only in between.
//             ListeningEnded comes once, after the LinkDown of everyone who had dialed us.
// Units       Milliseconds, bytes.
// Errors      none.
// Source      reliability.md D7.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "crdt/base/bytes.h"
#include "node/net/curve_keys.h"

namespace yizhan::node {

// The engine's largest frame (sync/limits.h kFrameBytesMax); a larger one ends its link.
constexpr std::size_t kLinkFrameBytesMax = 65'536;

using LinkId = std::uint64_t;  // never used twice within a process
LinkId next_link_id();

struct LinkUp {
  LinkId link = 0;
  CurveKey peer{};  // proven by the CURVE handshake
  bool dialed = false;
};
struct LinkDown {
  LinkId link = 0;
};
struct LinkFrame {
  LinkId link = 0;
  Bytes bytes;
};
// The ZAP handler has ended, and with it the address: nobody can dial us until the node is started
// again. Somebody has to be told, for from inside everything else goes on as before.
struct ListeningEnded {};
using LinkEvent = std::variant<LinkUp, LinkDown, LinkFrame, ListeningEnded>;
using LinkEvents = std::vector<LinkEvent>;

struct LinkOptions {
  CurveKey secret{};
  std::string bind;     // "tcp://0.0.0.0:7403"; empty: nobody can connect; port 0: any free one
  std::string dial;     // "tcp://HOST:PORT" of the parent; empty: dial nobody
  CurveKey dial_key{};  // the only key that the dialed node may prove

  std::chrono::milliseconds handshake{15'000};  // 2G needs several seconds; a LAN 3,000
  std::chrono::milliseconds heartbeat_every{15'000};
  std::chrono::milliseconds heartbeat_timeout{30'000};
  std::chrono::milliseconds heartbeat_ttl{45'000};
  std::chrono::milliseconds redial_min{1'000};  // doubles with each failure, up to
  std::chrono::milliseconds redial_max{300'000};
  // The engine's sessions end after 45 s of silence: a link silent for longer is a leftover.
  std::chrono::milliseconds idle{120'000};
};

}  // namespace yizhan::node
