// Service types: what a counter asks of its node and what it is told, as plain values.
//
// What        The requests and answers of node/app/service.h for sign-in, status, catalogue and
//             appointments. Shapes and limits (docs/openapi.yaml) are checked before a request gets
//             here; its meaning (check digits, open slots, moves allowed) is checked behind
//             Service.
// Invariants  I1  counts that are not known are absent, never 0.
//             I2  a Rung is derived from acknowledgements, never from a flag.
// Units       Dates "YYYY-MM-DD" and windows "HH:MM" in China time; at_ms in WallMs.
// Errors      none: values only.
// Source      design.md sections 2, 4, 5; ux.md section 4.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crdt/base/time.h"
#include "crdt/life.h"
#include "node/policy/agent_basis.h"
#include "node/policy/policy.h"

namespace yizhan::node {

// --- who asks -----------------------------------------------------------------------------------

enum class StaffRole : std::uint8_t { Clerk = 1, Lead = 2, District = 3, City = 4 };

struct StaffMember {
  StaffId id;
  std::string login;
  std::string display_name;
  StaffRole role = StaffRole::Clerk;
};

struct SecretTry {
  std::string login;
  std::string secret;
};

struct FirstSignIn {
  std::string login;
  std::string code;
  std::string new_secret;
};

// A wrong or too early try is an answer, not an Error: the caller shows how long to wait.
// Throttled as an Error means that the queue of hashes is full.
struct SecretVerdict {
  std::optional<StaffMember> staff;  // present: the secret was right
  bool waiting = false;              // refused without a try, because the delay is not over
  std::int64_t retry_after_s = 0;    // until the next try is taken
};

// One write of a person. `key` and `request_hash` make it idempotent: (staff, key) with the same
// hash answers as the first time; with another hash it is Conflict, field "Idempotency-Key".
struct Intent {
  StaffMember staff;
  std::string key;
  Hash32 request_hash{};
};

// --- the node -----------------------------------------------------------------------------------

enum class NodeRole : std::uint8_t { Hub = 1, District = 2, Station = 3 };
enum class Rung : std::uint8_t { Saved = 1, Carried = 2, Received = 3 };

struct RungCounts {  // saved >= carried >= received; pending = saved and not carried
  std::int64_t saved = 0;
  std::int64_t carried = 0;
  std::int64_t received = 0;
  std::int64_t pending = 0;
};

enum class ChipState : std::uint8_t {
  Received,      // connected, and the city has everything
  Sending,       // connected, with something 待上报
  DistrictOnly,  // the node above has everything, the city not yet
  Offline,
  Overdue,  // offline for longer than agreed
  OnMedia,  // all that is pending is on a stick
  Unknown,  // the counts could not be read
  CannotSave
};

struct Chip {
  ChipState state = ChipState::Unknown;
  std::optional<std::int64_t> pending;  // 待上报
  std::optional<std::int64_t> to_city;  // saved and not received by the city
  std::optional<WallMs> since;          // last contact
  std::int64_t days = 0;                // whole days without contact
  std::int64_t agreed_days = 0;
};

struct NodeStatus {
  std::string node;  // hex of the node id
  std::string name;
  std::string division;  // path
  NodeRole role = NodeRole::Station;
  std::string version;
  std::string database;  // hex, names this database for ever
  std::string policy_version;
  std::optional<RungCounts> counts;  // of records this node wrote; absent: could not be read
  bool connected = false;            // the node above answered within the contact time-out
  std::optional<WallMs> last_contact;
  std::optional<std::int64_t> agreed_interval_s;  // longest agreed time without contact
  bool clock_suspect = false;                     // nobody can say whether `now` is right
  bool clock_asks = false;                        // a person should
  std::optional<std::int64_t> clock_off_ms;       // the machine's clock is so far ahead of `now`
  bool can_save = true;
  std::optional<std::int64_t> disk_free_bytes;
  WallMs now;
  std::optional<Period> period;  // in which `now` lies; empty outside of all hours
  Chip chip;
};

struct DivisionRow {
  std::string path;  // 1403/140311/140311100
  std::string code;
  std::string name;
};

struct ItemRow {
  std::string code;
  std::string name;
  std::string group;
  std::vector<std::string> materials;  // what a resident brings
  bool upstream = false;               // to be done with, it needs a system above this node
};

struct SlotRow {
  std::string window;
  Period period = Period::Regular;
  std::int64_t capacity = 0;
  std::int64_t taken = 0;
  std::int64_t free = 0;          // what may be booked now; the walk-in share is not in it
  std::optional<WallMs> cut_off;  // after which it is no longer booked
  bool over = false;              // it is past, or its cut-off is
};

// --- appointments -------------------------------------------------------------------------------

struct Document {
  std::string kind;  // resident_id, hmt_residence, foreign_permanent, hm_permit, taiwan_permit,
                     // passport, other
  std::string number;
};

// Who acts for the resident (代办). At least one of document and phone.
struct Agent {
  std::string name;
  std::optional<Document> document;
  std::optional<std::string> phone;
  AgentBasis basis = AgentBasis::PowerOfAttorney;
  std::optional<std::string> valid_until;  // last day of a power of attorney
};

struct NewAppointment {
  std::string item;
  std::string date;
  std::string window;
  std::string name;
  Document document;
  std::optional<std::string> phone;
  std::string channel;  // window, phone, kiosk, h5, hotline
  std::optional<std::string> note;
  std::optional<Agent> agent;               // empty: the resident acts for themselves
  std::vector<std::string> to_bring;        // of the item's and agent's papers, those missing
  std::optional<WallMs> occurred_at;        // late entry: when it happened
  std::optional<std::string> paper_number;  // and the number of its hand-written form
};

// Absent: unchanged. An empty phone or note removes it.
struct AppointmentEdit {
  std::string id;
  std::string revision;  // If-Match; a stale one is Conflict, field "If-Match"
  std::optional<std::string> item;
  std::optional<std::string> phone;
  std::optional<std::string> note;
};

struct Reschedule {
  std::string id;
  std::string date;
  std::string window;
};

struct Cancel {
  std::string id;
  std::string reason;  // client_request, client_duplicate, station_closed, station_power_cut,
                       // station_calendar; the prefix tells whose cancel it is
};

struct Excuse {
  std::string id;
  std::string reason;
};

// What a person may do with a record that there is (node/app/record_acts.h).
enum class RecordAct : std::uint8_t {
  CheckIn,
  Finish,
  Edit,
  Reschedule,
  Cancel,
  NoShow,
  Excuse,
  Print
};
inline constexpr std::array kRecordActs = {
    RecordAct::CheckIn, RecordAct::Finish, RecordAct::Edit,   RecordAct::Reschedule,
    RecordAct::Cancel,  RecordAct::NoShow, RecordAct::Excuse, RecordAct::Print};

// Concurrent values of a field where a silent pick is unsafe; the first is the one shown.
struct Siblings {
  std::string field;  // name, document, phone
  std::vector<std::string> values;
};

struct Appointment {
  std::string id;
  std::string number;    // printed
  std::string revision;  // 1 to 64 of [a-z0-9]; changes with every visible change
  std::string item;
  std::string date;
  std::string window;
  std::string name;
  Document document;
  std::optional<std::string> phone;
  std::string channel;
  std::optional<std::string> note;
  std::optional<Agent> agent;         // empty: the resident acts for themselves
  std::vector<std::string> to_bring;  // of the item's and agent's papers, those missing
  crdt::Appointment life = crdt::Appointment::Submitted;
  std::uint8_t tasks = 0;  // crdt::LifeTask bits
  std::optional<std::string> cancel_reason;
  std::optional<std::string> excuse_reason;
  std::int64_t reschedules = 0;
  std::int64_t prints = 0;       // slips printed of it
  bool late_entry = false;       // from a hand-written slip
  std::optional<Period> period;  // of the window; empty outside of all hours
  WallMs created_at;             // when it happened, also of a late entry
  Rung rung = Rung::Saved;
  std::vector<Siblings> siblings;
  std::optional<std::vector<RecordAct>> acts;  // of who asked; absent where nobody chooses any
};

struct AppointmentQuery {
  std::string date;
  std::string after;  // `next` of the page before; empty: from the start
  std::int64_t limit = 50;
};

struct AppointmentRow {
  std::string id;
  std::string number;
  std::string item;
  std::string date;
  std::string window;
  std::string masked_name;                  // 张*
  std::optional<std::string> masked_agent;  // who acts for them
  std::string phone_tail;                   // last four, empty without a phone
  crdt::Appointment life = crdt::Appointment::Submitted;
  std::optional<crdt::Visit> visit_state;  // once the person has come
  std::string ticket;                      // empty: has not come
  Rung rung = Rung::Saved;
  std::string station;  // division path
};

struct AppointmentPage {  // ordered by station, window, then booking
  std::vector<AppointmentRow> rows;
  std::string next;  // empty: this was the last page
};

struct HistoryRow {   // oldest first
  std::string staff;  // hex of the staff id
  std::optional<std::string> staff_login;
  std::optional<std::string> staff_name;
  WallMs at;
  std::vector<std::string> fields;        // by name
  std::optional<crdt::Appointment> life;  // the move, when this change made one
  std::string stream;                     // hex
  std::uint64_t seq = 0;
  std::optional<std::string> request;  // 16 hex digits of (staff, Idempotency-Key)
  bool clock_suspect = false;          // nobody could tell the node the time of `at`
  Rung rung = Rung::Saved;
};

}  // namespace yizhan::node
