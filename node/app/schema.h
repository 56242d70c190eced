// Record schema: what the fields of each kind of record are.
//
// What        Wire numbers of record kinds and fields, and the types of their values. Numbers are
//             never reused or re-typed; a removed field stays in this list as removed.
// Invariants  Personal fields (marked P) hold a PersonalRef: the value is encrypted in a blob of
//             the change that wrote it.
// Units       Dates are days since 1970-01-01 in China time, times of day are minutes, both int.
// Errors      none.
// Source      design.md section 5; domain.md section 4.1; storage-notes.md (typed values).
#pragma once
#include "crdt/change.h"

namespace yizhan::node {

enum class Record : crdt::RecordKind {
  Appointment = 1,
  Staff = 2,
  Visit = 3,
  Window = 4,
  Evaluation = 5,
  Complaint = 6,
  PaperForms = 7,
  DayClose = 8
};

// Appointment, in the biz scope of the station that serves it.
enum class AppointmentField : crdt::FieldId {
  Item = 1,            // text: service item code
  Date = 2,            // int: day
  Window = 3,          // int: minute of the day at which the window starts
  Name = 4,            // P
  DocumentKind = 5,    // int: node/policy/person_document.h
  DocumentNumber = 6,  // P
  Phone = 7,           // P; absent when the person has none
  Channel = 8,         // int: 1 window, 2 phone, 3 kiosk, 4 H5, 5 hotline
  Note = 9,            // P
  Number = 10,         // text: printed number
  CancelReason = 11,   // text: closed list, or "undone": the booking was taken back at once
  CreatedAt = 12,      // int: wall milliseconds, business time
  Reschedules = 13,    // counter
  Prints = 14,         // counter: slips printed
  PaperNumber = 15,    // text: number of the hand-written slip that a late entry comes from
  TakenBack = 16,      // bytes: stream, seq, 0 of the change that the last undo took back
  ExcuseReason = 17,   // P: why the lead forgave that nobody came
  ToBring = 18         // set of text: materials that were not there yet when it was booked
};

// Staff member, in the ref scope of the division that employs them. Verifiers never replicate.
enum class StaffField : crdt::FieldId {
  Login = 1,        // text
  DisplayName = 2,  // text
  Role = 3,         // int: 1 clerk, 2 lead, 3 district, 4 city
  Disabled = 4,     // int: 0 or 1
  Id = 5            // bytes: StaffId, 16
};

// Hand-written forms that were numbered and printed together, in the biz scope of the station.
enum class PaperFormsField : crdt::FieldId {
  Day = 1,     // int: day of issue, which stands in the numbers
  First = 2,   // int: counter of the first form
  Count = 3,   // int
  At = 4,      // int: wall milliseconds
  Used = 5,    // set of int: counters of forms that were entered later
  Spoiled = 6  // set of int: counters of forms that were thrown away
};

constexpr crdt::FieldId id(PaperFormsField field) { return static_cast<crdt::FieldId>(field); }
// Visit, in the biz scope of the station. What is 0 or gone was never set or is no longer so.
enum class VisitField : crdt::FieldId {
  Ticket = 1,          // text: A013
  Item = 2,            // text: service item code
  Priority = 3,        // int: node/policy/queue_order.h
  Appointment = 4,     // bytes: stream, seq, op (node/app/record_id.h); absent: a walk-in
  Name = 5,            // P; absent when the appointment has it
  DocumentKind = 6,    // int
  DocumentNumber = 7,  // P
  Phone = 8,           // P
  Note = 9,            // P
  BusinessDate = 10,   // int: day of issue of the ticket
  ArrivedAt = 11,      // int: wall milliseconds
  SlotAt = 12,         // int: wall milliseconds at which the appointment's window starts
  CalledAt = 13,       // int: wall milliseconds of the last call
  Calls = 14,          // int: calls since it last began to wait
  Window = 15,         // int: number of the window that called it last
  CallReason = 16,     // int: node/policy/queue_order.h
  StartedAt = 17,      // int: wall milliseconds
  FinishedAt = 18,     // int: wall milliseconds; also when the person left
  Outcome = 19,        // int: 1 done, 2 consulted, 3 incomplete, 4 received_only
  Period = 20,         // int: node/policy/policy.h, at the start
  HoldReason = 21,     // P
  Holds = 22,          // int
  Transfers = 23,      // int
  TransferredTo = 24,  // int: window number, while it waits there
  ReturnedAt = 25,     // int: wall milliseconds, after it was missed
  LeaveReason = 26,    // int: 1 client_left, 2 carried_over, 3 told_by_phone
  Rated = 27,          // int: 1 invited, 2 rated, 3 declined, 4 not_rated
  LateEntry = 28,      // int: 1 when it was entered after it happened
  PaperNumber = 29,    // text: number of the hand-written slip
  CarriedFrom = 30,    // int: day from which it was carried over
  TakenBack = 31,      // bytes: stream, seq, 0 of the change that the last undo took back
  RateUntil = 40,    // int: wall milliseconds until which the tablet at the window invites to rate
  RatingToken = 41,  // bytes: hash of the code that was printed (node/app/rating_codes.h)
  Prints = 42,       // counter: tickets printed
  RatingPrints = 43  // counter: slips with the code printed
};

// Evaluation of a visit by the person served, in the biz scope of the station. Of several of one
// visit, written where neither knew of the other, one counts (node/app/evaluation_view.h).
enum class EvaluationField : crdt::FieldId {
  Visit = 1,    // bytes: stream, seq, op (node/app/record_id.h)
  Level = 2,    // int: 5 非常满意 to 1 非常不满意; 0: the person chose not to rate
  Reasons = 3,  // int: bits of node/policy/evaluation_reasons.h
  Text = 4,     // P
  At = 5,       // int: wall milliseconds
  Way = 6       // int: 1 at the tablet, 2 with the code of the slip
};

// Complaint, in the biz scope of the station that took it in.
enum class ComplaintField : crdt::FieldId {
  About = 1,       // int: node/app/feedback_types.h
  Fact = 2,        // int: likewise
  OccurredAt = 3,  // int: wall milliseconds
  Text = 4,        // P
  Wish = 5,        // P
  Anonymous = 6,   // int: 1; name and phone are absent then
  Name = 7,        // P
  Phone = 8,       // P
  Window = 9,      // int: 1 to 99
  Number = 10,     // text: printed number
  At = 11,         // int: wall milliseconds
  Prints = 12      // counter: receipts printed
};
// How far a complaint has come. Wire numbers: never reuse one.
enum class ComplaintLife : crdt::LifeState { Registered = 1 };

// Window, in the ref scope of the station's division.
enum class WindowField : crdt::FieldId {
  Number = 1,  // int: 1 to 99
  Name = 2,    // text
  Groups = 3,  // set of text: item groups it serves; empty: all
  Closed = 4   // int: 0 or 1
};

// Close of a day, in the biz scope of the station.
enum class DayCloseField : crdt::FieldId {
  Date = 1,      // int: day
  ClosedAt = 2,  // int: wall milliseconds, of the last time
  Prints = 3     // counter: slips printed
};

constexpr crdt::FieldId id(AppointmentField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(VisitField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(WindowField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(EvaluationField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(ComplaintField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(DayCloseField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(StaffField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::RecordKind id(Record record) { return static_cast<crdt::RecordKind>(record); }

}  // namespace yizhan::node
