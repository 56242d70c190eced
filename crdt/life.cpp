#include "crdt/life.h"

#include <algorithm>

#include "crdt/base/check.h"

namespace yizhan::crdt {
namespace {

constexpr std::uint8_t bit(LifeTask task) { return static_cast<std::uint8_t>(task); }

template <class State>
std::size_t count(std::span<const LifeHead> heads, State state) {
  return static_cast<std::size_t>(std::count_if(heads.begin(), heads.end(), [&](const auto& h) {
    return h.state == static_cast<LifeState>(state);
  }));
}

Appointment as_shown(Appointment state) {
  return state == Appointment::Rescheduled ? Appointment::Confirmed : state;
}

bool all_equal(std::span<const LifeHead> heads) {
  return std::all_of(heads.begin(), heads.end(),
                     [&](const LifeHead& h) { return h.state == heads.front().state; });
}

}  // namespace

AppointmentOutcome resolve_appointment(std::span<const LifeHead> heads) {
  YZ_CHECK(!heads.empty());
  const std::size_t reschedules = count(heads, Appointment::Rescheduled);
  if (heads.size() == 1) return {as_shown(static_cast<Appointment>(heads[0].state)), 0};
  const bool by_client = count(heads, Appointment::CancelledByClient) > 0;
  const bool by_station = count(heads, Appointment::CancelledByStation) > 0;

  // What happened at the counter wins over what was intended elsewhere.
  for (const Appointment there :
       {Appointment::Fulfilled, Appointment::InService, Appointment::CheckedIn}) {
    if (count(heads, there) == 0) continue;
    const bool told = by_client || by_station || reschedules > 0;
    return {there, told ? bit(LifeTask::ArrivedAfterCancel) : std::uint8_t{0}};
  }
  if (by_station) return {Appointment::CancelledByStation, 0};
  if (by_client) {
    return {Appointment::CancelledByClient,
            reschedules > 0 ? bit(LifeTask::CancelAgainstReschedule) : std::uint8_t{0}};
  }
  if (reschedules > 0) {
    std::uint8_t tasks = 0;
    if (reschedules > 1) tasks |= bit(LifeTask::CompetingReschedules);
    if (count(heads, Appointment::NoShow) > 0) tasks |= bit(LifeTask::RescheduleAgainstNoShow);
    return {Appointment::Confirmed, tasks};
  }
  if (count(heads, Appointment::NoShow) > 0) return {Appointment::NoShow, 0};
  if (all_equal(heads)) return {static_cast<Appointment>(heads[0].state), 0};
  return {Appointment::Disputed, bit(LifeTask::Disputed)};
}

bool may_move(Appointment from, Appointment to) {
  using enum Appointment;
  switch (from) {
    case Submitted:
      return to == Confirmed || to == Tentative || to == Rejected || to == Waitlisted ||
             to == CancelledByClient;
    case Tentative:
      return to == Confirmed || to == CounterOffered || to == CancelledByClient || to == Expired;
    case CounterOffered:
    case Waitlisted: return to == Confirmed || to == CancelledByClient || to == Expired;
    case Confirmed:
    case Rescheduled:
      return to == Rescheduled || to == CancelledByClient || to == CancelledByStation ||
             to == CheckedIn || to == NoShow;
    case CheckedIn:
      return to == InService || to == Fulfilled || to == Confirmed;  // back: an undone check-in
    case InService: return to == Fulfilled || to == CheckedIn;
    case Fulfilled: return to == InService;  // undo
    case NoShow:
      return to == NoShowExcused || to == CheckedIn || to == Rescheduled ||
             to == Confirmed;  // back: an undone mark
    case NoShowExcused: return to == NoShow || to == Rescheduled;
    case CancelledByClient:
    case CancelledByStation: return to == Confirmed || to == CheckedIn;  // undo; came all the same
    case Rejected:
    case Expired: return false;
    case Disputed:
      return to == Confirmed || to == CancelledByClient || to == CancelledByStation ||
             to == CheckedIn;
  }
  return false;
}

VisitOutcome resolve_visit(std::span<const LifeHead> heads) {
  YZ_CHECK(!heads.empty());
  if (heads.size() == 1) return {static_cast<Visit>(heads[0].state), 0};
  const bool gone = count(heads, Visit::Left) > 0 || count(heads, Visit::Withdrawn) > 0;
  // Service that was given is a fact, whatever was entered elsewhere.
  for (const Visit there : {Visit::Finished, Visit::InService, Visit::OnHold}) {
    if (count(heads, there) == 0) continue;
    return {there, gone ? bit(LifeTask::ArrivedAfterCancel) : std::uint8_t{0}};
  }
  for (const Visit next :
       {Visit::Left, Visit::Called, Visit::Missed, Visit::Waiting, Visit::Withdrawn}) {
    if (count(heads, next) > 0) return {next, 0};
  }
  if (all_equal(heads)) return {static_cast<Visit>(heads[0].state), 0};
  return {Visit::Disputed, bit(LifeTask::Disputed)};
}

bool may_move(Visit from, Visit to) {
  using enum Visit;
  switch (from) {
    case Waiting: return to == Called || to == Left || to == Withdrawn || to == Waiting;
    case Called: return to == InService || to == Missed || to == Waiting || to == Left;
    case InService:
      return to == OnHold || to == Finished || to == Waiting || to == Left ||
             to == Called;  // back: an undone start
    case OnHold: return to == InService || to == Waiting || to == Left;
    case Missed: return to == Waiting || to == Called || to == Left;
    case Finished: return to == InService;  // undo
    case Left:
      return to == Waiting || to == Called || to == Missed || to == OnHold || to == InService;
    case Withdrawn: return false;
    case Disputed: return to == Waiting || to == Left;
  }
  return false;
}

}  // namespace yizhan::crdt
