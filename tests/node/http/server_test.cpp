// Real sockets against a fake Service.
#include "node/http/server.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include "node/http/assets.h"
#include "node/http/device_json.h"
#include "node/http/router.h"
#include "node/http/unix_client.h"
#include "node/identity/device_desk.h"
#include "tests/node/http/fake_service.h"

namespace yizhan::node::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using namespace std::chrono_literals;

SignInEntropy entropy() {
  SignInEntropy fresh;
  randombytes_buf(fresh.token.data(), fresh.token.size());
  randombytes_buf(fresh.csrf.data(), fresh.csrf.size());
  return fresh;
}

// `patience`: long enough for a loaded machine, unless to run out of it is the matter.
struct Running {
  explicit Running(std::chrono::milliseconds patience = 10s) {
    HttpOptions options;
    options.listen = "127.0.0.1:0";
    options.unix_socket = path;
    options.entropy = entropy;
    options.now = [] { return MonoMs{}; };
    options.timeouts.head = patience;
    options.timeouts.body = patience;
    options.timeouts.linger = patience;
    auto started = HttpServer::start(options, services);
    BOOST_REQUIRE(started.has_value());
    server = std::move(*started);
    host = server->tcp_address();
  }

  Tcp::socket connect() {
    Tcp::socket socket(io);
    const auto port = static_cast<std::uint16_t>(std::stoi(host.substr(host.rfind(':') + 1)));
    socket.connect({asio::ip::make_address("127.0.0.1"), port});
    return socket;
  }
  // All that the node sends until it closes.
  std::string raw(const std::string& bytes) {
    auto socket = connect();
    boost::system::error_code ec;
    asio::write(socket, asio::buffer(bytes), ec);
    std::string answer;
    asio::read(socket, asio::dynamic_buffer(answer), ec);
    return answer;
  }
  std::string get(const std::string& target, const std::string& more = "") {
    return raw("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nSec-Fetch-Site: same-origin" +
               "\r\nConnection: close\r\n" + more + "\r\n");
  }
  std::string post(const std::string& target, const std::string& body, const std::string& more = "",
                   const std::string& type = "application/json") {
    return raw("POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
               "\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more + "\r\n" +
               body);
  }
  std::string cookie() {
    const std::string answer = post("/api/v1/sign-in", R"({"staff":"wangmin","secret":"270418"})");
    const std::size_t at = answer.find("yz_sid=");
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, answer);
    return "Cookie: " + answer.substr(at, answer.find(';', at) - at) + "\r\n";
  }

  FakeServices services;
  asio::io_context io;
  static inline int made = 0;
  std::string path =
      "/tmp/yz-http-test-" + std::to_string(getpid()) + "-" + std::to_string(++made) + ".sock";
  std::unique_ptr<HttpServer> server;
  std::string host;
};

int status(const std::string& answer) {
  return answer.size() < 12 ? 0 : std::stoi(answer.substr(9, 3));
}

BOOST_FIXTURE_TEST_SUITE(server, Running)

