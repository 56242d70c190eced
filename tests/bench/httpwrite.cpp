// httpwrite: one booking over HTTP by a signed-in clerk, durable when it answers; turn by turn with
// the limit, so that both meet the same disk.
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <future>
#include <nlohmann/json.hpp>

#include "node/http/server.h"
#include "node/policy/china_time.h"
#include "node/policy/policy_file.h"
#include "node/policy/slots.h"
#include "node/runtime/node_services.h"
#include "tests/bench/draft.h"
#include "tests/bench/limit.h"
#include "tests/bench/report.h"
#include "tests/bench/station.h"
#include "tests/sync/fixture.h"

namespace yizhan::bench {
namespace {

namespace beast = boost::beast;
using nlohmann::json;

constexpr std::size_t kBookings = 300;
constexpr const char* kSecret = "270418";

template <class T>
T wait(const std::function<void(node::Done<T>)>& call) {
  std::promise<Result<T>> answer;
  call([&answer](Result<T> value) { answer.set_value(std::move(value)); });
  return must(answer.get_future().get());
}

sync::Identity station_identity() {
  sync::test::City city = sync::test::make_city(61);
  sync::Identity identity;
  identity.root_public = city.root.public_key();
  identity.certificate = city.hub.certificate;
  identity.certificate.slot_owner = true;  // books as a station does, and needs no other node
  sync::sign(identity.certificate, city.root);
  identity.secrets = std::move(city.hub.secrets);
  identity.trusted.push_back(identity.certificate);
  return identity;
}

// A whole node but for its link.
class Server {
 public:
  explicit Server(const std::filesystem::path& folder)
      : store_(must(node::SqliteStore::open({folder, true}, entropy_))),
        services_(*store_,
                  {"bench", "0", {}, std::nullopt, {}, folder, {}, node::default_policy(), ""},
                  node::Pepper(), station_identity) {
    attach_journal(*store_, owner_of(station_identity()), station_identity, entropy_);
    node::LinkOptions nobody;
    entropy_.fill(nobody.secret);
    loop_ = std::make_unique<node::EngineLoop>(*store_, station_identity,
                                               must(node::CurveLink::start(nobody)), nullptr);
    services_.attach(loop_.get(), nullptr);
    services_.begin(*loop_);
    loop_->post([](node::Core& core, sync::Effects& out) -> node::EngineLoop::Answer {
      must(core.engine.certify(core.wall, core.mono, core.engine.self(), out));
      return nullptr;
    });
    loop_->start();
    node::http::HttpOptions options;
    options.listen = "127.0.0.1:0";
    options.now = node::mono_now;
    options.entropy = [this] {
      node::SignInEntropy fresh;
      entropy_.fill(fresh.token);
      entropy_.fill(fresh.csrf);
      return fresh;
    };
    http_ = must(node::http::HttpServer::start(std::move(options), services_));
  }
  ~Server() {
    http_->stop();
    services_.stop();
    loop_->stop();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const { return http_->tcp_address(); }
  std::string new_clerk() {
    return wait<node::StaffCode>([this](auto done) {
             services_.node().add_staff({"wangmin", "王敏", node::StaffRole::Clerk},
                                        std::move(done));
           })
        .code;
  }

 private:
  node::SystemEntropy entropy_;
  std::unique_ptr<node::SqliteStore> store_;
  node::NodeServices services_;
  std::unique_ptr<node::EngineLoop> loop_;
  std::unique_ptr<node::http::HttpServer> http_;
};

// A browser that keeps its connection.
class Client {
 public:
  explicit Client(std::string address) : host_(std::move(address)), stream_(io_) {
    const std::size_t colon = host_.rfind(':');
    boost::asio::ip::tcp::resolver resolver(io_);
    stream_.connect(resolver.resolve(host_.substr(0, colon), host_.substr(colon + 1)));
    stream_.socket().set_option(boost::asio::ip::tcp::no_delay(true));
  }

  json post(const std::string& path, const json& body, const std::string& key, unsigned wanted) {
    beast::http::request<beast::http::string_body> request(beast::http::verb::post,
                                                           "/api/v1" + path, 11);
    request.set("Host", host_);
    request.set("Origin", "http://" + host_);
    request.set("Content-Type", "application/json");
    if (!cookie_.empty()) request.set("Cookie", cookie_);
    if (!csrf_.empty()) request.set("X-CSRF", csrf_);
    if (!key.empty()) request.set("Idempotency-Key", key);
    request.body() = body.dump();
    request.prepare_payload();
    beast::http::write(stream_, request);
    beast::http::response<beast::http::string_body> answer;
    beast::http::read(stream_, buffer_, answer);
    if (answer.result_int() != wanted) throw std::runtime_error(answer.body());
    const std::string set = std::string(answer["Set-Cookie"]);
    if (!set.empty()) cookie_ = set.substr(0, set.find(';'));
    return json::parse(answer.body());
  }
  void first_sign_in(const std::string& code) {
    csrf_ = post("/sign-in/first", {{"staff", "wangmin"}, {"code", code}, {"new_secret", kSecret}},
                 "", 200)
                .at("csrf");
  }

 private:
  std::string host_;
  boost::asio::io_context io_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::string cookie_;
  std::string csrf_;
};

// The windows of the next two weeks that may still be booked, each as often as it has places.
std::vector<std::pair<std::string, std::string>> places() {
  std::vector<std::pair<std::string, std::string>> all;
  const node::Policy& policy = node::default_policy();
  const WallMs now = node::wall_now();
  const std::int64_t today = node::china_moment(now).day;
  for (std::int64_t day = today + 1; day <= today + policy.booking.horizon_days; ++day) {
    for (const node::SlotPlan& slot : node::slots_of(policy, day)) {
      if (node::is_too_late(policy, {day, slot.window}, slot.period, now)) continue;
      for (std::int64_t i = 0; i < slot.bookable; ++i) {
        all.emplace_back(node::date_text(day), node::minute_text(slot.window));
      }
    }
  }
  return all;
}

}  // namespace

std::vector<Report> httpwrite() {
  const std::vector<Insert> records = inserts(1, kBookings);
  const auto free = places();
  const WorkFolder work;
  Server server(work.sub("ours"));
  Limit limit(work.sub("limit"));
  Client client(server.address());
  client.first_sign_in(server.new_clerk());

  std::vector<double> ours;
  std::vector<double> bare;
  for (std::size_t i = 0; i < kBookings; ++i) {
    const json body = {{"item", "SB-0101"},
                       {"date", free.at(i).first},
                       {"window", free.at(i).second},
                       {"name", records[i].values[Name]},
                       {"document", {{"kind", "other"}, {"number", std::to_string(i)}}},
                       {"phone", "13900000001"},
                       {"channel", "window"},
                       {"note", "备注"}};
    const double begun = now_ms();
    client.post("/appointments", body, "key" + std::to_string(i), 201);
    const double between = now_ms();
    limit.begin();
    limit.put(records[i]);
    limit.commit();
    ours.push_back(between - begun);
    bare.push_back(now_ms() - between);
  }
  return {{"httpwrite p50", median(ours), median(bare)}};
}

}  // namespace yizhan::bench
