#include "node/http/server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <optional>
#include <thread>

#include "node/http/api.h"
#include "node/http/connection.h"
#include "node/http/guard.h"
#include "node/http/json_value.h"
#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

namespace asio = boost::asio;
using Ec = boost::system::error_code;
using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;

constexpr std::chrono::seconds kHeartbeat{5};
constexpr const char* kListenField = "http.listen";

Result<Tcp::endpoint> loopback_endpoint(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return fail(Errc::BadFormat, "needs ADDRESS:PORT", kListenField);
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const char* last = listen.data() + listen.size();
  const auto [end, bad] = std::from_chars(listen.data() + colon + 1, last, port);
  if (bad != std::errc{} || end != last) return fail(Errc::BadFormat, "bad port", kListenField);
  if (host != "127.0.0.1" && host != "::1") {
    return fail(Errc::Denied, "plain HTTP is served on 127.0.0.1 or [::1] only", kListenField);
  }
  return Tcp::endpoint(asio::ip::make_address(host), port);
}

std::string hex16(const Hash32& random) {
  static constexpr const char* kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    const auto byte = static_cast<unsigned>(random[i]);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

bool same_user(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

}  // namespace

struct HttpServer::Impl : PageEvents {
  Impl(HttpOptions given, Services given_services)
      : options(std::move(given)), tcp(io), local(io), timer(io), services(given_services) {}

  void status_changed(NodeStatus status) override {
    asio::post(io, [this, json = status_json(status)] {
      api->events().publish("status", json, Audience::Anyone);
    });
  }
  void appointment_changed(std::string id) override {
    JsonWriter json;
    json.begin_object().text("id", id).end_object();
    asio::post(io, [this, text = json.take()] {
      api->events().publish("appointment", text, Audience::Staff);
    });
  }
  void devices_changed(std::vector<DevicePass> devices) override {
    asio::post(io, [this, devices = std::move(devices)] { api->change_devices(devices); });
  }
  void queue_changed(std::int64_t revision) override {
    JsonWriter json;
    json.begin_object().number("revision", revision).end_object();
    asio::post(io, [this, text = json.take()] {
      api->events().publish("queue", text, Audience::Screens);
    });
  }
  void window_changed(std::int64_t number, std::string seat) override {
    JsonWriter json;
    json.begin_object().number("window", number).key("seat");
    seat.empty() ? json.null() : json.text(seat);
    json.end_object();
    asio::post(
        io, [this, text = json.take()] { api->events().publish("window", text, Audience::Staff); });
  }
  void end_sign_ins(StaffId staff) override {
    asio::post(io, [this, staff] { api->end_sign_ins(staff); });
  }

  Result<void> bind_tcp() {
    if (options.listen.empty()) return {};
    auto endpoint = loopback_endpoint(options.listen);
    if (!endpoint) return fail(endpoint);
    Ec ec;
    tcp.open(endpoint->protocol(), ec);
    if (!ec) tcp.set_option(Tcp::acceptor::reuse_address(true), ec);
    if (!ec) tcp.bind(*endpoint, ec);
    if (!ec) tcp.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return fail(Errc::Busy, "cannot listen: " + ec.message(), kListenField);
    return {};
  }

  // The caller holds the data folder's lock, so a socket file that stands there is a dead one's.
  Result<void> bind_local() {
    const std::string& path = options.unix_socket;
    if (path.empty()) return {};
    if (path.size() > 107) return fail(Errc::LimitExceeded, "the path is too long", "unix_socket");
    struct stat found {};
    if (lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) ::unlink(path.c_str());
    Ec ec;
    local.open(Local(), ec);
    if (!ec) local.bind(Local::endpoint(path), ec);
    // Nobody can connect before listen, so the mode is in force in time.
    if (!ec && chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0)
      ec = Ec(errno, boost::system::generic_category());
    if (!ec) local.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return fail(Errc::StorageIo, "cannot make the Unix socket: " + ec.message());
    bound_local = true;
    return {};
  }

  void make_api() {
    const std::uint16_t port = tcp.is_open() ? tcp.local_endpoint().port() : std::uint16_t{0};
    api.emplace(services, ApiSetup{.sign_ins = options.sign_ins,
                                   .hosts = allowed_hosts(options.hosts, port),
                                   .devices = options.devices,
                                   .run = hex16(options.entropy().token),
                                   .now = options.now,
                                   .entropy = options.entropy,
                                   .post = [this](std::function<void()> task) {
                                     asio::post(io, std::move(task));
                                   }});
    host.emplace(ConnectionHost{.io = io, .api = *api, .timeouts = options.timeouts});
  }

  template <class Acceptor>
  void accept(Acceptor& acceptor, Channel channel) {
    acceptor.async_accept([this, &acceptor, channel](Ec ec, auto socket) {
      if (ec == asio::error::operation_aborted) return;
      if (!ec) take(socket.release(), channel);
      accept(acceptor, channel);
    });
  }

  void take(int fd, Channel channel) {
    const bool tcp_full = host->tcp_open >= kConnectionsMax;
    const bool full = channel == Channel::Tcp ? tcp_full : host->unix_open >= kSocketConnectionsMax;
    if (full || (channel == Channel::UnixSocket && !same_user(fd))) {
      ::close(fd);
      return;
    }
    serve_connection(*host, fd, channel);
  }

  void beat() {
    timer.expires_after(kHeartbeat);
    timer.async_wait([this](Ec ec) {
      if (ec) return;
      api->heartbeat();
      beat();
    });
  }

  void run() {
    if (tcp.is_open()) accept(tcp, Channel::Tcp);
    if (bound_local) accept(local, Channel::UnixSocket);
    beat();
    thread = std::thread([this] { io.run(); });
  }

  HttpOptions options;
  std::optional<Api> api;
  std::optional<ConnectionHost> host;
  asio::io_context io{1};  // its handlers hold connections, which use what stands above
  Tcp::acceptor tcp;
  Local::acceptor local;
  asio::steady_timer timer;
  Services services;
  std::thread thread;
  bool bound_local = false;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() { stop(); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpOptions options, Services services) {
  auto impl = std::make_unique<Impl>(std::move(options), services);
  if (auto bound = impl->bind_tcp(); !bound) return fail(bound);
  if (auto bound = impl->bind_local(); !bound) return fail(bound);
  impl->make_api();
  impl->run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

PageEvents& HttpServer::events() { return *impl_; }

std::string HttpServer::tcp_address() const {
  if (!impl_->tcp.is_open()) return {};
  const Tcp::endpoint at = impl_->tcp.local_endpoint();
  const std::string host = at.address().is_v6() ? "[::1]" : "127.0.0.1";
  return host + ":" + std::to_string(at.port());
}

void HttpServer::stop() {
  impl_->io.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
  if (impl_->bound_local) ::unlink(impl_->options.unix_socket.c_str());
  impl_->bound_local = false;
}

}  // namespace yizhan::node::http
