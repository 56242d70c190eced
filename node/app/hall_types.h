// Hall types: devices of the hall, and what a person tells the station about its service.
//
// What        The requests and answers of node/app/hall_service.h.
// Invariants  I1  nothing here names a person but what a complaint brings in.
// Units       As in node/app/service_types.h; windows are numbers of counters, from 1 to 99.
// Errors      none: values only.
// Source      ux.md W6 to W9; domain.md 4.3 and 4.4.
#pragma once
#include "node/app/feedback_types.h"
#include "node/app/queue_types.h"
#include "node/policy/policy.h"

namespace yizhan::node {

// --- devices ------------------------------------------------------------------------------------

// Wire numbers of the local table: never reuse one.
enum class DeviceKind : std::uint8_t { Display = 1, Eval = 2, Ticket = 3 };

struct DeviceRow {
  std::string device;  // 16 hex digits
  DeviceKind kind = DeviceKind::Display;
  std::string name;
  std::optional<std::int64_t> window;  // of an evaluation tablet
  bool paired = false;
  std::optional<WallMs> seen_at;  // to a few minutes
  bool silent = false;            // see is_silent() in node/app/health.h
};

struct NewDevice {
  DeviceKind kind = DeviceKind::Display;
  std::string name;
  std::optional<std::int64_t> window;
};

struct AddedDevice {
  DeviceRow device;
  std::string code;  // shown once
};

// A device that may ask, by the hash of what its cookie holds.
struct DevicePass {
  Hash32 token{};
  DeviceRow device;
};

// A wrong or too early code is an answer, not an Error: the caller shows how long to wait.
struct PairVerdict {
  std::optional<DeviceRow> device;  // present: the code was right
  std::string token;                // for the cookie; kept nowhere
  bool waiting = false;             // refused without a try, because the delay is not over
  std::int64_t retry_after_s = 0;
};

// --- screens ------------------------------------------------------------------------------------

struct CalledTicket {
  std::string ticket;
  std::int64_t window = 0;
  WallMs at;
  std::int64_t calls = 0;
};

struct HallWindow {
  std::int64_t number = 0;
  std::string name;
  WindowState state = WindowState::Paused;
  std::optional<std::string> ticket;
};

struct Display {
  std::string station;
  std::string date;
  WallMs now;
  std::optional<Hours> hours;         // in which we are
  std::optional<Hours> next_hours;    // of today
  std::vector<CalledTicket> calling;  // newest first
  std::vector<HallWindow> windows;
  std::vector<std::string> next;
  std::vector<std::string> missed;
  std::int64_t waiting = 0;
  std::optional<std::int64_t> estimate_min;
  std::vector<std::string> groups;  // served today
  std::string hotline;
};

struct ItemChoice {
  std::string code;
  std::string name;
};
struct GroupChoice {
  std::string group;
  std::vector<ItemChoice> items;
  std::int64_t ahead = 0;  // who waits for a window that serves this group
};
struct TicketScreen {
  std::string station;
  WallMs now;
  std::optional<Period> period;
  std::vector<GroupChoice> groups;
  std::int64_t waiting = 0;
  bool open = false;  // to those who come without an appointment
};

struct EvalScreen {
  std::string station;
  WallMs now;
  std::vector<Hours> hours;  // of today
  std::int64_t number = 0;
  std::string window;  // its name
  std::optional<EvalInvitation> invitation;
};

}  // namespace yizhan::node
