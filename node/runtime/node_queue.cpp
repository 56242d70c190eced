#include "node/runtime/node_queue.h"

#include <algorithm>

#include "node/app/arrival_desk.h"
#include "node/app/day_close.h"
#include "node/app/paper_forms.h"
#include "node/app/record_id.h"
#include "node/app/undo_desk.h"
#include "node/app/window_view.h"
#include "node/policy/china_time.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

DeskContext desk_context(Core& core, const StoreReads& reads, const Policy& policy,
                         sync::Effects& effects) {
  return {core.engine, reads, policy, core.wall, core.mono, effects};
}

std::string random_hex(SystemEntropy& entropy) {
  std::array<std::uint8_t, 16> bytes{};
  entropy.fill(bytes);
  return to_hex(bytes);
}

}  // namespace

// ---- telling pages

// What another node wrote may stand in our queue, or among our windows.
void NodeQueue::on_notices(const std::vector<sync::Notice>& notices) {
  const bool came = std::any_of(notices.begin(), notices.end(), [](const sync::Notice& notice) {
    return notice.kind == sync::Notice::Kind::Admitted &&
           notice.scope.cls != sync::ScopeClass::Auth;
  });
  if (came) calls_.queue_touched();
}

template <class T, class Written>
void NodeQueue::write(Done<T> done, LoopCalls::Work<Written> work,
                      std::function<Result<T>(const Core&, const Written&)> show) {
  calls_.loop().post([this, done = std::move(done), work = std::move(work), show = std::move(show)](
                         Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    const Result<Written> written = work(core, effects);
    return [this, done, show, written](const Result<void>& committed, const Core& after) {
      if (!written) return done(fail(written));
      calls_.note_commit(committed);
      if (!committed) return done(fail(committed));
      done(show(after, *written));
      calls_.queue_touched();
      calls_.tell_written();
    };
  });
}

// ---- windows

Result<WindowRow> NodeQueue::window_row(const Core& core, std::int64_t number) const {
  const StoreReads reads(core.store);
  return show_window({core.engine, reads, core.wall, policy_}, seats_, number);
}

void NodeQueue::windows(Done<std::vector<WindowRow>> done) {
  calls_.look<std::vector<WindowRow>>(std::move(done), [this](const Core& core) {
    const StoreReads reads(core.store);
    return show_windows({core.engine, reads, core.wall, policy_}, seats_);
  });
}

void NodeQueue::add_window(Intent intent, NewWindow window, Done<WindowRow> done) {
  const std::int64_t number = window.number;
  write<WindowRow, crdt::Dot>(
      std::move(done),
      [this, intent = std::move(intent), window = std::move(window)](Core& core,
                                                                     sync::Effects& effects) {
        const StoreReads reads(core.store);
        return node::add_window(desk_context(core, reads, policy_, effects), intent, window);
      },
      [this, number](const Core& core, const crdt::Dot&) { return window_row(core, number); });
}

void NodeQueue::change_window(Intent intent, WindowEdit edit, Done<WindowRow> done) {
  const std::int64_t number = edit.number;
  write<WindowRow, crdt::Dot>(
      std::move(done),
      [this, intent = std::move(intent), edit = std::move(edit)](Core& core,
                                                                 sync::Effects& effects) {
        const StoreReads reads(core.store);
        return node::change_window(desk_context(core, reads, policy_, effects), intent, edit);
      },
      [this, number](const Core& core, const crdt::Dot&) { return window_row(core, number); });
}

void NodeQueue::open_window(StaffMember staff, std::int64_t number, bool take_over,
                            Done<OpenedSeat> done) {
  calls_.look<OpenedSeat>(
      std::move(done),
      [this, staff = std::move(staff), number, take_over](const Core& core) -> Result<OpenedSeat> {
        const auto window = window_row(core, number);
        if (!window) return fail(window);
        if (window->closed) return fail(Errc::Conflict, "the window is closed", "number");
        OpenedSeat opened;
        opened.seat = random_hex(entropy_);
        auto from = seats_.open({number, staff.display_name, take_over, opened.seat}, core.wall);
        if (!from) return fail(from);
        opened.took_over_from = std::move(*from);
        auto row = window_row(core, number);
        if (!row) return fail(row);
        opened.window = std::move(*row);
        calls_.window_changed(number, opened.seat);
        calls_.queue_touched();
        return opened;
      });
}

