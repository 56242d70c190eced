// The part of the service that the counter uses.
#include <algorithm>

#include "node/app/appointment_desk.h"
#include "node/app/appointment_list.h"
#include "node/app/arrival_desk.h"
#include "node/app/record_history.h"
#include "node/app/record_id.h"
#include "node/app/roster.h"
#include "node/runtime/node_service.h"
#include "node/store/store_reads.h"

namespace yizhan::node {
namespace {

// Reading needs no effects; whatever is written into these is a mistake of ours and lost.
template <class T>
Result<T> with_desk(const Core& core, const Policy& policy,
                    const std::function<Result<T>(const AppointmentDesk&)>& use) {
  const StoreReads reads(core.store);
  sync::Effects none;
  const AppointmentDesk desk({core.engine, reads, policy, core.wall, core.mono, none});
  return use(desk);
}

}  // namespace

void NodeService::write(Done<Appointment> done, LoopCalls::Work<crdt::Dot> work) {
  calls_.loop().post([this, done = std::move(done), work = std::move(work)](
                         Core& core, sync::Effects& effects) -> EngineLoop::Answer {
    const Result<crdt::Dot> record = work(core, effects);
    return [this, done, record](const Result<void>& committed, const Core& after) {
      if (!committed) people_.clear();
      if (!record) return done(fail(record));
      calls_.note_commit(committed);
      if (!committed) return done(fail(committed));
      done(with_desk<Appointment>(after, policy_,
                                  [&](const AppointmentDesk& desk) { return desk.show(*record); }));
      if (calls_.events() != nullptr) calls_.events()->appointment_changed(record_id(*record));
      calls_.queue_touched();
      tell_status();
    };
  });
}

void NodeService::book(Intent intent, NewAppointment booking, Done<Appointment> done) {
  write(std::move(done), [this, intent = std::move(intent), booking = std::move(booking)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk({core.engine, reads, policy_, core.wall, core.mono, effects}, &people_)
        .book(intent, booking);
  });
}

void NodeService::edit(Intent intent, AppointmentEdit edit, Done<Appointment> done) {
  write(std::move(done), [this, intent = std::move(intent), edit = std::move(edit)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk({core.engine, reads, policy_, core.wall, core.mono, effects})
        .edit(intent, edit);
  });
}

void NodeService::reschedule(Intent intent, Reschedule to, Done<Appointment> done) {
  write(std::move(done), [this, intent = std::move(intent), to = std::move(to)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk({core.engine, reads, policy_, core.wall, core.mono, effects}, &people_)
        .reschedule(intent, to);
  });
}

void NodeService::cancel(Intent intent, Cancel cancel, Done<Appointment> done) {
  write(std::move(done), [this, intent = std::move(intent), cancel = std::move(cancel)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk({core.engine, reads, policy_, core.wall, core.mono, effects})
        .cancel(intent, cancel);
  });
}

void NodeService::finish(Intent intent, std::string id, Done<Appointment> done) {
  write(std::move(done),
        [this, intent = std::move(intent), id = std::move(id)](Core& core, sync::Effects& effects) {
          const StoreReads reads(core.store);
          return ArrivalDesk({core.engine, reads, policy_, core.wall, core.mono, effects})
              .finish(intent, id);
        });
}

void NodeService::excuse(Intent intent, Excuse excuse, Done<Appointment> done) {
  write(std::move(done), [this, intent = std::move(intent), excuse = std::move(excuse)](
                             Core& core, sync::Effects& effects) {
    const StoreReads reads(core.store);
    return AppointmentDesk({core.engine, reads, policy_, core.wall, core.mono, effects})
        .excuse(intent, excuse);
  });
}

void NodeService::slots(std::string date, Done<std::vector<SlotRow>> done) {
  calls_.look<std::vector<SlotRow>>(
      std::move(done), [this, date = std::move(date)](const Core& core) {
        return with_desk<std::vector<SlotRow>>(
            core, policy_, [&](const AppointmentDesk& desk) { return desk.slots(date); });
      });
}

void NodeService::appointments(AppointmentQuery query, Done<AppointmentPage> done) {
  calls_.look<AppointmentPage>(std::move(done), [query = std::move(query)](const Core& core) {
    return list_appointments(core.engine, StoreReads(core.store), query);
  });
}

void NodeService::appointment(StaffMember, std::string id, Done<Appointment> done) {
  calls_.look<Appointment>(std::move(done), [this, id = std::move(id)](const Core& core) {
    return with_desk<Appointment>(core, policy_,
                                  [&](const AppointmentDesk& desk) { return desk.show(id); });
  });
}

// Three steps: where the record is, its changes (read apart), and what the engine knows of each.
void NodeService::history(std::string id, Done<std::vector<HistoryRow>> done) {
  using Changes = std::vector<RecordChange>;
  const auto record = parse_record_id(id);
  if (!record) return done(fail(record));
  const auto finish = [this, done](Result<Changes> changes) {
    if (!changes) return done(fail(changes));
    calls_.look<std::vector<HistoryRow>>(done,
                                         [this, changes = std::move(*changes)](const Core& core) {
                                           return history_rows(core, changes);
                                         });
  };
  calls_.study<Changes>(finish, [record = *record](const SqliteStore& snapshot) -> Result<Changes> {
    const StoreReads reads(snapshot);
    const auto streams = snapshot.streams();
    const auto own = std::find_if(streams.begin(), streams.end(), [&](const sync::StreamRow& row) {
      return row.id == record.stream;
    });
    if (own == streams.end()) return fail(Errc::NotFound, "no such appointment here", "id");
    const auto state = reads.entity(own->scope, record);
    if (!state) return fail(state);
    if (*state == nullptr) return fail(Errc::NotFound, "no such appointment here", "id");
    return history_of(streams, reads, {own->scope, record});
  });
}

Result<std::vector<HistoryRow>> NodeService::history_rows(
    const Core& core, const std::vector<RecordChange>& changes) const {
  const auto known = read_roster(StoreReads(core.store), roster_scope(core.engine));
  if (!known) return fail(known);
  std::vector<HistoryRow> rows;
  for (const RecordChange& change : changes) {
    HistoryRow& row = rows.emplace_back(change.row);
    row.rung = rung_shown(core.engine.rung(change.id));
    for (const RosterEntry& entry : *known) {
      if (to_hex(view(entry.id)) != row.staff) continue;
      row.staff_login = entry.login;
      row.staff_name = entry.display_name;
    }
  }
  return rows;
}

}  // namespace yizhan::node
