// Who acts for a resident: what is asked, what is kept, and where it is seen.
#include "node/app/agent.h"

#include <set>

#include "node/app/record_history.h"
#include "tests/node/app/counter.h"

namespace yizhan::node::test {
namespace {

struct Desk : Counter {
  Agent agent() const {
    Agent out;
    out.name = "李明";
    out.document = {"resident_id", resident(2)};
    out.phone = "139 0000 0002";
    out.valid_until = day;
    return out;
  }
  NewAppointment by_agent(int number = 1) const {
    NewAppointment out = wish(number);
    out.agent = agent();
    return out;
  }
  std::string saved(const NewAppointment& booking, const std::string& key) {
    const auto record = book(booking, key);
    BOOST_REQUIRE_MESSAGE(record.has_value(), (record ? "" : record.error().field));
    return record_id(*record);
  }
  template <class Change>
  std::string refused(Change change) {
    NewAppointment wrong = by_agent();
    change(*wrong.agent);
    return refusal(book(wrong, "k" + std::to_string(++tries)));
  }
  sync::StatePtr state(const std::string& id) {
    const auto dot = parse_record_id(id);
    auto held = StoreReads(city.station->store()).entity(city.scope, *dot);
    BOOST_REQUIRE((held && *held != nullptr));
    return *held;
  }
  int tries = 0;
};

BOOST_FIXTURE_TEST_SUITE(agent_test, Desk)

BOOST_AUTO_TEST_CASE(an_agent_is_kept_in_one_spelling_beside_the_resident) {
  const Appointment record = shown(saved(by_agent(), "k"));
  BOOST_TEST(record.document.number == resident(1));
  BOOST_REQUIRE(record.agent.has_value());
  BOOST_TEST(record.agent->name == "李明");
  BOOST_TEST(record.agent->document->number == resident(2));
  BOOST_TEST(*record.agent->phone == "13900000002");
  BOOST_TEST((record.agent->basis == AgentBasis::PowerOfAttorney));
  BOOST_TEST(*record.agent->valid_until == day);
  BOOST_TEST(!shown(booked(3)).agent.has_value());
}

BOOST_AUTO_TEST_CASE(resident_and_agent_are_encrypted_each_under_their_own_key) {
  const auto held = state(saved(by_agent(), "k"));
  std::set<crdt::Dot> keys;
  for (const crdt::LiveBlobs& change : held->blobs) {
    for (const crdt::SealedBlob& blob : change.blobs) keys.insert(blob.key);
  }
  BOOST_TEST(keys.size() == 2U);
  const crdt::RegSibling* name = held->shown(id(AppointmentField::Name));
  const auto* ref = std::get_if<crdt::PersonalRef>(&name->value);
  BOOST_REQUIRE(ref != nullptr);
  BOOST_TEST((person_key(*held) == held->blob(name->dot, *ref)->key));  // an edit is the resident's
}

BOOST_AUTO_TEST_CASE(a_name_and_one_way_to_know_them_again_are_asked_and_no_more_I3) {
  BOOST_TEST(refused([](Agent& a) { a.name = " "; }) == "BadFormat agent.name");
  BOOST_TEST(refused([](Agent& a) { a.document->kind = "card"; }) ==
             "BadFormat agent.document.kind");
  BOOST_TEST(refused([](Agent& a) { a.document->number = "1"; }) ==
             "BadFormat agent.document.number");
  BOOST_TEST(refused([](Agent& a) { a.phone = "1380000000"; }) == "BadFormat agent.phone");
  BOOST_TEST(refused([](Agent& a) { a.phone.reset(), a.document.reset(); }) ==
             "BadFormat agent.phone");
  BOOST_TEST(city.station->engine().delivery().saved == 0U);
  BOOST_TEST(refused([](Agent& a) { a.phone.reset(); }) == "accepted");
  NewAppointment by_phone = by_agent(3);
  by_phone.agent->document.reset();
  BOOST_TEST(!shown(saved(by_phone, "phone")).agent->document.has_value());
}

BOOST_AUTO_TEST_CASE(nobody_acts_for_themselves_I1) {
  BOOST_TEST(refused([](Agent& a) { a.document->number = resident(1); }) ==
             "Conflict agent.document.number");
}

BOOST_AUTO_TEST_CASE(a_written_authority_is_good_on_the_day_of_the_appointment_I2) {
  const std::string before = date_text(day_number() - 1);
  BOOST_TEST(refused([](Agent& a) { a.valid_until.reset(); }) == "BadFormat agent.valid_until");
  BOOST_TEST(refused([](Agent& a) { a.valid_until = "2026-02-30"; }) ==
             "BadFormat agent.valid_until");
  BOOST_TEST(refused([&](Agent& a) { a.valid_until = before; }) == "Conflict agent.valid_until");
  const std::string id = saved(by_agent(), "k");
  const auto moved_to = [&](std::int64_t ahead) {
    return refusal(here([&](AppointmentDesk& desk) {
      return desk.reschedule(intent("r" + std::to_string(ahead)),
                             {id, date_text(day_number() + ahead), "10:00"});
    }));
  };
  BOOST_TEST(moved_to(1) == "Conflict agent.valid_until");
  BOOST_TEST(moved_to(0) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_guardian_acts_without_a_written_authority) {
  const auto guardian = [](Agent& a) { a.basis = AgentBasis::LegalGuardian; };
  BOOST_TEST(refused(guardian) == "BadFormat agent.valid_until");
  NewAppointment booking = by_agent();
  guardian(*booking.agent);
  booking.agent->valid_until.reset();
  booking.to_bring = {"监护关系证明"};
  const Appointment record = shown(saved(booking, "k"));
  BOOST_TEST(!record.agent->valid_until.has_value());
  BOOST_TEST(record.to_bring == (std::vector<std::string>{"监护关系证明"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_agent_acts_for_several_people_and_none_of_their_limits_is_the_agents) {
  for (int number = 3; number < 8; ++number) {
    BOOST_TEST(refusal(book(by_agent(number), std::to_string(number))) == "accepted");
  }
  NewAppointment own = wish(2);
  BOOST_TEST(refusal(book(own, "own")) == "accepted");
}

BOOST_AUTO_TEST_CASE(lists_mask_the_agent_and_the_history_names_no_more_than_that_there_is_one) {
  const std::string id = saved(by_agent(), "k");
  const RecordPlace place{city.scope, *parse_record_id(id)};
  const AppointmentRow row = show_row(city.station->engine(), place, *state(id));
  BOOST_TEST(*row.masked_agent == "李*");
  const std::string alone = booked(3);
  BOOST_TEST(!show_row(city.station->engine(), {city.scope, *parse_record_id(alone)}, *state(alone))
                  .masked_agent.has_value());
  const auto history =
      history_of(city.station->engine().streams(), StoreReads(city.station->store()), place);
  BOOST_REQUIRE(history.has_value());
  const auto& fields = history->front().row.fields;
  BOOST_TEST(std::count(fields.begin(), fields.end(), "agent") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::test
