#include "node/app/record_history.h"

#include <algorithm>
#include <array>

namespace yizhan::node {
namespace {

struct FieldName {
  AppointmentField field;
  const char* name;
};
constexpr std::array kNames = {
    FieldName{AppointmentField::Item, "item"},
    FieldName{AppointmentField::Date, "date"},
    FieldName{AppointmentField::Window, "window"},
    FieldName{AppointmentField::Name, "name"},
    FieldName{AppointmentField::DocumentKind, "document"},
    FieldName{AppointmentField::DocumentNumber, "document"},
    FieldName{AppointmentField::Phone, "phone"},
    FieldName{AppointmentField::Channel, "channel"},
    FieldName{AppointmentField::Note, "note"},
    FieldName{AppointmentField::Number, "number"},
    FieldName{AppointmentField::CancelReason, "cancel_reason"},
    FieldName{AppointmentField::CreatedAt, "created_at"},
    FieldName{AppointmentField::Reschedules, "reschedules"},
    FieldName{AppointmentField::Prints, "prints"},
    FieldName{AppointmentField::PaperNumber, "paper_number"},
    FieldName{AppointmentField::TakenBack, "taken_back"},
    FieldName{AppointmentField::ExcuseReason, "excuse_reason"},
    FieldName{AppointmentField::ToBring, "to_bring"},
    FieldName{AppointmentField::AgentName, "agent"},
    FieldName{AppointmentField::AgentDocumentKind, "agent"},
    FieldName{AppointmentField::AgentDocumentNumber, "agent"},
    FieldName{AppointmentField::AgentPhone, "agent"},
    FieldName{AppointmentField::AgentGround, "agent"},
    FieldName{AppointmentField::AuthorityUntil, "agent"},
};

void add_field(crdt::FieldId field, std::vector<std::string>& out) {
  for (const FieldName& row : kNames) {
    if (id(row.field) != field) continue;
    if (std::find(out.begin(), out.end(), row.name) == out.end()) out.emplace_back(row.name);
  }
}

// What one change did to `record`; empty when it did nothing to it.
std::optional<HistoryRow> row_of(const crdt::Change& change, const crdt::Dot& record) {
  HistoryRow row;
  bool touched = false;
  for (const crdt::Op& op : change.ops) {
    if (op.entity != record) continue;
    touched = true;
    if (const auto* set = std::get_if<crdt::RegSet>(&op.body)) {
      for (const crdt::Assign& assign : set->assigns) add_field(assign.field, row.fields);
    } else if (const auto* counted = std::get_if<crdt::CntInc>(&op.body)) {
      add_field(counted->field, row.fields);
    } else if (const auto* added = std::get_if<crdt::SetAdd>(&op.body)) {
      add_field(added->field, row.fields);
    } else if (const auto* life = std::get_if<crdt::LifeTo>(&op.body)) {
      row.life = static_cast<crdt::Appointment>(life->state);
    }
  }
  if (!touched) return std::nullopt;
  row.staff = to_hex(view(change.staff));
  row.at = {crdt::wall_ms(change.hlc) + change.business_ms};
  row.clock_suspect = change.clock_suspect;
  row.stream = to_hex(view(change.id.stream));
  row.seq = change.id.seq;
  if (change.idempotency != 0) {
    Bytes key;
    append_u64(key, change.idempotency);
    row.request = to_hex(key);
  }
  return row;
}

}  // namespace

Result<std::vector<RecordChange>> history_of(const std::vector<sync::StreamRow>& streams,
                                             const Reads& reads, const RecordPlace& place) {
  const auto state = reads.entity(place.scope, place.dot);
  if (!state) return fail(state);
  if (*state == nullptr || (*state)->kind != node::id(Record::Appointment)) {
    return fail(Errc::NotFound, "no such appointment here", "id");
  }
  std::vector<std::pair<crdt::Hlc, RecordChange>> found;
  for (const sync::StreamRow& stream : streams) {
    if (stream.scope != place.scope) continue;
    const std::uint64_t from = stream.id == place.dot.stream ? place.dot.seq : 1;
    auto read = reads.changes(stream, from, [&](const crdt::Change& change) {
      if (auto row = row_of(change, place.dot)) {
        found.emplace_back(change.hlc, RecordChange{change.id, std::move(*row)});
      }
      return true;
    });
    if (!read) return fail(read);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<RecordChange> changes;
  changes.reserve(found.size());
  for (auto& [hlc, change] : found) changes.push_back(std::move(change));
  return changes;
}

}  // namespace yizhan::node
