// JSON of the queue, as in docs/openapi.yaml.
#pragma once
#include <string>
#include <vector>

#include "node/app/machine_arrival.h"
#include "node/http/fields.h"
#include "node/http/json_value.h"

namespace yizhan::node::http {

const char* name_of(Priority priority);
const char* name_of(WindowState state);

std::string visit_json(const Visit& visit);
std::string arrival_json(const Arrival& arrival);
// `arrival`: of whom was checked in.
std::string machine_arrival_json(const MachineArrival& made, const Arrival* arrival);
std::string queue_json(const Queue& queue);
std::string windows_json(const std::vector<WindowRow>& rows);
std::string window_json(const WindowRow& row);
std::string seat_json(const OpenedSeat& opened);
std::string day_close_json(const DayClose& day);
std::string undone_json(const Undone& undone);

struct CallWish {
  std::string seat;
  std::optional<std::string> visit;
};
struct HoldWish {
  std::string seat;
  HoldVisit hold;  // without its id
};
struct TransferWish {
  std::string seat;
  TransferVisit to;  // without its id
};
struct FinishWish {
  std::string seat;
  FinishVisit how;
};

Result<NewVisit> read_new_visit(Fields& fields);
Result<NewWindow> read_new_window(Fields& fields);
Result<WindowEdit> read_window_edit(Fields& fields);  // without number
Result<bool> read_take_over(Fields& fields);
Result<std::string> read_seat(Fields& fields);
Result<CallWish> read_call(Fields& fields);
Result<FinishWish> read_finish(Fields& fields);
Result<HoldWish> read_hold(Fields& fields);
Result<TransferWish> read_transfer(Fields& fields);
Result<LeaveReason> read_leave(Fields& fields);
Result<VisitNote> read_visit_note(Fields& fields);  // without id
Result<SpoiledForm> read_spoiled_form(Fields& fields);
Result<WithLeft> read_with_left(Fields& fields);
Result<std::string> read_undo(Fields& fields);

}  // namespace yizhan::node::http
