// catchup: a hub takes in what 20 stations wrote while they were cut off, 500 records each.
//
// Ours is the hub's own work: frames to sessions, admission, states, lists, commits. The stations'
// work and the sockets are left out, and so is the receiving of bytes from the limit.
#include "tests/bench/draft.h"
#include "tests/bench/limit.h"
#include "tests/bench/linked_node.h"
#include "tests/bench/report.h"
#include "tests/sync/fixture.h"

namespace yizhan::bench {
namespace {

constexpr std::size_t kStations = 20;
constexpr std::size_t kRecords = 500;           // of each
constexpr std::size_t kChanges = kRecords + 1;  // and the one that opens the stream
constexpr std::size_t kRun = 256;               // records under one signature of the limit

struct Fleet {
  explicit Fleet(const WorkFolder& work) : city(sync::test::make_city(51)) {
    hub = std::make_unique<LinkedNode>(work.sub("hub"), identity(city.hub, nullptr));
    hub->certify(city.hub.certificate);
    for (std::size_t i = 0; i < kStations; ++i) {
      const std::string home = "1403/140311/" + std::to_string(140311100 + i);
      const sync::test::Member member = sync::test::make_member(
          city, sync::Role::Station, *sync::Division::parse(home), 700 + i, &city.hub);
      hub->certify(member.certificate);
      stations.push_back(std::make_unique<LinkedNode>(work.sub("station" + std::to_string(i)),
                                                      identity(member, &city.hub)));
    }
    hub->settle();
  }

  static sync::Identity identity(const sync::test::Member& member,
                                 const sync::test::Member* parent) {
    sync::Identity out;
    out.certificate = member.certificate;
    out.secrets = {sync::SignKey(member.secrets.sign.seed().clone()), member.secrets.curve.clone(),
                   member.secrets.box.clone()};
    out.epoch.nonce = sync::test::bytes_of<8>(member.certificate.sign_key[0]);
    if (parent != nullptr) {
      out.parent = parent->certificate.node();
      out.trusted.push_back(parent->certificate);
    }
    out.trusted.push_back(member.certificate);
    return out;
  }

  // Everyone dials; link i + 1 of the hub is station i.
  void connect() {
    for (std::size_t i = 0; i < kStations; ++i) {
      hub->deliver(sync::LinkOpened{i + 1, stations[i]->engine().self().curve_key, false});
      stations[i]->deliver(sync::LinkOpened{1, hub->engine().self().curve_key, true});
    }
  }
  void cut() {
    for (std::size_t i = 0; i < kStations; ++i) {
      hub->deliver(sync::LinkClosed{i + 1});
      stations[i]->deliver(sync::LinkClosed{1});
    }
  }
  // One turn of everybody; gives the milliseconds that the hub worked.
  double turn() {
    std::vector<sync::FrameReceived> up;
    for (std::size_t i = 0; i < kStations; ++i) {
      stations[i]->settle();
      for (sync::SendFrame& frame : stations[i]->sent)
        up.push_back({i + 1, std::move(frame.bytes)});
      stations[i]->sent.clear();
    }
    const double begun = now_ms();
    for (const sync::FrameReceived& frame : up) hub->deliver(frame);
    hub->settle();
    const double worked = now_ms() - begun;
    for (sync::SendFrame& frame : hub->sent) {
      stations[frame.link - 1]->deliver(sync::FrameReceived{1, std::move(frame.bytes)});
    }
    hub->sent.clear();
    return worked;
  }
  std::uint64_t held() const {
    std::uint64_t changes = 0;
    for (const sync::StreamRow& row : hub->engine().streams()) {
      if (row.scope.cls == sync::ScopeClass::Biz) changes += row.seq;
    }
    return changes;
  }

  sync::test::City city;
  std::unique_ptr<LinkedNode> hub;
  std::vector<std::unique_ptr<LinkedNode>> stations;
};

double ours(const std::vector<Insert>& records) {
  const WorkFolder work;
  Fleet fleet(work);
  fleet.connect();
  for (std::size_t i = 0; i < kStations; ++i) {
    while (!fleet.stations[i]->write(records[i * kRecords])) fleet.turn();  // scope keys arrive
  }
  fleet.cut();
  for (std::size_t i = 0; i < kStations; ++i) {
    for (std::size_t n = 1; n < kRecords; ++n) fleet.stations[i]->write(records[i * kRecords + n]);
    fleet.stations[i]->settle();
    fleet.stations[i]->sent.clear();
  }
  fleet.hub->sent.clear();
  fleet.connect();
  double worked = 0;
  while (fleet.held() < kStations * kChanges) worked += fleet.turn();
  return worked;
}

double bare(const std::vector<Insert>& records) {
  const WorkFolder work;
  Limit limit(work.sub("limit"));
  std::vector<Limit::Run> runs;
  for (std::size_t station = 0; station < kStations; ++station) {
    const auto own = std::span(records).subspan(station * kRecords, kRecords);
    for (std::size_t at = 0; at < kRecords; at += kRun) {
      runs.push_back(limit.seal(own.subspan(at, std::min(kRun, kRecords - at))));
    }
  }
  const double begun = now_ms();
  limit.begin();
  for (const Limit::Run& run : runs) limit.take(run);
  limit.commit();  // once: the hub, too, gathers what has come
  return now_ms() - begun;
}

}  // namespace

std::vector<Report> catchup() {
  const std::vector<Insert> records = inserts(kStations, kRecords);
  std::vector<double> times;
  std::vector<double> limits;
  for (int round = 0; round < 3; ++round) {
    times.push_back(ours(records));
    limits.push_back(bare(records));
  }
  return {{"catchup of 20 x 500, hub", median(times), median(limits)}};
}

}  // namespace yizhan::bench