void NodeQueue::close_window(std::int64_t number, std::string seat, Done<WindowRow> done) {
  calls_.look<WindowRow>(std::move(done), [this, number, seat = std::move(seat)](const Core& core) {
    const auto closed = seats_.close(number, seat);
    if (!closed) return Result<WindowRow>(fail(closed));
    calls_.window_changed(number, "");
    calls_.queue_touched();
    return window_row(core, number);
  });
}

// ---- people

void NodeQueue::queue(std::optional<std::int64_t> window, Done<Queue> done) {
  calls_.look<Queue>(std::move(done), [this, window](const Core& core) {
    const StoreReads reads(core.store);
    return show_queue({core.engine, reads, core.wall, policy_, calls_.queue_revision()}, window);
  });
}

namespace {

Result<Visit> visit_of(const Core& core, const crdt::Dot& dot) {
  const StoreReads reads(core.store);
  const auto found = find_visit(core.engine, reads, dot);
  if (!found) return fail(found);
  return show_visit(core.engine, reads, *found, core.wall);
}

}  // namespace

void NodeQueue::visit(std::string id, Done<Visit> done) {
  calls_.look<Visit>(std::move(done), [id = std::move(id)](const Core& core) -> Result<Visit> {
    const auto dot = parse_record_id(id);
    if (!dot) return fail(dot);
    return visit_of(core, *dot);
  });
}

namespace {

Result<Arrival> arrival_of(const Core& core, const Policy& policy, const CheckedIn& arrival) {
  const StoreReads reads(core.store);
  sync::Effects none;  // showing writes nothing
  return ArrivalDesk({core.engine, reads, policy, core.wall, core.mono, none}).show(arrival);
}

}  // namespace

void NodeQueue::take_ticket(Intent intent, NewVisit wish, Done<Arrival> done) {
  write<Arrival, CheckedIn>(
      std::move(done),
      [this, intent = std::move(intent), wish = std::move(wish)](Core& core,
                                                                 sync::Effects& effects) {
        const StoreReads reads(core.store);
        return ArrivalDesk(desk_context(core, reads, policy_, effects)).take_ticket(intent, wish);
      },
      [this](const Core& core, const CheckedIn& came) { return arrival_of(core, policy_, came); });
}

void NodeQueue::check_in(Intent intent, std::string appointment, Done<Arrival> done) {
  write<Arrival, CheckedIn>(
      std::move(done),
      [this, intent = std::move(intent), appointment](Core& core, sync::Effects& effects) {
        const StoreReads reads(core.store);
        return ArrivalDesk(desk_context(core, reads, policy_, effects))
            .check_in(intent, appointment);
      },
      [this, appointment](const Core& core, const CheckedIn& came) {
        if (calls_.events() != nullptr) calls_.events()->appointment_changed(appointment);
        return arrival_of(core, policy_, came);
      });
}

void NodeQueue::at_seat(std::string seat, Done<Visit> done, VisitWork work) {
  write<Visit, crdt::Dot>(
      std::move(done),
      [this, seat = std::move(seat), work = std::move(work)](
          Core& core, sync::Effects& effects) -> Result<crdt::Dot> {
        const auto held = seats_.find(seat);
        if (!held) return fail(held);
        const StoreReads reads(core.store);
        VisitDesk desk(desk_context(core, reads, policy_, effects));
        return work(desk, *held);
      },
      visit_of);
}

void NodeQueue::call(Intent intent, std::string seat, std::optional<std::string> visit,
                     Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), visit = std::move(visit)](VisitDesk& desk, const Seat& at) {
            return desk.call(intent, at, visit);
          });
}

void NodeQueue::start(Intent intent, std::string seat, std::string id, Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), id = std::move(id)](VisitDesk& desk, const Seat& at) {
            return desk.start(intent, at, id);
          });
}

void NodeQueue::finish(Intent intent, std::string seat, std::string id, FinishVisit how,
                       Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), id = std::move(id), how](VisitDesk& desk, const Seat& at) {
            return desk.finish(intent, at, id, how);
          });
}

void NodeQueue::recall(Intent intent, std::string seat, std::string id, Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), id = std::move(id)](VisitDesk& desk, const Seat& at) {
            return desk.recall(intent, at, id);
          });
}

void NodeQueue::miss(Intent intent, std::string seat, std::string id, Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), id = std::move(id)](VisitDesk& desk, const Seat& at) {
            return desk.miss(intent, at, id);
          });
}

