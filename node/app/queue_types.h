// Queue types: what a counter asks of the queue and what it is told, as plain values.
//
// What        The requests and answers of node/app/queue_service.h.
// Invariants  I1  names are masked everywhere in here.
//             I2  what is not known or never was is absent, never 0.
// Units       As in node/app/service_types.h; windows are numbers of counters, from 1 to 99.
// Errors      none: values only.
// Source      ux.md W1, W3, W9; domain.md 4.1.
#pragma once
#include "node/app/acts.h"
#include "node/app/service_types.h"
#include "node/policy/queue_order.h"

namespace yizhan::node {

// Wire numbers: never reuse one.
enum class Outcome : std::uint8_t { Done = 1, Consulted = 2, Incomplete = 3, ReceivedOnly = 4 };
enum class LeaveReason : std::uint8_t { ClientLeft = 1, CarriedOver = 2, ToldByPhone = 3 };
enum class Rated : std::uint8_t { Invited = 1, Rated = 2, Declined = 3, NotRated = 4 };

struct NewVisit {
  std::string item;
  Priority priority = Priority::None;
  std::optional<std::string> name;
  std::optional<Document> document;
  std::optional<std::string> phone;
  std::optional<std::string> note;
  std::optional<WallMs> occurred_at;        // entered later than it happened
  std::optional<std::string> paper_number;  // of the hand-written slip
  std::optional<Outcome> outcome;           // served by then: it is entered as finished
};

struct Visit {
  std::string id;
  std::string ticket;
  std::string revision;
  std::string item;
  crdt::Visit state = crdt::Visit::Waiting;
  std::optional<std::int64_t> window;
  Priority priority = Priority::None;
  std::optional<Period> period;
  std::optional<std::string> appointment;
  std::optional<std::string> slot;
  std::optional<std::string> masked_name;
  std::optional<std::string> masked_agent;  // who acts for the person
  WallMs arrived_at;
  std::optional<WallMs> called_at;
  std::int64_t calls = 0;
  std::optional<WallMs> started_at;
  std::optional<WallMs> finished_at;
  std::optional<Outcome> outcome;
  std::optional<std::string> note;
  std::optional<std::string> hold_reason;
  std::optional<Rated> rated;
  bool late_entry = false;
  std::string business_date;
  bool upstream = false;  // the item needs a system above this node
  Rung rung = Rung::Saved;
};

struct Arrival {
  std::optional<Appointment> appointment;
  Visit visit;
  std::int64_t ahead = 0;  // who will be called before
  Timing timing = Timing::None;
  std::int64_t late_min = 0;
  std::optional<WallMs> ready_at;
  bool already = false;  // had come before
};

struct QueueRow {
  std::string id;
  std::string ticket;
  std::string item;
  std::string group;
  crdt::Visit state = crdt::Visit::Waiting;
  std::optional<std::string> masked_name;
  Priority priority = Priority::None;
  std::optional<std::string> slot;
  WallMs arrived_at;
  std::int64_t wait_min = 0;
  QueueReason reason = QueueReason::Order;
  std::optional<WallMs> ready_at;
  std::optional<std::int64_t> window;
};

enum class QueueLight : std::uint8_t { Green, Amber, Red };

struct QueueCounts {
  std::int64_t waiting = 0;
  std::int64_t by_appointment = 0;
  std::int64_t walk_in = 0;
  std::int64_t missed = 0;
  std::int64_t held = 0;
  std::int64_t finished = 0;
  std::optional<std::int64_t> average_min;
  std::int64_t off_hours = 0;
  std::int64_t rated = 0;
  std::int64_t unrated = 0;
};

struct Queue {
  std::string day;
  WallMs now;
  std::int64_t revision = 0;
  std::optional<std::string> next;
  std::vector<QueueRow> waiting;  // in the order of calling
  std::optional<Visit> current;
  std::vector<QueueRow> missed;
  std::vector<QueueRow> held;
  std::int64_t expected = 0;
  std::vector<QueueRow> left_over;
  QueueCounts counts;
  QueueLight light = QueueLight::Green;
};

// What becomes of those who are left when the day is closed.
enum class WithLeft : std::uint8_t { CarryOver, ToldByPhone };

struct DayCloseCounts {
  std::int64_t booked = 0;
  std::int64_t arrived = 0;
  std::int64_t finished = 0;
  std::int64_t walk_in = 0;
  std::int64_t off_hours = 0;
  std::int64_t cancelled = 0;
  std::int64_t no_show = 0;
  std::int64_t rated = 0;
  std::int64_t unrated = 0;
  std::int64_t complaints = 0;  // taken in that day
};

// Forms that were numbered together and are not all accounted for: left = given - used - spoiled.
struct FormStock {
  std::string first;  // number
  std::string last;
  std::int64_t given = 0;
  std::int64_t used = 0;  // entered
  std::int64_t spoiled = 0;
  std::int64_t left = 0;  // blank forms that should be in the drawer
};

struct SpoiledForm {
  std::string number;
  bool spoiled = true;  // false: it was called so by mistake
};

struct DayClose {
  std::string date;
  std::vector<QueueRow> left;  // not served yet
  DayCloseCounts counts;
  std::vector<FormStock> forms;         // as they are now, oldest first
  std::optional<std::int64_t> pending;  // 待上报
  bool safe_to_power_off = false;
  std::optional<WallMs> closed_at;
};

enum class WindowState : std::uint8_t { Open, Paused, Closed };

struct WindowRow {
  std::int64_t number = 0;
  std::string name;
  std::vector<std::string> groups;
  bool closed = false;
  std::optional<std::string> held_by;
  std::optional<WallMs> held_since;
  std::optional<std::string> ticket;
  WindowState state = WindowState::Paused;
};
struct NewWindow {
  std::int64_t number = 0;
  std::string name;
  std::vector<std::string> groups;
};
struct WindowEdit {  // absent: unchanged
  std::int64_t number = 0;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> groups;
  std::optional<bool> closed;
};
struct OpenedSeat {
  std::string seat;
  WindowRow window;
  std::optional<std::string> took_over_from;
};

// Too early a recall is an answer, not an Error: the caller shows how long to wait.
struct Recalled {
  std::optional<Visit> visit;  // absent: not called again
  std::int64_t retry_after_s = 0;
};

struct HoldVisit {
  std::string id;
  std::string reason;  // may be empty
};

struct TransferVisit {
  std::string id;
  std::int64_t to_window = 0;
};

struct VisitNote {
  std::string id;
  std::optional<std::string> note;  // absent or empty: what was noted on the visit is removed
};

struct Undone {
  std::string id;  // as it was asked for
  Act act = Act::Call;
  std::optional<std::string> appointment;  // that it touched
};

struct FinishVisit {
  Outcome outcome = Outcome::Done;
  bool rate = true;
};

}  // namespace yizhan::node
