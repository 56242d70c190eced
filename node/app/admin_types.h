// Admin types: what the command line asks of the running node over its Unix socket.
//
// What        The requests and answers of the admin part of node/app/service.h.
// Units       at_ms in WallMs; hashes and ids as lower-case hex.
// Errors      none: values only.
// Source      design.md sections 4, 8, 9.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/app/service_types.h"

namespace yizhan::node {

struct PeerRow {
  std::string node;
  std::string name;
  NodeRole role = NodeRole::Station;
  bool connected = false;
  std::optional<WallMs> last_contact;
};

struct AdminStatus {
  NodeStatus node;
  std::int64_t changes = 0;
  std::int64_t segments = 0;
  std::int64_t entities = 0;
  std::int64_t database_bytes = 0;
  std::int64_t dead_letters = 0;  // ops stored and relayed but not understood by this version
  std::vector<PeerRow> peers;
};

struct SyncNow {
  bool started = false;  // false: there is no node above, or no link to it at the moment
};

struct SyncLogRow {  // newest first
  WallMs at;
  std::string peer;
  std::string event;  // connected, equal, sent, received, receipt, refused, lost
  std::int64_t changes = 0;
  std::int64_t bytes = 0;
  std::string detail;  // never personal data
};

struct NewStaff {
  std::string login;
  std::string display_name;
  StaffRole role = StaffRole::Clerk;
};

struct StaffCode {  // shown once, to be handed over in person
  std::string login;
  std::string code;
  WallMs expires_at;
};

struct StaffRow {
  std::string login;
  std::string display_name;
  StaffRole role = StaffRole::Clerk;
  bool disabled = false;
  bool has_secret = false;  // at this node
};

struct StationRow {
  std::string node;
  std::string name;
  std::string division;
  NodeRole role = NodeRole::Station;
  std::string state;  // invited, requested, active, revoked
  std::optional<WallMs> last_contact;
};

struct NewTicket {
  std::string division;  // path
  std::string name;
  NodeRole role = NodeRole::Station;
  bool carry_only = false;  // a district that relays what it cannot read
  std::int64_t valid_hours = 72;
};

struct Ticket {
  std::string ticket;  // text to hand to the new node
  WallMs expires_at;
};

struct ApproveStation {
  std::string request;  // what `enroll start` printed, or the node id of a request that came in
};

struct ApprovedStation {
  std::string node;
  std::string name;
  std::string division;
  std::string response;  // text for `enroll finish`
};

struct RevokeStation {
  std::string node;  // at least the first 8 hexadecimal digits of its id
};

struct RevokedStation {
  std::string node;
  std::string name;
  std::string division;
  std::int64_t counted = 0;  // of its changes
  std::int64_t held = 0;     // kept here, and never counted
};

struct VerifyFinding {
  std::string what;   // chain, seal, digest, state_root, entity, projection, journal
  std::string where;  // names the row
};

struct VerifyReport {
  bool ok = false;
  std::int64_t segments = 0;
  std::int64_t changes = 0;
  std::int64_t entities = 0;
  std::vector<VerifyFinding> findings;
};

struct ScopeRoot {
  std::string scope;  // 1403/140311#biz
  std::string state_root;
  std::string log_digest;
  std::int64_t entities = 0;
  std::int64_t changes = 0;
};

}  // namespace yizhan::node
