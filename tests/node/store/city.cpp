#include "tests/node/store/city.h"

#include <boost/test/unit_test.hpp>

namespace yizhan::node::test {

Site::Site(sync::Identity identity, std::uint64_t seed)
    : identity_(std::move(identity)), entropy_(seed) {}

void Site::open(bool create, ScanDepth depth) {
  auto opened = SqliteStore::open({folder_.path(), create}, entropy_);
  BOOST_REQUIRE_MESSAGE(opened.has_value(), (opened ? std::string() : opened.error().detail));
  store_ = std::move(*opened);
  auto repaired = open_with_journal(
      *store_, journal_owner(), [this] { return copy(identity_); }, entropy_, {wall(), now}, depth);
  BOOST_REQUIRE_MESSAGE(repaired.has_value(), (repaired ? std::string() : repaired.error().detail));
  repair = *repaired;
  if (!mirror_) mirror_ = std::make_unique<sim::MemStore>(store_->log_instance());
  mirror_->crash();
  engine_ = std::make_unique<sync::Engine>(copy(identity_), *store_, entropy_);
}

Result<JournalRepair> Site::try_open(bool create) {
  auto opened = SqliteStore::open({folder_.path(), create}, entropy_);
  BOOST_REQUIRE(opened.has_value());
  auto repaired = open_with_journal(
      **opened, journal_owner(), [this] { return copy(identity_); }, entropy_, {wall(), now},
      ScanDepth::Newest);
  BOOST_TEST(!(*opened)->dirty());
  return repaired;
}

void Site::close() {
  engine_.reset();
  outbox_.drop();
  store_.reset();
  wake_at_.reset();
}

void Site::begin_epoch(const sync::Epoch& epoch) {
  close();
  identity_.epoch = epoch;
  open(false);
}

JournalOwner Site::journal_owner() const {
  return {identity_.certificate.node(), journal_key(identity_.secrets.sign)};
}

Result<sync::Written> Site::write(const sync::Draft& draft) {
  sync::Effects out;
  auto written = engine_->write(wall(), now, draft, out);
  absorb(out);
  return written;
}

void Site::certify(const sync::Certificate& subject) {
  sync::Effects out;
  BOOST_REQUIRE(engine_->certify(wall(), now, subject, out).has_value());
  absorb(out);
}

void Site::deliver(const sync::Event& event) {
  sync::Effects out;
  engine_->step(wall(), now, event, out);
  absorb(out);
}

void Site::absorb(sync::Effects& out) {
  const auto applied = store_->apply(out.writes);
  BOOST_REQUIRE_MESSAGE(applied.has_value(), (applied ? std::string() : applied.error().detail));
  mirror_->apply(std::move(out.writes));
  outbox_.hold(std::move(out.sends));
  std::move(out.notices.begin(), out.notices.end(), std::back_inserter(notices));
  if (out.wake_at) wake_at_ = out.wake_at;  // what only reads sets none
}

void Site::commit() {
  const auto committed = store_->commit();
  BOOST_REQUIRE_MESSAGE(committed.has_value(),
                        (committed ? std::string() : committed.error().detail));
  mirror_->commit();
  for (sync::SendFrame& frame : outbox_.release()) sent.push_back(std::move(frame));
}

std::string ended(const Site& site, sync::LinkId link) {
  for (const sync::Notice& notice : site.notices) {
    if (notice.kind == sync::Notice::Kind::SessionDown && notice.link == link) return notice.detail;
  }
  return {};
}

SmallCity::SmallCity(std::uint64_t seed) : scope(sync::test::scope("1403/140311/140311100#biz")) {
  sync::test::City city = sync::test::make_city(seed);
  sync::test::Member member =
      sync::test::make_member(city, sync::Role::Station, scope.division, seed + 1000, &city.hub);
  hub = std::make_unique<Site>(identity_of(city, city.hub, nullptr), seed + 1);
  station = std::make_unique<Site>(identity_of(city, member, &city.hub), seed + 2);
  hub->open(true);
  station->open(true);
  hub->certify(city.hub.certificate);
  hub->certify(member.certificate);
  hub->commit();
}

void SmallCity::connect() {
  hub->deliver(sync::LinkOpened{1, station->engine().self().curve_key, false});
  station->deliver(sync::LinkOpened{1, hub->engine().self().curve_key, true});
}

void SmallCity::hang_up() {
  for (Site* site : {hub.get(), station.get()}) {
    site->deliver(sync::LinkClosed{1});
    site->commit();
    site->sent.clear();
  }
}

void SmallCity::run(std::int64_t ms) {
  for (const std::int64_t end = hub->now.value + ms; hub->now.value < end;) {
    for (int turn = 0; turn < 64; ++turn) {
      for (Site* site : {hub.get(), station.get()}) {
        if (site->due()) site->deliver(sync::TimerFired{});
        site->commit();
        Site& other = site == hub.get() ? *station : *hub;
        while (!site->sent.empty()) {
          other.deliver(sync::FrameReceived{1, site->sent.front().bytes});
          site->sent.pop_front();
        }
      }
    }
    hub->now.value += 50;
    station->now.value += 50;
  }
  hub->commit();
  station->commit();
}

}  // namespace yizhan::node::test
