#include "node/app/complaint_desk.h"

#include "node/app/appointment_view.h"
#include "node/app/next_number.h"
#include "node/app/record_edit.h"
#include "node/app/record_id.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"

namespace yizhan::node {
namespace {

using Field = ComplaintField;
constexpr std::int64_t kClockSlackMs = 60'000;

// How the person can be answered.
Result<void> add_person(const NewComplaint& wish, PersonFields& person, RecordEdit& complaint) {
  if (wish.anonymous) return {};
  if (!wish.name && !wish.phone) {
    return fail(Errc::BadFormat, "a name or a phone, or anonymous", "name");
  }
  if (wish.name) {
    auto name = parse_person_name(*wish.name);
    if (!name) return fail(name);
    complaint.set(Field::Name, person.add(std::move(*name)));
  }
  if (wish.phone) {
    auto phone = parse_phone(*wish.phone);
    if (!phone) return fail(phone);
    complaint.set(Field::Phone, person.add(std::move(*phone)));
  }
  return {};
}

}  // namespace

Result<sync::Draft> ComplaintDesk::draft(const NewComplaint& wish) const {
  if (wish.occurred_at.value > at_.wall.value + kClockSlackMs) {
    return fail(Errc::BadFormat, "it cannot have happened later than now", "occurred_at_ms");
  }
  PersonFields person(std::nullopt);
  RecordEdit complaint(Record::Complaint, 0);
  complaint.set(Field::About, static_cast<std::int64_t>(wish.about))
      .set(Field::Fact, static_cast<std::int64_t>(wish.fact))
      .set(Field::OccurredAt, wish.occurred_at.value)
      .set(Field::Text, person.add(wish.text))
      .set_if(Field::Window, wish.window)
      .set(Field::At, at_.wall.value)
      .move(ComplaintLife::Registered);
  if (!wish.wish.empty()) complaint.set(Field::Wish, person.add(wish.wish));
  if (wish.anonymous) complaint.set(Field::Anonymous, std::int64_t{1});
  if (auto added = add_person(wish, person, complaint); !added) return fail(added);
  auto number = next_number(at_);
  if (!number) return fail(number);
  complaint.set(Field::Number, std::move(*number));
  sync::Draft draft = empty_draft(at_.own_biz());
  complaint.into(draft);
  person.put_into(draft);
  return draft;
}

Result<crdt::Dot> ComplaintDesk::complain(const Intent& intent, const NewComplaint& wish) {
  IntentWriter writer(at_);
  const auto before = writer.earlier(intent);
  if (!before) return fail(before);
  if (*before) return **before;
  if (!at_.engine.self().slot_owner) {
    return fail(Errc::OutOfScope, "this node has no counter of its own");
  }
  auto draft = this->draft(wish);
  if (!draft) return fail(draft);
  return writer.write(intent, std::move(*draft), std::nullopt);
}

Result<ComplaintReceipt> receipt_of(const sync::Engine& engine, const Reads& reads,
                                    const crdt::Dot& complaint) {
  const auto none = fail(Errc::NotFound, "no such complaint here", "id");
  const auto scope = engine.scope_of(complaint.stream);
  if (!scope) return none;
  const auto state = reads.entity(*scope, complaint);
  if (!state) return fail(state);
  if (*state == nullptr || (*state)->kind != id(Record::Complaint)) return none;
  return show_complaint(engine, {*scope, complaint}, **state).receipt;
}

ComplaintRow show_complaint(const sync::Engine& engine, const RecordPlace& place,
                            const crdt::EntityState& state) {
  ComplaintRow row;
  row.receipt = {record_id(place.dot),
                 text_of(state, Field::Number),
                 {number_of(state, Field::At).value_or(0)},
                 rung_shown(engine.rung(state))};
  row.about = static_cast<ComplaintAbout>(number_of(state, Field::About).value_or(5));
  row.fact = static_cast<ComplaintFact>(number_of(state, Field::Fact).value_or(6));
  row.occurred_at = {number_of(state, Field::OccurredAt).value_or(0)};
  row.anonymous = number_of(state, Field::Anonymous).value_or(0) != 0;
  row.station = place.scope.division.text();
  return row;
}

}  // namespace yizhan::node
