// Person limits: how much of one day one person, or one phone, may book.
//
// What        Looks through the appointments of a day at one station.
// Invariants  I1  what was cancelled, refused or has expired never counts; for the same item what
//                 was served already does not count either.
//             I2  the limit of a phone holds only for who books from afar: at the counter the clerk
//                 sees who asks, and families share a phone.
// Errors      Conflict, field "duplicate/ID": the same item of that day is appointment ID;
//             LimitExceeded, field "person" or "phone.persons"; storage errors.
// Source      domain.md section 5: duplicate.same_item_same_day, booking.per_person_per_day,
//             booking.per_phone_distinct_persons; hard case 36.
#pragma once
#include "node/app/appointment_view.h"
#include "node/app/person_memo.h"
#include "node/app/reads.h"
#include "node/policy/policy.h"

namespace yizhan::node {

struct WantedPlace {
  std::int64_t day = 0;
  std::string item;
  Person person;
  bool from_afar = false;
  std::optional<crdt::Dot> itself;  // a record that moves does not stand in its own way
};

// What check_person looks through. `memo` may be null: every record is opened.
struct PersonReads {
  const sync::Engine& engine;
  const Reads& reads;
  PersonMemo* memo = nullptr;
};
Result<void> check_person(const PersonReads& from, const BookingRules& rules,
                          const sync::Scope& scope, const WantedPlace& wanted);

}  // namespace yizhan::node
