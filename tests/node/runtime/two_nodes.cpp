#include "tests/node/runtime/two_nodes.h"

#include <boost/test/unit_test.hpp>

#include "crdt/codec/state_codec.h"

namespace yizhan::node::test {

using namespace std::chrono_literals;

Running::Running(const fs::path& folder, const sync::Identity& identity, LinkOptions link,
                 bool create) {
  auto opened = SqliteStore::open({folder, create}, entropy_);
  BOOST_REQUIRE(opened.has_value());
  store_ = std::move(*opened);
  link.secret = identity.secrets.curve.bytes();
  auto started = CurveLink::start(link);
  BOOST_REQUIRE_MESSAGE(started.has_value(), (started ? std::string() : started.error().detail));
  address_ = (*started)->bound_address();
  loop_ = std::make_unique<EngineLoop>(
      *store_,
      [identity = std::make_shared<sync::Identity>(copy(identity))] { return copy(*identity); },
      std::move(*started), nullptr);
  loop_->start();
}

std::optional<crdt::ChangeId> Running::book(const sync::Scope& scope, int number) {
  return ask<std::optional<crdt::ChangeId>>([&](Core& core, sync::Effects& effects) {
    const auto written = core.engine.write(core.wall, core.mono, booking(scope, number), effects);
    return written ? std::optional(written->id) : std::nullopt;
  });
}

void Running::certify(const sync::Certificate& subject) {
  BOOST_REQUIRE(ask<bool>([&](Core& core, sync::Effects& effects) {
    return core.engine.certify(core.wall, core.mono, subject, effects).has_value();
  }));
}

bool Running::has_key(const sync::Scope& scope) {
  return ask<bool>([&](Core& core, sync::Effects&) {
    for (const sync::ScopeKeyOp& op : core.engine.scope_keys()) {
      if (op.scope == scope) return true;
    }
    return false;
  });
}

sync::Rung Running::rung(const crdt::ChangeId& change) {
  return ask<sync::Rung>([&](Core& core, sync::Effects&) { return core.engine.rung(change); });
}

bool Running::holds(const sync::Scope& scope, const crdt::ChangeId& change) {
  return ask<bool>([&](Core& core, sync::Effects&) {
    const auto state = core.store.entity(scope, {change.stream, change.seq, 0});
    return state && *state != nullptr;
  });
}

Hash32 Running::state_root(const sync::Scope& scope) {
  return ask<Hash32>([&](Core& core, sync::Effects&) {
    crdt::StateRoot root;
    BOOST_REQUIRE(
        core.store
            .for_each_entity(scope, [&](const crdt::Dot& dot,
                                        const crdt::EntityState& state) { root.add(dot, state); })
            .has_value());
    return root.finish();
  });
}

TwoNodes::TwoNodes()
    : city(sync::test::make_city(31)),
      scope(sync::test::scope("1403/140311/140311100#biz")),
      member(sync::test::make_member(city, sync::Role::Station, scope.division, 32, &city.hub)),
      hub_identity(identity_of(city, city.hub, nullptr)),
      station_identity(identity_of(city, member, &city.hub)) {
  station_link.redial_min = 100ms;
  station_link.redial_max = 500ms;
}

std::unique_ptr<Running> TwoNodes::start_hub(bool create) {
  LinkOptions link;
  link.bind = address.empty() ? "tcp://127.0.0.1:0" : address;
  auto hub = std::make_unique<Running>(hub_folder.path(), hub_identity, link, create);
  address = hub->address();
  return hub;
}

std::unique_ptr<Running> TwoNodes::start_station(bool create) {
  station_link.dial = address;
  station_link.dial_key = city.hub.certificate.curve_key;
  return std::make_unique<Running>(station_folder.path(), station_identity, station_link, create);
}

}  // namespace yizhan::node::test
