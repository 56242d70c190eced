#include "node/app/appointment_view.h"

#include <algorithm>
#include <array>

#include "crdt/codec/state_codec.h"
#include "node/app/person_opener.h"
#include "node/app/record_id.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/materials.h"
#include "node/policy/person_document.h"

namespace yizhan::node {
namespace {

using enum AppointmentField;

constexpr std::array kChannels = {"window", "phone", "kiosk", "h5", "hotline"};

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::string document_name(const crdt::EntityState& state) {
  const auto kind = number_of(state, AppointmentField::DocumentKind).value_or(7);
  return name(static_cast<node::DocumentKind>(kind));
}

Result<void> add_siblings(PersonOpener& opener, const crdt::EntityState& state,
                          AppointmentField field, const char* name, std::vector<Siblings>& out) {
  const auto siblings = state.siblings(id(field));
  if (siblings.size() < 2) return {};
  const crdt::RegSibling* shown = state.shown(id(field));
  Siblings row{name, {}};
  for (const crdt::RegSibling* sibling : siblings) {
    auto value = opener.open(*sibling);
    if (!value) return fail(value);
    row.values.insert(sibling == shown ? row.values.begin() : row.values.end(), *value);
  }
  out.push_back(std::move(row));
  return {};
}

// Empty of what the item no longer asks for: it may have become another.
std::vector<std::string> to_bring_of(const crdt::EntityState& state, const std::string& item) {
  std::vector<std::string> out = materials_of(item);
  std::erase_if(out, [&](const std::string& material) {
    return std::none_of(state.sets.begin(), state.sets.end(), [&](const crdt::SetElement& each) {
      return each.field == id(ToBring) && each.element == crdt::Value(material);
    });
  });
  return out;
}

Result<void> open_person(PersonOpener& opener, const crdt::EntityState& state, Appointment& out) {
  auto name = opener.shown(Name);
  auto number = name ? opener.shown(DocumentNumber) : name;
  auto phone = number ? opener.shown(Phone) : number;
  auto note = phone ? opener.shown(Note) : phone;
  auto excuse = note ? opener.shown(ExcuseReason) : note;
  if (!excuse) return fail(excuse);
  out.name = std::move(*name);
  out.document = {document_name(state), std::move(*number)};
  out.phone = unless_empty(std::move(*phone));
  out.note = unless_empty(std::move(*note));
  out.excuse_reason = unless_empty(std::move(*excuse));
  for (const auto& [field, label] : {std::pair(Name, "name"), std::pair(DocumentNumber, "document"),
                                     std::pair(Phone, "phone")}) {
    if (auto added = add_siblings(opener, state, field, label, out.siblings); !added) return added;
  }
  return {};
}

}  // namespace

Rung rung_shown(sync::Rung rung) {
  switch (rung) {
    case sync::Rung::Saved: return Rung::Saved;
    case sync::Rung::Carried: return Rung::Carried;
    case sync::Rung::Received: return Rung::Received;
  }
  return Rung::Saved;
}

Result<Person> person_of(const sync::Engine& engine, const RecordPlace& place,
                         const crdt::EntityState& state) {
  PersonOpener opener(engine, place, state);
  auto name = opener.shown(Name);
  auto number = name ? opener.shown(DocumentNumber) : name;
  auto phone = number ? opener.shown(Phone) : number;
  if (!phone) return fail(phone);
  return Person{std::move(*name), std::move(*number), unless_empty(std::move(*phone))};
}

Result<Appointment> show_appointment(const sync::Engine& engine, const RecordPlace& place,
                                     const crdt::EntityState& state) {
  Appointment out;
  PersonOpener opener(engine, place, state);
  if (auto opened = open_person(opener, state, out); !opened) return fail(opened);
  out.id = record_id(place.dot);
  out.number = text_of(state, Number);
  out.revision = revision_of(state);
  out.item = text_of(state, Item);
  out.date = date_text(number_of(state, Date).value_or(0));
  out.window = minute_text(number_of(state, Window).value_or(0));
  out.channel = channel_name(number_of(state, Channel).value_or(1));
  out.to_bring = to_bring_of(state, out.item);
  if (!state.life.empty()) {
    const auto outcome = crdt::resolve_appointment(state.life);
    out.life = outcome.state;
    out.tasks = outcome.tasks;
  }
  out.cancel_reason = unless_empty(text_of(state, CancelReason));
  out.reschedules = state.counter(id(Reschedules));
  out.prints = state.counter(id(Prints));
  out.late_entry = !text_of(state, PaperNumber).empty();
  out.created_at = {number_of(state, CreatedAt).value_or(0)};
  out.rung = rung_shown(engine.rung(state));
  return out;
}

AppointmentRow show_row(const sync::Engine& engine, const RecordPlace& place,
                        const crdt::EntityState& state) {
  AppointmentRow row;
  PersonOpener opener(engine, place, state);
  const auto name = opener.shown(Name);
  const auto phone = opener.shown(Phone);
  row.id = record_id(place.dot);
  row.number = text_of(state, Number);
  row.item = text_of(state, Item);
  row.date = date_text(number_of(state, Date).value_or(0));
  row.window = minute_text(number_of(state, Window).value_or(0));
  row.masked_name = name ? mask_name(*name) : kUnreadable;
  row.phone_tail = phone ? phone_tail(*phone) : "";
  if (!state.life.empty()) row.life = crdt::resolve_appointment(state.life).state;
  row.rung = rung_shown(engine.rung(state));
  row.station = place.scope.division.text();
  return row;
}

std::string revision_of(const crdt::EntityState& state) {
  Bytes bytes;
  crdt::CanonicalNaming naming;
  crdt::encode_state(bytes, state, naming);
  return to_hex(hash16("yz.rev", bytes));
}

const char* channel_name(std::int64_t channel) {
  const bool known = channel >= 1 && channel <= static_cast<std::int64_t>(kChannels.size());
  return kChannels[known ? static_cast<std::size_t>(channel - 1) : 0];
}

std::optional<std::int64_t> parse_channel(const std::string& name) {
  for (std::size_t i = 0; i < kChannels.size(); ++i) {
    if (name == kChannels[i]) return static_cast<std::int64_t>(i + 1);
  }
  return std::nullopt;
}

}  // namespace yizhan::node
