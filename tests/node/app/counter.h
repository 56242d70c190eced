// Counter: a station beside a hub, over the shipped engine and real SQLite files, and what its
// clerks ask of the use cases.
#pragma once
#include <boost/test/unit_test.hpp>

#include "node/app/appointment_desk.h"
#include "node/app/arrival_desk.h"
#include "node/app/record_id.h"
#include "node/policy/china_time.h"
#include "node/policy/policy_file.h"
#include "node/store/store_reads.h"
#include "tests/node/app/refusal.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {

// A station whose clerks act through the desk; the hub stands beside it.
struct Counter {
  Counter() : city(7) {
    city.connect();
    city.run(3000);
    staff.id.value[0] = 9;
    staff.login = "wangmin";
    day = date_text(china_moment(city.station->wall()).day + 1);
  }

  template <class Use>
  auto at(Site& site, Use use) {
    auto result = site.act([&](sync::Engine& engine, SqliteStore& store, WallMs wall, MonoMs mono,
                               sync::Effects& out) {
      const StoreReads reads(store);
      AppointmentDesk desk({engine, reads, policy, wall, mono, out}, &memo);
      return use(desk);
    });
    site.commit();
    return result;
  }
  template <class Use>
  auto here(Use use) {
    return at(*city.station, use);
  }
  // The same with the desk at which people arrive.
  template <class Use>
  auto arrivals(Use use) {
    auto result = city.station->act([&](sync::Engine& engine, SqliteStore& store, WallMs wall,
                                        MonoMs mono, sync::Effects& out) {
      const StoreReads reads(store);
      ArrivalDesk desk({engine, reads, policy, wall, mono, out});
      return use(desk);
    });
    city.station->commit();
    return result;
  }

  Intent intent(const std::string& key, std::uint8_t body = 0) const {
    Intent out{staff, key, {}};
    out.request_hash[0] = body;
    return out;
  }
  NewAppointment wish(int number) const {
    NewAppointment out;
    out.item = "SB-0101";
    out.date = day;
    out.window = "09:00";
    out.name = "测试" + std::to_string(number);
    out.document = {"resident_id", resident(number)};
    out.phone = "138 0000 0001";
    out.channel = "window";
    out.note = "备注";
    return out;
  }
  Result<crdt::Dot> book(const NewAppointment& wish, const std::string& key) {
    return here([&](AppointmentDesk& desk) { return desk.book(intent(key), wish); });
  }
  std::string booked(int number) {
    const auto record = book(wish(number), "key" + std::to_string(number));
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().detail));
    return record_id(*record);
  }
  Appointment shown(const std::string& id) {
    const auto found = here([&](AppointmentDesk& desk) { return desk.show(id); });
    BOOST_REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().detail));
    return *found;
  }
  // A synthetic citizen's number; 1 gives 140399199003070013.
  static std::string resident(int number) {
    constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const std::string body = "14039919900307" + std::to_string(1000 + number).substr(1);
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (body[i] - '0') * kWeights[i];
    return body + "10X98765432"[sum % 11];
  }
  std::int64_t day_number() const { return *parse_date(day); }

  SmallCity city;
  Policy policy = default_policy();
  PersonMemo memo;
  StaffMember staff;
  std::string day;
};

}  // namespace yizhan::node::test
