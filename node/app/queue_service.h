// QueueService: the queue at the windows of a station.
//
// What        Windows, tickets, calls, and what becomes of each visit. One method per operation of
//             docs/openapi.yaml, as in node/app/service.h, whose invariants hold here too.
// Invariants  I1  writes of one station happen one after the other: two windows never call one
//                 person.
// Errors      Those of node/app/service.h, seats.h, visit_desk.h, undo_desk.h and
//             day_close.h.
#pragma once
#include "node/app/queue_types.h"
#include "node/app/service.h"

namespace yizhan::node {

class QueueService {
 public:
  virtual ~QueueService() = default;

  virtual void windows(Done<std::vector<WindowRow>> done) = 0;
  virtual void add_window(Intent intent, NewWindow window, Done<WindowRow> done) = 0;
  virtual void change_window(Intent intent, WindowEdit edit, Done<WindowRow> done) = 0;
  virtual void open_window(StaffMember staff, std::int64_t number, bool take_over,
                           Done<OpenedSeat> done) = 0;
  virtual void close_window(std::int64_t number, std::string seat, Done<WindowRow> done) = 0;

  virtual void queue(std::optional<std::int64_t> window, Done<Queue> done) = 0;
  virtual void visit(std::string id, Done<Visit> done) = 0;
  virtual void take_ticket(Intent intent, NewVisit wish, Done<Arrival> done) = 0;
  virtual void check_in(Intent intent, std::string appointment, Done<Arrival> done) = 0;
  // `visit`: this one, out of turn.
  virtual void call(Intent intent, std::string seat, std::optional<std::string> visit,
                    Done<Visit> done) = 0;
  virtual void start(Intent intent, std::string seat, std::string id, Done<Visit> done) = 0;
  virtual void recall(Intent intent, std::string seat, std::string id, Done<Visit> done) = 0;
  virtual void miss(Intent intent, std::string seat, std::string id, Done<Visit> done) = 0;
  virtual void give_back(Intent intent, std::string id, Done<Visit> done) = 0;
  virtual void hold(Intent intent, std::string seat, HoldVisit wish, Done<Visit> done) = 0;
  virtual void resume(Intent intent, std::string seat, std::string id, Done<Visit> done) = 0;
  virtual void transfer(Intent intent, std::string seat, TransferVisit wish, Done<Visit> done) = 0;
  virtual void leave(Intent intent, std::string id, LeaveReason reason, Done<Visit> done) = 0;
  virtual void finish(Intent intent, std::string seat, std::string id, FinishVisit how,
                      Done<Visit> done) = 0;
  virtual void note(Intent intent, VisitNote wish, Done<Visit> done) = 0;
  virtual void day_close(Done<DayClose> done) = 0;  // of today
  virtual void spoil_form(Intent intent, SpoiledForm form, Done<DayClose> done) = 0;
  virtual void close_day(Intent intent, WithLeft with_left, Done<DayClose> done) = 0;
  // The person's last act on a visit or an appointment.
  virtual void undo(Intent intent, std::string id, Done<Undone> done) = 0;
};

}  // namespace yizhan::node
