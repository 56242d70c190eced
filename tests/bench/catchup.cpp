// catchup: a hub takes in what 20 stations wrote while they were cut off, 500 records each with two
// updates, over ZeroMQ with CURVE on loopback. Of 500 records the neighbour, too, wrote a change at
// the same time; it had them over a line of its own before the last phase, so it offers them to the
// hub as well, which the limit does not have to hear twice.
//
// Both sides start when their connections stand: ours with the first word of each session, the
// limit with the first run of records. The stations are one process, the hub another.
#include <unistd.h>

#include <atomic>
#include <zmq.hpp>

#include "node/runtime/engine_loop.h"
#include "tests/bench/child.h"
#include "tests/bench/draft.h"
#include "tests/bench/fleet.h"
#include "tests/bench/limit.h"

namespace yizhan::bench {
namespace {

constexpr std::size_t kRun = 256;  // changes under one signature of the limit
constexpr int kRounds = 5;
constexpr double kPatienceMs = 60'000;
constexpr useconds_t kHandshakes = 400'000;  // until every connection stands

std::unique_ptr<node::CurveLink> link_of(const sync::Identity& identity, const std::string& bind,
                                         const std::string& dial, const Fleet& fleet) {
  node::LinkOptions options;
  options.secret = identity.secrets.curve.bytes();
  options.bind = bind;
  options.dial = dial;
  if (!dial.empty()) options.dial_key = fleet.hub_identity().certificate.curve_key;
  return must(node::CurveLink::start(options));
}

struct Station {
  Station(const Fleet& fleet, std::size_t number, const std::string& hub)
      : store(must(node::SqliteStore::open({fleet.station_folder(number), false}, entropy))),
        loop(
            *store, [&fleet, number] { return fleet.station_identity(number); },
            link_of(fleet.station_identity(number), "", hub, fleet), nullptr) {}
  node::SystemEntropy entropy;
  std::unique_ptr<node::SqliteStore> store;
  node::EngineLoop loop;
};

void be_stations(const Fleet& fleet, const std::string& hub) {
  std::vector<std::unique_ptr<Station>> stations;
  for (std::size_t i = 0; i < Fleet::kStations; ++i) {
    stations.push_back(std::make_unique<Station>(fleet, i, hub));
  }
  while (true) {
    for (const auto& station : stations) station->loop.run_once(std::chrono::milliseconds(0));
    ::usleep(100);
  }
}

double taken_in(const Fleet& fleet) {
  const Child stations([&fleet](const Child::Hear& hear) { be_stations(fleet, hear()); });

  node::SystemEntropy entropy;
  const auto store = must(node::SqliteStore::open({fleet.hub_folder(), false}, entropy));
  auto link = link_of(fleet.hub_identity(), "tcp://127.0.0.1:0", "", fleet);
  const std::string address = link->bound_address();
  std::atomic<std::uint64_t> taken{0};
  std::atomic<double> done_at{0};
  node::EngineLoop hub(
      *store, [&fleet] { return fleet.hub_identity(); }, std::move(link),
      [&](const std::vector<sync::Notice>& notices) {  // called after the commit
        for (const sync::Notice& notice : notices) {
          const bool theirs = notice.kind == sync::Notice::Kind::Admitted &&
                              notice.scope.cls == sync::ScopeClass::Biz;
          if (theirs) taken += notice.count;
        }
        if (taken >= fleet.outstanding() && done_at == 0) done_at = now_ms();
      });
  stations.tell(address);
  ::usleep(kHandshakes);
  const double begun = now_ms();
  hub.start();
  while (done_at == 0) {
    if (now_ms() - begun > kPatienceMs) throw std::runtime_error("the stations never finished");
    ::usleep(500);
  }
  hub.stop();
  return done_at - begun;
}

double ours(const Workload& all) {
  const WorkFolder work;
  const Fleet fleet(work, by_station(all, {}));
  const double ms = taken_in(fleet);
  fleet.check_conflicts(all);
  return ms;
}

// ---- the limit

using Changes = std::vector<std::vector<Change>>;  // by the station of the record

std::vector<std::vector<Change>> runs_of(const Changes& changes) {
  std::vector<std::vector<Change>> runs;
  for (const std::vector<Change>& own : changes) {
    for (std::size_t at = 0; at < own.size(); at += kRun) {
      const auto run = std::span(own).subspan(at, std::min(kRun, own.size() - at));
      runs.emplace_back(run.begin(), run.end());
    }
  }
  return runs;
}

struct CurvePair {
  CurvePair() { zmq_curve_keypair(public_key, secret_key); }
  char public_key[41];
  char secret_key[41];
};

// One socket a station; each run is one message of its changes' canonical bytes.
void send_runs(const Changes& changes, const std::string& server_key, const Child::Hear& hear) {
  zmq::context_t context;
  const std::string address = hear();
  std::vector<zmq::socket_t> sockets;
  for (std::size_t i = 0; i < Fleet::kStations; ++i) {
    const CurvePair own;
    sockets.emplace_back(context, zmq::socket_type::push);
    sockets.back().set(zmq::sockopt::curve_serverkey, server_key);
    sockets.back().set(zmq::sockopt::curve_publickey, own.public_key);
    sockets.back().set(zmq::sockopt::curve_secretkey, own.secret_key);
    sockets.back().connect(address);
  }
  hear();
  const auto runs = runs_of(changes);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::string message(1, static_cast<char>(i));
    for (const Change& change : runs[i]) message += change.line();
    sockets[i * sockets.size() / runs.size()].send(zmq::buffer(message));
  }
  hear();  // nothing: until the parent is done
}

double bare(const Changes& changes) {
  const WorkFolder work;
  const CurvePair server;
  const Child stations(
      [&](const Child::Hear& hear) { send_runs(changes, server.public_key, hear); });
  Limit limit(work.sub("limit"));
  auto runs = runs_of(changes);
  std::vector<Limit::Run> sealed;
  sealed.reserve(runs.size());
  for (auto& run : runs) sealed.push_back(limit.seal(std::move(run)));
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::pull);
  socket.set(zmq::sockopt::curve_server, true);
  socket.set(zmq::sockopt::curve_secretkey, server.secret_key);
  socket.bind("tcp://127.0.0.1:*");
  stations.tell(socket.get(zmq::sockopt::last_endpoint));
  ::usleep(kHandshakes);
  stations.tell("go");
  const double begun = now_ms();
  limit.begin();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    zmq::message_t message;
    if (!socket.recv(message)) throw std::runtime_error("a run did not come");
    limit.take(sealed.at(*message.data<unsigned char>()));
  }
  limit.commit();  // once: the hub, too, gathers what has come
  return now_ms() - begun;
}

}  // namespace

std::vector<Report> catchup() {
  const Workload all = workload({});
  const Changes changes = by_home(all, {});
  std::vector<double> times;
  std::vector<double> limits;
  for (int round = 0; round < kRounds; ++round) {
    times.push_back(measured_apart([&] { return ours(all); }));
    limits.push_back(measured_apart([&] { return bare(changes); }));
  }
  return {{"catchup of 30,500 changes over CURVE", median(times), median(limits)}};
}

}  // namespace yizhan::bench