void NodeQueue::hold(Intent intent, std::string seat, HoldVisit wish, Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), wish = std::move(wish)](VisitDesk& desk, const Seat& at) {
            return desk.hold(intent, at, wish);
          });
}

void NodeQueue::resume(Intent intent, std::string seat, std::string id, Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), id = std::move(id)](VisitDesk& desk, const Seat& at) {
            return desk.resume(intent, at, id);
          });
}

void NodeQueue::transfer(Intent intent, std::string seat, TransferVisit wish, Done<Visit> done) {
  at_seat(std::move(seat), std::move(done),
          [intent = std::move(intent), wish = std::move(wish)](VisitDesk& desk, const Seat& at) {
            return desk.transfer(intent, at, wish);
          });
}

void NodeQueue::in_hall(Done<Visit> done, std::function<Result<crdt::Dot>(VisitDesk&)> work) {
  write<Visit, crdt::Dot>(
      std::move(done),
      [this, work = std::move(work)](Core& core, sync::Effects& effects) {
        const StoreReads reads(core.store);
        VisitDesk desk(desk_context(core, reads, policy_, effects));
        return work(desk);
      },
      visit_of);
}

void NodeQueue::give_back(Intent intent, std::string id, Done<Visit> done) {
  in_hall(std::move(done), [intent = std::move(intent), id = std::move(id)](VisitDesk& desk) {
    return desk.give_back(intent, id);
  });
}

void NodeQueue::leave(Intent intent, std::string id, LeaveReason reason, Done<Visit> done) {
  in_hall(std::move(done), [intent = std::move(intent), id = std::move(id),
                            reason](VisitDesk& desk) { return desk.leave(intent, id, reason); });
}

void NodeQueue::note(Intent intent, VisitNote wish, Done<Visit> done) {
  in_hall(std::move(done), [intent = std::move(intent), wish = std::move(wish)](VisitDesk& desk) {
    return desk.note(intent, wish);
  });
}

void NodeQueue::undo(Intent intent, std::string id, Done<Undone> done) {
  write<Undone, crdt::Dot>(
      std::move(done),
      [this, intent = std::move(intent), id = std::move(id)](Core& core, sync::Effects& effects) {
        const StoreReads reads(core.store);
        return UndoDesk(desk_context(core, reads, policy_, effects)).undo(intent, id);
      },
      [this](const Core& core, const crdt::Dot& record) {
        const StoreReads reads(core.store);
        sync::Effects none;  // showing writes nothing
        auto undone =
            UndoDesk({core.engine, reads, policy_, core.wall, core.mono, none}).show(record);
        if (undone && undone->appointment && calls_.events() != nullptr) {
          calls_.events()->appointment_changed(*undone->appointment);
        }
        return undone;
      });
}

// ---- the end of the day

Result<DayClose> NodeQueue::closing_of(const Core& core) const {
  const StoreReads reads(core.store);
  return show_day_close({core.engine, reads, core.wall, policy_}, china_moment(core.wall).day,
                        calls_.can_save());
}

void NodeQueue::day_close(Done<DayClose> done) {
  calls_.look<DayClose>(std::move(done), [this](const Core& core) { return closing_of(core); });
}

void NodeQueue::close_day(Intent intent, WithLeft with_left, Done<DayClose> done) {
  write<DayClose, crdt::Dot>(
      std::move(done),
      [this, intent = std::move(intent), with_left](Core& core, sync::Effects& effects) {
        const StoreReads reads(core.store);
        return DayCloseDesk(desk_context(core, reads, policy_, effects)).close(intent, with_left);
      },
      [this](const Core& core, const crdt::Dot&) {
        for (const std::int64_t window : seats_.close_all()) calls_.window_changed(window, "");
        return closing_of(core);
      });
}

void NodeQueue::spoil_form(Intent intent, SpoiledForm form, Done<DayClose> done) {
  write<DayClose, crdt::Dot>(
      std::move(done),
      [this, intent = std::move(intent), form = std::move(form)](Core& core,
                                                                 sync::Effects& effects) {
        const StoreReads reads(core.store);
        return node::spoil_form(desk_context(core, reads, policy_, effects), intent, form);
      },
      [this](const Core& core, const crdt::Dot&) { return closing_of(core); });
}

}  // namespace yizhan::node
