// The part of the service that the counter uses.
#include "node/app/appointment_desk.h"
#include "node/app/appointment_list.h"
#include "node/app/record_history.h"
#include "node/app/record_id.h"
#include "node/app/roster.h"
#include "node/runtime/node_service.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

// Reading needs no effects; whatever is written into these is a mistake of ours and lost.
template <class T>
Result<T> with_desk(const Core& core, const std::function<Result<T>(const AppointmentDesk&)>& use) {
  const StoreReads reads(core.store);
  sync::Effects none;
  const AppointmentDesk desk(core.engine, reads, core.wall, core.mono, none);
  return use(desk);
}

}  // namespace

void NodeService::write(Done<Appointment> done, Work<crdt::Dot> work) {
  loop_->post([this, done = std::move(done), work = std::move(work)](
                  Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    const Result<crdt::Dot> record = work(core, effects);
    return [this, done, record](const Result<void>& committed, const Core& after) {
      if (!record) return done(fail(record));
      can_save_ = committed.has_value();
      if (!committed) return done(fail(committed));
      done(with_desk<Appointment>(after,
                                  [&](const AppointmentDesk& desk) { return desk.show(*record); }));
      if (events_ != nullptr) events_->appointment_changed(record_id(*record));
      tell_status();
    };
  });
}

void NodeService::book(Intent intent, NewAppointment booking, Done<Appointment> done) {
  write(std::move(done), [intent = std::move(intent), booking = std::move(booking)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk(core.engine, reads, core.wall, core.mono, effects).book(intent, booking);
  });
}

void NodeService::edit(Intent intent, AppointmentEdit edit, Done<Appointment> done) {
  write(std::move(done), [intent = std::move(intent), edit = std::move(edit)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk(core.engine, reads, core.wall, core.mono, effects).edit(intent, edit);
  });
}

void NodeService::reschedule(Intent intent, Reschedule to, Done<Appointment> done) {
  write(std::move(done),
        [intent = std::move(intent), to = std::move(to)](Core& core, sync::Effects& effects) {
          const StoreReads reads(core.store);
          return AppointmentDesk(core.engine, reads, core.wall, core.mono, effects)
              .reschedule(intent, to);
        });
}

void NodeService::cancel(Intent intent, Cancel cancel, Done<Appointment> done) {
  write(std::move(done), [intent = std::move(intent), cancel = std::move(cancel)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk(core.engine, reads, core.wall, core.mono, effects)
        .cancel(intent, cancel);
  });
}

void NodeService::check_in(Intent intent, std::string id, Done<Appointment> done) {
  write(std::move(done), [intent = std::move(intent), id = std::move(id)](Core& core,
                                                                          sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk(core.engine, reads, core.wall, core.mono, effects).check_in(intent, id);
  });
}

void NodeService::finish(Intent intent, std::string id, Done<Appointment> done) {
  write(std::move(done), [intent = std::move(intent), id = std::move(id)](Core& core,
                                                                          sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk(core.engine, reads, core.wall, core.mono, effects).finish(intent, id);
  });
}

void NodeService::slots(std::string date, Done<std::vector<SlotRow>> done) {
  look<std::vector<SlotRow>>(std::move(done), [date = std::move(date)](const Core& core) {
    return with_desk<std::vector<SlotRow>>(
        core, [&](const AppointmentDesk& desk) { return desk.slots(date); });
  });
}

void NodeService::appointments(AppointmentQuery query, Done<AppointmentPage> done) {
  look<AppointmentPage>(std::move(done), [query = std::move(query)](const Core& core) {
    return list_appointments(core.engine, StoreReads(core.store), query);
  });
}

void NodeService::appointment(StaffMember, std::string id, Done<Appointment> done) {
  look<Appointment>(std::move(done), [id = std::move(id)](const Core& core) {
    return with_desk<Appointment>(core, [&](const AppointmentDesk& desk) { return desk.show(id); });
  });
}

void NodeService::history(std::string id, Done<std::vector<HistoryRow>> done) {
  look<std::vector<HistoryRow>>(
      std::move(done),
      [this, id = std::move(id)](const Core& core) -> Result<std::vector<HistoryRow>> {
        const StoreReads reads(core.store);
        const auto record = parse_record_id(id);
        if (!record) return fail(record);
        const auto scope = core.engine.scope_of(record->stream);
        const auto state = scope ? reads.entity(*scope, *record) : sync::StatePtr();
        if (!state) return fail(state);
        if (*state == nullptr) return fail(Errc::NotFound, "no such appointment here", "id");
        auto rows = history_of(core.engine, reads, {*scope, *record});
        if (!rows) return rows;
        const auto known = read_roster(reads, roster_scope(core.engine));
        if (!known) return fail(known);
        for (HistoryRow& row : *rows) {
          for (const RosterEntry& entry : *known) {
            if (to_hex(view(entry.id)) == row.staff) row.staff_login = entry.login;
          }
        }
        return rows;
      });
}

}  // namespace yizhan::node
