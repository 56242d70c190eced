#include "node/app/person_limits.h"

#include <algorithm>
#include <set>

#include "node/app/record_id.h"

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;

bool counts(Life state) {
  switch (state) {
    case Life::Rejected:
    case Life::CancelledByClient:
    case Life::CancelledByStation:
    case Life::Expired: return false;
    default: return true;
  }
}

bool is_over(Life state) {
  return state == Life::Fulfilled || state == Life::NoShow || state == Life::NoShowExcused;
}

struct Tally {
  std::int64_t same_item = 0;
  std::int64_t all = 0;
  crdt::Dot in_the_way;
  std::set<std::string> on_phone;  // document numbers
};

void add(Tally& tally, const WantedPlace& wanted, const DayEntry& row, const std::string& item,
         const Person& other) {
  if (wanted.person.phone && other.phone == wanted.person.phone) {
    tally.on_phone.insert(other.document_number);
  }
  if (other.document_number != wanted.person.document_number) return;
  ++tally.all;
  if (item != wanted.item || is_over(row.state)) return;
  ++tally.same_item;
  tally.in_the_way = row.dot;
}

Result<void> judge(const Tally& tally, const BookingRules& rules, const WantedPlace& wanted) {
  if (tally.same_item >= rules.per_person_per_item) {
    return fail(Errc::Conflict, "the person has an appointment for this item on that day",
                "duplicate/" + record_id(tally.in_the_way));
  }
  if (tally.all >= rules.per_person_per_day) {
    return fail(Errc::LimitExceeded, "the person has as many appointments on that day as allowed",
                "person");
  }
  const bool another = !tally.on_phone.contains(wanted.person.document_number);
  if (wanted.from_afar && another &&
      static_cast<std::int64_t>(tally.on_phone.size()) >= rules.per_phone_persons) {
    return fail(Errc::LimitExceeded, "the phone books for as many persons as allowed",
                "phone.persons");
  }
  return {};
}

}  // namespace

Result<void> check_person(const PersonReads& from, const BookingRules& rules,
                          const sync::Scope& scope, const WantedPlace& wanted) {
  const auto rows = from.reads.day(scope, wanted.day);
  if (!rows) return fail(rows);
  const std::uint64_t person = PersonMemo::hash_of(wanted.person.document_number);
  Tally tally;
  for (const DayEntry& row : *rows) {
    if (!counts(row.state) || row.dot == wanted.itself) continue;
    // Whose phone it is may change, so that who books from afar has every record opened.
    const auto known = from.memo == nullptr ? std::nullopt : from.memo->find(row.dot);
    if (known && *known != person && !wanted.from_afar) continue;
    const auto state = from.reads.entity(scope, row.dot);
    if (!state) return fail(state);
    if (*state == nullptr) continue;
    const auto other = person_of(from.engine, {scope, row.dot}, **state);
    if (!other) continue;  // sealed for this node, or its key is not here: nothing can be said
    if (from.memo != nullptr) {
      from.memo->put(row.dot, PersonMemo::hash_of(other->document_number));
    }
    add(tally, wanted, row, text_of(**state, AppointmentField::Item), *other);
  }
  return judge(tally, rules, wanted);
}

}  // namespace yizhan::node
