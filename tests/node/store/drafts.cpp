#include "tests/node/store/drafts.h"

#include "crdt/life.h"
#include "node/app/schema.h"

namespace yizhan::node::test {

sync::Identity identity_of(const sync::test::City& city, const sync::test::Member& member,
                           const sync::test::Member* parent) {
  sync::Identity identity;
  identity.root_public = city.root.public_key();
  identity.certificate = member.certificate;
  identity.secrets = {sync::SignKey(member.secrets.sign.seed().clone()),
                      member.secrets.curve.clone(), member.secrets.box.clone()};
  identity.epoch.nonce = sync::test::bytes_of<8>(member.certificate.serial + 77);
  if (parent != nullptr) {
    identity.parent = parent->certificate.node();
    identity.trusted.push_back(parent->certificate);
  }
  identity.trusted.push_back(member.certificate);
  return identity;
}

sync::Identity copy(const sync::Identity& of) {
  sync::Identity identity;
  identity.root_public = of.root_public;
  identity.certificate = of.certificate;
  identity.secrets = {sync::SignKey(of.secrets.sign.seed().clone()), of.secrets.curve.clone(),
                      of.secrets.box.clone()};
  identity.epoch = of.epoch;
  identity.parent = of.parent;
  identity.trusted = of.trusted;
  return identity;
}

sync::Draft booking(const sync::Scope& scope, int number) {
  sync::Draft draft;
  draft.scope = scope;
  draft.personal.push_back({std::nullopt, {"合成居民" + std::to_string(number), "140399"}});
  crdt::RegSet set;
  set.assigns.push_back({id(AppointmentField::Item), std::string("demo"), {}});
  set.assigns.push_back({id(AppointmentField::Date), std::int64_t{20'000 + number % 5}, {}});
  set.assigns.push_back({id(AppointmentField::Window), std::int64_t{540 + number % 4 * 30}, {}});
  set.assigns.push_back({id(AppointmentField::Name), crdt::PersonalRef{0, 0}, {}});
  draft.ops.push_back({sync::own_op(0), crdt::EntNew{id(Record::Appointment)}});
  draft.ops.push_back({sync::own_op(0), std::move(set)});
  draft.ops.push_back(
      {sync::own_op(0),
       crdt::LifeTo{static_cast<crdt::LifeState>(crdt::Appointment::Confirmed), {}}});
  draft.idempotency =
      sync::IdempotencyRow{static_cast<std::uint64_t>(number) * 0x9e3779b97f4a7c15ULL,
                           sync::test::bytes_of<32>(static_cast<std::uint64_t>(number)),
                           sync::own_op(0),
                           201,
                           {1'790'000'000'000 + number}};
  return draft;
}

sync::Draft edit(const sync::Scope& scope, const crdt::Dot& dot, const crdt::EntityState& state,
                 int number) {
  sync::Draft draft;
  draft.scope = scope;
  const auto date = id(AppointmentField::Date);
  draft.ops.push_back(
      {dot, crdt::RegSet{{{date, std::int64_t{20'000 + number % 7}, state.dots_of(date)}}}});
  if (number % 3 == 0) {
    const auto done = static_cast<crdt::LifeState>(crdt::Appointment::CheckedIn);
    draft.ops.push_back({dot, crdt::LifeTo{done, state.life_dots()}});
  }
  if (number % 11 == 0) draft.ops.push_back({dot, crdt::EntDel{state.live_dots()}});
  return draft;
}

}  // namespace yizhan::node::test
