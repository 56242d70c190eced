#include "node/app/machine_arrival.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace yizhan::node {
namespace {

using Life = crdt::Appointment;
constexpr std::array kNotCertain = {Life::Submitted, Life::Tentative, Life::CounterOffered,
                                    Life::Waitlisted};

bool is_certain(Life life) { return life == Life::Confirmed || life == Life::Rescheduled; }
bool is_not_certain(const RecordRow& row) {
  return std::find(kNotCertain.begin(), kNotCertain.end(), row.life) != kNotCertain.end();
}
// Who has come already is told so, once nobody else is meant.
bool may_come(const RecordRow& row) {
  return is_certain(row.life) || row.life == Life::CheckedIn || row.life == Life::InService;
}

const RecordRow* due_first(const std::vector<RecordRow>& rows) {
  const RecordRow* first = nullptr;
  const auto place = [](const RecordRow& row) {
    return std::tuple(!is_certain(row.life), row.window, row.id);
  };
  for (const RecordRow& row : rows) {
    if (may_come(row) && (first == nullptr || place(row) < place(*first))) first = &row;
  }
  return first;
}

}  // namespace

MachineArrival machine_arrival(const Lookup& found) {
  using enum MachineArrival::Outcome;
  if (found.bad_code) return {BadCode, "", ""};
  if (const RecordRow* row = due_first(found.matches)) return {CheckIn, row->id, ""};
  if (std::any_of(found.matches.begin(), found.matches.end(), is_not_certain)) {
    return {NotCertain, "", ""};
  }
  if (!found.elsewhere.empty()) return {Elsewhere, "", found.elsewhere};
  return {};
}

}  // namespace yizhan::node
