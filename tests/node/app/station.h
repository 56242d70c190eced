// Station: one with two windows, over the shipped engine and a real SQLite file, and what its
// clerks ask of the desks.
#pragma once
#include <boost/test/unit_test.hpp>

#include "node/app/arrival_desk.h"
#include "node/app/next_number.h"
#include "node/app/paper_forms.h"
#include "node/app/queue_view.h"
#include "node/app/record_id.h"
#include "node/app/visit_desk.h"
#include "node/app/window_book.h"
#include "node/policy/china_time.h"
#include "node/policy/policy_file.h"
#include "node/store/rebuild.h"
#include "node/store/store_reads.h"
#include "node/store/verify.h"
#include "tests/node/app/refusal.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {

using Life = crdt::Appointment;
using State = crdt::Visit;

// A Tuesday morning at nine.
struct Station {
  template <class Use>
  auto work(Use use) {
    auto result = city.station->act([&](sync::Engine& engine, SqliteStore& store, WallMs wall,
                                        MonoMs mono, sync::Effects& out) {
      const StoreReads reads(store);
      return use(DeskContext{engine, reads, policy, wall, mono, out});
    });
    city.station->commit();
    return result;
  }
  template <class Use>
  auto arrivals(Use use) {
    return work([&](const DeskContext& at) {
      ArrivalDesk desk(at);
      return use(desk);
    });
  }
  template <class Use>
  auto visits(Use use) {
    return work([&](const DeskContext& at) {
      VisitDesk desk(at);
      return use(desk);
    });
  }

  Station() : city(31) {
    city.connect();
    city.run(3000);
    clerk.id.value[0] = 9;
    clerk.display_name = "王敏";
    lead = clerk;
    lead.role = StaffRole::Lead;
    const std::int64_t today = china_moment(city.station->wall()).day;
    set_clock(today + (9 - weekday(today)) % 7, 9 * 60);
    for (const std::int64_t number : {1, 2}) {
      BOOST_REQUIRE(work([&](const DeskContext& at) {
                      return add_window(at, intent(), {number, "综合窗口", {}});
                    }).has_value());
      BOOST_REQUIRE(
          seats.open({number, "王敏", false, "seat" + std::to_string(number)}, city.station->wall())
              .has_value());
    }
  }

