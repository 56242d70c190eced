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
  CancelReason = 11,   // text: closed list
  CreatedAt = 12,      // int: wall milliseconds, business time
  Reschedules = 13,    // counter
  Prints = 14,         // counter: slips printed
  PaperNumber = 15     // text: number of the hand-written slip that a late entry comes from
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
  Day = 1,    // int: day of issue, which stands in the numbers
  First = 2,  // int: counter of the first form
  Count = 3,  // int
  At = 4,     // int: wall milliseconds
  Used = 5    // set of int: counters of forms that were entered later
};

constexpr crdt::FieldId id(PaperFormsField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(AppointmentField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::FieldId id(StaffField field) { return static_cast<crdt::FieldId>(field); }
constexpr crdt::RecordKind id(Record record) { return static_cast<crdt::RecordKind>(record); }

}  // namespace yizhan::node
