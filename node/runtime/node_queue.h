// NodeQueue: QueueService over the engine loop.
//
// What        Each call becomes a task of the loop; its answer comes after the commit. Keeps what
//             lives only as long as the node runs: the seats.
// Invariants  I1  everything here but `entropy_` is touched on the loop's thread only.
//             I2  pages are told of every change of the queue, after its commit.
//             I3  with the day every window is let go.
// Errors      See node/app/queue_service.h.
// Source      style.md section 6; ADR-0008.
#pragma once
#include "node/app/queue_service.h"
#include "node/app/visit_desk.h"
#include "node/runtime/loop_calls.h"

namespace yizhan::node {

class NodeQueue final : public QueueService {
 public:
  // Both outlive the service.
  NodeQueue(LoopCalls& calls, const Policy& policy) : calls_(calls), policy_(policy) {}

  void on_notices(const std::vector<sync::Notice>& notices);  // on the loop's thread
  const Seats& seats() const { return seats_; }               // to be read there

  void windows(Done<std::vector<WindowRow>> done) override;
  void add_window(Intent intent, NewWindow window, Done<WindowRow> done) override;
  void change_window(Intent intent, WindowEdit edit, Done<WindowRow> done) override;
  void open_window(StaffMember staff, std::int64_t number, bool take_over,
                   Done<OpenedSeat> done) override;
  void close_window(std::int64_t number, std::string seat, Done<WindowRow> done) override;

  void queue(std::optional<std::int64_t> window, Done<Queue> done) override;
  void visit(std::string id, Done<Visit> done) override;
  void take_ticket(Intent intent, NewVisit wish, Done<Arrival> done) override;
  void check_in(Intent intent, std::string appointment, Done<Arrival> done) override;
  void call(Intent intent, std::string seat, std::optional<std::string> visit,
            Done<Visit> done) override;
  void start(Intent intent, std::string seat, std::string id, Done<Visit> done) override;
  void recall(Intent intent, std::string seat, std::string id, Done<Visit> done) override;
  void miss(Intent intent, std::string seat, std::string id, Done<Visit> done) override;
  void give_back(Intent intent, std::string id, Done<Visit> done) override;
  void hold(Intent intent, std::string seat, HoldVisit wish, Done<Visit> done) override;
  void resume(Intent intent, std::string seat, std::string id, Done<Visit> done) override;
  void transfer(Intent intent, std::string seat, TransferVisit wish, Done<Visit> done) override;
  void leave(Intent intent, std::string id, LeaveReason reason, Done<Visit> done) override;
  void finish(Intent intent, std::string seat, std::string id, FinishVisit how,
              Done<Visit> done) override;
  void note(Intent intent, VisitNote wish, Done<Visit> done) override;
  void day_close(Done<DayClose> done) override;
  void close_day(Intent intent, WithLeft with_left, Done<DayClose> done) override;
  void spoil_form(Intent intent, SpoiledForm form, Done<DayClose> done) override;
  void undo(Intent intent, std::string id, Done<Undone> done) override;

 private:
  // A write whose answer is shown from what is durable then; pages are told.
  template <class T, class Written>
  void write(Done<T> done, LoopCalls::Work<Written> work,
             std::function<Result<T>(const Core&, const Written&)> show);
  using VisitWork = std::function<Result<crdt::Dot>(VisitDesk&, const Seat&)>;
  void at_seat(std::string seat, Done<Visit> done, VisitWork work);
  // What needs no window: the person is somewhere in the hall.
  void in_hall(Done<Visit> done, std::function<Result<crdt::Dot>(VisitDesk&)> work);
  Result<DayClose> closing_of(const Core& core) const;
  Result<WindowRow> window_row(const Core& core, std::int64_t number) const;

  LoopCalls& calls_;
  const Policy& policy_;
  Seats seats_;
  SystemEntropy entropy_;
};

}  // namespace yizhan::node