  void set_clock(std::int64_t day, std::int64_t minute) {
    city.station->now = {wall_at({day, minute}).value - 1'790'000'000'000};
  }
  void wait_ms(std::int64_t ms) { city.station->now.value += ms; }
  void wait(std::int64_t minutes) { city.station->now.value += minutes * 60'000; }
  std::int64_t today() const { return china_moment(city.station->wall()).day; }

  Intent intent(const std::string& key = "") {
    return {clerk, key.empty() ? "key" + std::to_string(++keys) : key, {}};
  }
  Seat seat(std::int64_t number) const { return *seats.at(number); }

  Result<CheckedIn> ticket(const NewVisit& wish) {
    return arrivals([&](ArrivalDesk& desk) { return desk.take_ticket(intent(), wish); });
  }
  std::string took(Priority priority = Priority::None, const std::string& item = "SB-0101") {
    NewVisit wish;
    wish.item = item;
    wish.priority = priority;
    wish.name = "测试一";
    const auto came = ticket(wish);
    BOOST_REQUIRE_MESSAGE(came.has_value(), (came ? "" : came.error().detail));
    return record_id(came->visit);
  }
  NewAppointment appointment(const std::string& window) {
    NewAppointment wish;
    wish.item = "SB-0101";
    wish.date = date_text(today());
    wish.window = window;
    wish.name = "测试二";
    wish.document = {"other", "P" + std::to_string(++people)};
    wish.channel = "window";
    wish.note = "预约备注";
    return wish;
  }
  template <class Use>
  Result<crdt::Dot> bookings(Use use) {
    return work([&](const DeskContext& at) {
      AppointmentDesk desk(at);
      return use(desk);
    });
  }
  Result<crdt::Dot> book(const NewAppointment& wish) {
    return bookings([&](AppointmentDesk& desk) { return desk.book(intent(), wish); });
  }
  std::string booked(const std::string& window) {
    const auto record = book(appointment(window));
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
    return record_id(*record);
  }
  Result<CheckedIn> check_in(const std::string& appointment, const std::string& key = "") {
    return arrivals([&](ArrivalDesk& desk) { return desk.check_in(intent(key), appointment); });
  }
  Arrival told(const CheckedIn& came) {
    const auto arrival = arrivals([&](ArrivalDesk& desk) { return desk.show(came); });
    BOOST_REQUIRE_MESSAGE(arrival.has_value(), (arrival ? "" : arrival.error().detail));
    return *arrival;
  }
  Result<crdt::Dot> call(std::int64_t window, std::optional<std::string> visit = {},
                         const std::string& key = "") {
    return visits([&](VisitDesk& desk) { return desk.call(intent(key), seat(window), visit); });
  }
  Result<crdt::Dot> start(std::int64_t window, const std::string& id) {
    return visits([&](VisitDesk& desk) { return desk.start(intent(), seat(window), id); });
  }
  template <class Use>
  Result<crdt::Dot> at_window(std::int64_t window, Use use) {
    return visits([&](VisitDesk& desk) { return use(desk, seat(window)); });
  }
  Result<crdt::Dot> finish(std::int64_t window, const std::string& id) {
    return visits([&](VisitDesk& desk) {
      return desk.finish(intent(), seat(window), id, {Outcome::Done, true});
    });
  }
  Visit shown(const std::string& id) {
    const auto visit = visits([&](VisitDesk& desk) { return desk.show(id); });
    BOOST_REQUIRE_MESSAGE(visit.has_value(), (visit ? "" : visit.error().detail));
    return *visit;
  }
  Appointment shown_appointment(const std::string& id) {
    const auto found = work([&](const DeskContext& at) { return AppointmentDesk(at).show(id); });
    BOOST_REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().detail));
    return *found;
  }
  Life life_of(const std::string& appointment) { return shown_appointment(appointment).life; }
  // Numbers of forms that were printed to be filled in by hand.
  std::vector<std::string> forms(std::int64_t count) {
    const auto record = work([&](const DeskContext& at) {
      const std::int64_t first = *next_counter(at, today(), count);
      auto draft = draft_paper_forms(at.own_biz(), {today(), first, count, at.wall});
      return IntentWriter(at).write(intent(), std::move(draft), std::nullopt);
    });
    BOOST_REQUIRE(record.has_value());
    const auto state = StoreReads(city.station->store()).entity(city.scope, *record);
    return form_numbers(city.scope, **state);
  }
  Queue queue(std::optional<std::int64_t> window = {}) {
    return *work([&](const DeskContext& at) {
      return show_queue({at.engine, at.reads, at.wall, at.policy, 0}, window);
    });
  }
  std::string waiting(std::optional<std::int64_t> window = {}) {
    std::string out;
    for (const QueueRow& row : queue(window).waiting) out += (out.empty() ? "" : " ") + row.ticket;
    return out;
  }
  void verify_lists() {
    const auto root = sync::test::make_city(31).root.public_key();
    for (int round = 0; round < 2; ++round) {
      const auto report = verify(city.station->store(), root);
      BOOST_REQUIRE(report.has_value());
      for (const VerifyFinding& one : report->findings) BOOST_ERROR(one.what + " " + one.where);
      BOOST_REQUIRE(rebuild(city.station->store()).has_value());
    }
  }

  SmallCity city;
  StaffMember clerk;
  StaffMember lead;
  Seats seats;
  int people = 0;  // who booked so far
  Policy policy = default_policy();
  int keys = 0;
};

}  // namespace yizhan::node::test