BOOST_AUTO_TEST_CASE(the_page_comes_with_a_strict_policy) {
  const std::string answer = get("/");
  BOOST_TEST(status(answer) == 200);
  BOOST_TEST(answer.find("default-src 'none'") != std::string::npos);
  BOOST_TEST(answer.find("nosniff") != std::string::npos);
  BOOST_TEST(get("/api/v1/status").find("no-store") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_surface_answers_below_its_own_path) {
  for (const char* where : {"/s", "/s/", "/s/book"}) {
    BOOST_TEST((find_asset(where) == find_asset("/")), where);
  }
  for (const char* where : {"/display", "/eval/2", "/ticket", "/h", "/h/stations"}) {
    BOOST_TEST_CONTEXT(where) {
      const Asset* page = find_asset(where);
      BOOST_REQUIRE(page != nullptr);
      BOOST_TEST((page != find_asset("/")));
      BOOST_TEST(page->content_type == "text/html; charset=utf-8");
    }
  }
  BOOST_TEST((find_asset("/sync") == nullptr));
  BOOST_TEST((find_asset("/healthz") == nullptr));
  BOOST_TEST((find_asset("/counter.html") == nullptr));
}

BOOST_AUTO_TEST_CASE(a_page_names_files_that_are_kept_for_ever_and_come_compressed) {
  const std::string page = get("/");
  BOOST_TEST(page.find("Cache-Control: no-cache") != std::string::npos);
  const std::size_t at = page.find("/assets/");
  BOOST_REQUIRE(at != std::string::npos);
  const std::string script = page.substr(at, page.find('"', at) - at);

  const std::string plain = get(script);
  const std::string small = get(script, "Accept-Encoding: gzip, br\r\n");
  BOOST_TEST(status(plain) == 200);
  BOOST_TEST(plain.find("Content-Encoding") == std::string::npos);
  BOOST_TEST(small.find("Content-Encoding: gzip") != std::string::npos);
  BOOST_TEST(small.find("immutable") != std::string::npos);
  BOOST_TEST(small.size() < plain.size());

  const std::size_t tag = small.find("ETag: ") + 6;
  const std::string etag = small.substr(tag, small.find('\r', tag) - tag);
  const std::string known = "Accept-Encoding: gzip\r\nIf-None-Match: " + etag + "\r\n";
  BOOST_TEST(status(get(script, known)) == 304);
  BOOST_TEST(status(get(script, "If-None-Match: " + etag + "\r\n")) == 200);
}

BOOST_AUTO_TEST_CASE(only_loopback_is_bound) {
  for (const char* listen :
       {"0.0.0.0:0", "192.168.1.2:0", "[::]:0", "127.0.0.1", "localhost:0", "127.0.0.1:99999"}) {
    HttpOptions options;
    options.listen = listen;
    options.entropy = entropy;
    options.now = [] { return MonoMs{}; };
    BOOST_TEST(!HttpServer::start(options, services).has_value(), listen);
  }
}

BOOST_AUTO_TEST_CASE(another_host_or_site_is_refused) {
  BOOST_TEST(status(raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")) == 421);
  BOOST_TEST(status(raw("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n")) == 421);
  BOOST_TEST(status(raw("GET /api/v1/status HTTP/1.1\r\nHost: " + host +
                        "\r\nSec-Fetch-Site: cross-site\r\n\r\n")) == 403);
  BOOST_TEST(status(post("/api/v1/sign-in", "{}", "", "text/plain")) == 415);
  BOOST_TEST(status(post("/api/v1/sign-in", R"({"staff":"a","secret":"b","more":1})")) == 400);
}

BOOST_AUTO_TEST_CASE(a_write_needs_sign_in_and_csrf) {
  BOOST_TEST(status(get("/api/v1/items")) == 401);
  BOOST_TEST(status(post("/api/v1/appointments", "{}")) == 401);
  const std::string sid = cookie();
  BOOST_TEST(status(get("/api/v1/items", sid)) == 200);
  BOOST_TEST(status(post("/api/v1/appointments", "{}", sid)) == 403);
  BOOST_TEST(services.node.bookings == 0);
}

BOOST_AUTO_TEST_CASE(bodies_and_heads_stop_at_their_limits) {
  BOOST_TEST(status(post("/api/v1/sign-in", std::string(1024, ' '))) == 400);
  BOOST_TEST(status(post("/api/v1/sign-in", std::string(1025, ' '))) == 413);
  BOOST_TEST(status(get("/" + std::string(2047, 'a'))) == 404);
  BOOST_TEST(status(get("/" + std::string(2048, 'a'))) == 414);
  BOOST_TEST(status(get("/", "X-Long: " + std::string(8192, 'a') + "\r\n")) == 431);
  std::string many;
  for (int i = 0; i < 61; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
  BOOST_TEST(status(get("/", many)) == 200);
  BOOST_TEST(status(get("/", many + "X-More: 1\r\n")) == 431);
}

BOOST_AUTO_TEST_CASE(ambiguous_framing_is_refused) {
  const std::string head = "Host: " + host + "\r\n";
  BOOST_TEST(status(raw("GET / HTTP/1.0\r\n" + head + "\r\n")) == 505);
  BOOST_TEST(status(raw("GET http://x/ HTTP/1.1\r\n" + head + "\r\n")) == 400);
  BOOST_TEST(status(raw("GET / HTTP/1.1\r\n" + head + head + "\r\n")) == 400);
  BOOST_TEST(status(post("/api/v1/sign-in", "{}", "Transfer-Encoding: chunked\r\n")) >= 400);
  BOOST_TEST(status(raw("nonsense\r\n\r\n")) == 400);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
  const std::string first = "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  const std::string last =
      "GET /nowhere HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  const std::string both = raw(first + last);
  BOOST_TEST(status(both) == 200);
  BOOST_TEST(both.find("HTTP/1.1 404") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(half_a_request_is_let_go) {
  Running hasty(200ms);
  BOOST_TEST(hasty.raw("GET / HT").empty());
  BOOST_TEST(hasty
                 .raw("POST /api/v1/sign-in HTTP/1.1\r\nHost: " + hasty.host +
                      "\r\nOrigin: http://" + hasty.host +
                      "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n" +
                      "Content-Length: 9\r\n\r\n{")
                 .empty());
}

BOOST_AUTO_TEST_CASE(one_connection_more_than_the_limit_is_closed) {
  std::vector<Tcp::socket> held;
  for (std::size_t i = 0; i < kConnectionsMax; ++i) held.push_back(connect());
  BOOST_TEST(raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n").empty());
  BOOST_TEST(call(path, "GET", "/healthz", "", 20s).has_value());  // the operator's reserve
}

BOOST_AUTO_TEST_CASE(events_reach_an_open_page) {
  auto socket = connect();
  asio::write(socket, asio::buffer("GET /api/v1/events HTTP/1.1\r\nHost: " + host +
                                   "\r\nSec-Fetch-Site: same-origin\r\n" +
                                   "Last-Event-ID: 0123456789abcdef-7\r\n\r\n"));
  std::string seen;
  std::array<char, 512> part{};
  auto read_until = [&](const std::string& text) {
    while (seen.find(text) == std::string::npos) {
      seen.append(part.data(), socket.read_some(asio::buffer(part)));
    }
  };
  read_until("event: reset");  // an id of another run
  server->events().appointment_changed("mfzgk3tb");
  server->events().status_changed(NodeStatus{});
  read_until("event: status");
  BOOST_TEST(seen.find("mfzgk3tb") == std::string::npos);  // nobody is signed in
}

// The cookie of a device that was paired just now and whose pass has come.
std::string paired(Running& running, DeviceKind kind,
                   std::optional<std::int64_t> window = std::nullopt) {
  const std::string answer = running.post("/api/v1/device/pair", R"({"code":"ABCD2345"})");
  BOOST_TEST(answer.find("HttpOnly; SameSite=Strict; Path=/") != std::string::npos);
  const std::string token = "token-of-a-new-device";
  BOOST_TEST(answer.find("yz_dev=" + token) != std::string::npos);
  running.server->events().devices_changed(
      {{device_token_hash(token), DeviceRow{"0011223344556677", kind, "大厅", window, true, {}}}});
  return "Cookie: yz_dev=" + token + "\r\n";
}

BOOST_AUTO_TEST_CASE(a_device_is_admitted_where_screens_are_and_nowhere_else) {
  BOOST_TEST(status(get("/api/v1/device")) == 401);
  BOOST_TEST(status(post("/api/v1/device/pair", R"({"code":"WRNG2345"})")) == 401);
  const std::string device = paired(*this, DeviceKind::Display);
  BOOST_TEST(status(get("/api/v1/device", device)) == 200);
  BOOST_TEST(services.hall.seen == 1);
  BOOST_TEST(status(get("/api/v1/device", device)) == 200);
  BOOST_TEST(services.hall.seen == 1);  // noted already
  for (const Route& route : routes()) {
    const std::string asked(route.path);
    const bool open = route.access == Access::Anyone || route.access == Access::Screen ||
                      route.access == Access::DisplayScreen;
    if (open || asked.find('{') != std::string::npos) continue;
    const std::string answer =
        route.method == "GET" ? get(asked, device) : post(asked, "{}", device);
    const int refused = status(answer);
    BOOST_TEST((refused == 401 || refused == 403 || refused == 404), asked << " " << refused);
  }
  BOOST_TEST(services.node.bookings == 0);
  server->events().devices_changed({});
  BOOST_TEST(status(get("/api/v1/device", device)) == 401);
}

BOOST_AUTO_TEST_CASE(a_device_is_let_in_by_its_kind) {
  const std::string tablet = paired(*this, DeviceKind::Eval);
  for (const Route& route : routes()) {
    const bool others =
        route.access == Access::DisplayScreen || route.access == Access::TicketScreen;
    const std::string asked(route.path);
    if (!others || asked.find('{') != std::string::npos) continue;
    const std::string answer =
        route.method == "GET" ? get(asked, tablet) : post(asked, "{}", tablet);
    BOOST_TEST(status(answer) == 403, asked);
  }
}

BOOST_AUTO_TEST_CASE(a_machine_checks_in_and_is_told_nothing_of_the_person) {
  const std::string machine = paired(*this, DeviceKind::Ticket) + "Idempotency-Key: one\r\n";
  const auto hold = [&](const std::string& text) {
    return post("/api/v1/arrivals", R"({"text":")" + text + R"("})", machine);
  };
  const std::string came = hold("YZ1:1");
  BOOST_TEST(status(came) == 200);
  BOOST_TEST(came.find(R"("outcome":"checked_in")") != std::string::npos);
  BOOST_TEST(came.find(R"("ticket":"A002")") != std::string::npos);
  BOOST_TEST(came.find("张") == std::string::npos);
  BOOST_TEST(hold("YZ1:x").find(R"({"outcome":"bad_code","elsewhere":null,"arrival":null})") !=
             std::string::npos);
  BOOST_TEST(hold("YZ1:2").find(R"("outcome":"nobody")") != std::string::npos);
  BOOST_TEST(status(hold("")) == 400);
}

BOOST_AUTO_TEST_CASE(a_tablet_asks_for_its_own_window) {
  const std::string tablet = paired(*this, DeviceKind::Eval, 2);
  const std::string answer = get("/api/v1/screens/eval/2", tablet);
  BOOST_TEST(status(answer) == 200);
  BOOST_TEST(answer.find(R"("invitation":null,"reasons":[{"code":"long_wait")") !=
             std::string::npos);
  BOOST_TEST(status(get("/api/v1/screens/eval/3", tablet)) == 403);
  BOOST_TEST(status(get("/api/v1/screens/eval/3", cookie())) == 200);
  BOOST_TEST(status(get("/api/v1/screens/eval/100", tablet)) == 404);
}

BOOST_AUTO_TEST_CASE(a_tablet_takes_an_evaluation_and_tells_how_long_wrong_codes_wait) {
  const std::string tablet = paired(*this, DeviceKind::Eval, 2) + "Idempotency-Key: one\r\n";
  const auto rate = [&](const std::string& body) {
    return post("/api/v1/evaluations", body, tablet);
  };
  const std::string by_code = R"({"code":"ABCD2345EFGH","level":2,"reasons":["long_wait"]})";
  services.feedback.verdict.retry_after_s = 4;
  const std::string wrong = rate(by_code);
  BOOST_TEST(status(wrong) == 404);
  BOOST_TEST(wrong.find("Retry-After: 4\r\n") != std::string::npos);
  BOOST_TEST(services.feedback.asked.code == "ABCD2345EFGH");
  BOOST_TEST(services.feedback.asked.reasons.size() == 1U);
  BOOST_TEST(services.feedback.asker == "0011223344556677");
  services.feedback.verdict.waiting = true;
  BOOST_TEST(status(rate(by_code)) == 429);
  services.feedback.verdict.evaluated = Evaluated{"mfzgk3tb", {5'000}};
  const std::string taken = rate(by_code);
  BOOST_TEST(status(taken) == 201);
  BOOST_TEST(taken.find(R"({"visit":"mfzgk3tb","editable_until_ms":5000})") != std::string::npos);
  for (const char* body :
       {R"({"level":5})", R"({"visit":"mfzg","level":5})", R"({"code":"ABCD2345EFGH","level":6})",
        R"({"code":"ABCD2345EFGH","visit":"m","level":5})", R"({"code":"ABCD2345EFGH"})"}) {
    BOOST_TEST(status(rate(body)) == 400, body);
  }
}

BOOST_AUTO_TEST_CASE(a_ticket_machine_prints_tickets_and_nothing_else) {
  const std::string machine = paired(*this, DeviceKind::Ticket) + "Idempotency-Key: one\r\n";
  const auto print = [&](const std::string& kind) {
    return post("/api/v1/slips", R"({"kind":")" + kind + R"(","id":"mfzgk3tb","paper":"80mm"})",
                machine);
  };
  BOOST_TEST(status(print("ticket")) == 201);
  BOOST_TEST(services.paper.printed_by == "0011223344556677");
  for (const char* kind : {"appointment", "evaluation", "complaint"}) {
    const std::string answer = print(kind);
    BOOST_TEST(status(answer) == 403, kind);
    BOOST_TEST(answer.find(R"("field":"kind")") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_ticket_machine_gives_tickets_without_names) {
  const std::string machine = paired(*this, DeviceKind::Ticket) + "Idempotency-Key: one-ticket\r\n";
  const std::string answer =
      post("/api/v1/visits", R"({"item":"SB-0101","name":"张桂芳"})", machine);
  BOOST_TEST(status(answer) == 201);
  BOOST_TEST(answer.find(R"("name":null)") != std::string::npos);
  BOOST_TEST(status(post("/api/v1/visits", R"({"item":"SB-0101","note":"x"})", machine)) == 403);
  BOOST_TEST(services.queue.tickets == 1);
  // A browser with both cookies writes for the device unless it shows the person's own token.
  const std::string both = machine.substr(0, machine.find("\r\n")) + "; " +
                           cookie().substr(std::string("Cookie: ").size());
  const std::string written = post("/api/v1/visits", R"({"item":"SB-0101","name":"张桂芳"})",
                                   both + "Idempotency-Key: another\r\n");
  BOOST_TEST(status(written) == 201);
  BOOST_TEST(services.queue.last_login == "0011223344556677");
}

BOOST_AUTO_TEST_CASE(staff_hear_of_a_machine_whose_slip_did_not_come_out) {
  auto socket = connect();
  asio::write(socket, asio::buffer("GET /api/v1/events HTTP/1.1\r\nHost: " + host +
                                   "\r\nSec-Fetch-Site: same-origin\r\n" + cookie() + "\r\n"));
  std::string seen;
  std::array<char, 512> part{};
  auto read_until = [&](const std::string& text) {
    while (seen.find(text) == std::string::npos) {
      seen.append(part.data(), socket.read_some(asio::buffer(part)));
    }
  };
  read_until("retry:");
  const std::string machine = paired(*this, DeviceKind::Ticket) + "Idempotency-Key: one-slip\r\n";
  post("/api/v1/slips", R"({"kind":"ticket","id":"mfzgk3tb","paper":"80mm"})", machine);
  read_until(R"("kind":"ticket","name":"大厅","problem":"paper_out"})");
  BOOST_TEST(seen.find("event: device") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_ticket_machine_is_told_no_name) {
  Arrival arrival;
  arrival.visit.ticket = "A001";
  arrival.visit.masked_name = "张**";
  arrival.visit.note = "备注";
  arrival.visit.hold_reason = "回家取户口本";
  arrival.appointment = Appointment{};
  arrival.ahead = 6;
  const Arrival told = without_person(arrival);
  BOOST_TEST((!told.visit.masked_name && !told.visit.note && !told.visit.hold_reason));
  BOOST_TEST(!told.appointment.has_value());
  BOOST_TEST(told.visit.ticket == "A001");
  BOOST_TEST(told.ahead == 6);
}

BOOST_AUTO_TEST_CASE(a_ticket_machine_enters_nothing_that_is_for_staff) {
  NewVisit wish;
  wish.name = "测试一";
  wish.phone = "13800000001";
  BOOST_TEST(beyond_a_device(wish) == "");
  wish.paper_number = "P1";
  BOOST_TEST(beyond_a_device(wish) == "paper_number");
  wish.occurred_at = WallMs{1};
  BOOST_TEST(beyond_a_device(wish) == "occurred_at_ms");
  wish.note = "备注";
  BOOST_TEST(beyond_a_device(wish) == "note");
}

BOOST_AUTO_TEST_CASE(a_device_hears_of_the_queue_until_it_is_removed) {
  const std::string device = paired(*this, DeviceKind::Display);
  auto socket = connect();
  asio::write(socket, asio::buffer("GET /api/v1/events HTTP/1.1\r\nHost: " + host +
                                   "\r\nSec-Fetch-Site: same-origin\r\n" + device + "\r\n"));
  std::string seen;
  std::array<char, 512> part{};
  auto read_until = [&](const std::string& text) {
    while (seen.find(text) == std::string::npos) {
      seen.append(part.data(), socket.read_some(asio::buffer(part)));
    }
  };
  read_until("retry:");  // it listens
  server->events().appointment_changed("mfzgk3tb");
  server->events().window_changed(2, "5f0c6d2a");
  server->events().queue_changed(7);
  read_until(R"({"revision":7})");
  server->events().devices_changed({});
  boost::system::error_code ec;
  asio::read(socket, asio::dynamic_buffer(seen), ec);
  BOOST_TEST((ec == asio::error::eof || ec == asio::error::connection_reset));
  BOOST_TEST(seen.find("mfzgk3tb") == std::string::npos);
  BOOST_TEST(seen.find("5f0c6d2a") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_operator_uses_the_unix_socket_only) {
  struct stat found {};
  BOOST_REQUIRE(::stat(path.c_str(), &found) == 0);
  BOOST_TEST((found.st_mode & 0777U) == 0600U);
  BOOST_TEST(call(path, "GET", "/api/v1/admin/sync-log", "", 2s).has_value());
  BOOST_TEST(call(path, "GET", "/api/v1/status", "", 2s).has_value());
  BOOST_TEST(!call(path, "GET", "/api/v1/items", "", 2s).has_value());
  BOOST_TEST(status(get("/api/v1/admin/sync-log", cookie())) == 404);
}

BOOST_AUTO_TEST_CASE(the_client_says_why_it_has_no_answer) {
  const auto refused = call(path, "GET", "/api/v1/admin/status", "", 2s);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().code == Errc::Unsupported));
  server->stop();
  const auto gone = call(path, "GET", "/api/v1/status", "", 2s);
  BOOST_REQUIRE(!gone.has_value());
  BOOST_TEST((gone.error().code == Errc::Unreachable));
  BOOST_TEST(::access(path.c_str(), F_OK) != 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::node::http
