#include "node/http/connection.h"

#include <sys/socket.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <limits>
#include <set>

#include "node/http/problem.h"

namespace yizhan::node::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;
using Stream = beast::basic_stream<asio::generic::stream_protocol>;
using Ec = beast::error_code;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Response refuse(int status, Errc code, const char* why) {
  return problem(Error{code, why, ""}, status);
}

// Framing that a browser or our command line never sends, and that hides requests in requests.
std::optional<Response> refuse_framing(const bh::request<bh::string_body>& head) {
  if (head.version() != 11) return refuse(505, Errc::UnknownVersion, "HTTP/1.1 only");
  if (head.count(bh::field::transfer_encoding) != 0)
    return refuse(501, Errc::Unsupported, "send Content-Length");
  if (head.count(bh::field::upgrade) != 0) return refuse(501, Errc::Unsupported, "no Upgrade");
  if (head.count(bh::field::expect) != 0) return refuse(417, Errc::Unsupported, "no Expect");
  if (head.target().size() > kTargetBytesMax) {
    return refuse(414, Errc::LimitExceeded, "the target is too long");
  }
  if (head.target().empty() || head.target().front() != '/') {
    return refuse(400, Errc::BadFormat, "the target must be a path");
  }
  if (std::size_t(std::distance(head.begin(), head.end())) > kHeadersMax) {
    return refuse(431, Errc::LimitExceeded, "too many headers");
  }
  return std::nullopt;
}

std::optional<Response> copy_head(const bh::request<bh::string_body>& from, Request& to) {
  static const std::set<std::string> once = {"host",           "origin",         "cookie",
                                             "content-type",   "content-length", "x-csrf",
                                             "x-background",   "if-match",       "idempotency-key",
                                             "sec-fetch-site", "last-event-id",  "if-none-match"};
  to.method = std::string(from.method_string());
  to.target = std::string(from.target());
  for (const auto& field : from) {
    const std::string name = lower({field.name_string().data(), field.name_string().size()});
    const bool added = to.headers.emplace(name, std::string(field.value())).second;
    if (!added && once.contains(name)) {
      return refuse(400, Errc::BadFormat, "a header stands twice");
    }
  }
  if (to.headers["cookie"].size() > kCookieBytesMax) {
    return refuse(431, Errc::LimitExceeded, "the cookies are too long");
  }
  return std::nullopt;
}

template <class Message>
void add_headers(Message& message, const Response& response) {
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Content-Security-Policy", kPolicy);
  message.set("Referrer-Policy", "no-referrer");
  message.set("Cross-Origin-Opener-Policy", "same-origin");
  message.set("Cross-Origin-Resource-Policy", "same-origin");
  message.set(bh::field::cache_control, "no-store");
  if (!response.content_type.empty()) {
    message.set(bh::field::content_type, response.content_type);
  }
  for (const auto& [name, value] : response.headers) message.set(name, value);
}

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(ConnectionHost& host, Stream::socket_type socket, Channel channel)
      : host_(host), stream_(std::move(socket)), channel_(channel) {
    ++open();
  }
  ~Connection() {
    if (subscriber_) host_.api.events().unsubscribe(*subscriber_);
    --open();
  }

  void wait_for_request() {
    parser_.emplace();
    parser_->header_limit(kHeadBytesMax);
    // The route's limit comes after its head. Beast 1.74 takes "no limit" for a limit of nothing.
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    if (buffer_.size() != 0) return read_head();
    stream_.expires_after(host_.timeouts.idle);
    stream_.async_read_some(buffer_.prepare(4096),
                            [self = shared_from_this()](Ec ec, std::size_t size) {
                              if (ec) return;
                              self->buffer_.commit(size);
                              self->read_head();
                            });
  }

 private:
  std::size_t& open() { return channel_ == Channel::Tcp ? host_.tcp_open : host_.unix_open; }

  void read_head() {
    stream_.expires_after(host_.timeouts.head);
    bh::async_read_header(stream_, buffer_, *parser_,
                          [self = shared_from_this()](Ec ec, std::size_t) { self->on_head(ec); });
  }

  void on_head(Ec ec) {
    if (ec == beast::error::timeout) return;  // its socket is closed already
    if (ec == bh::error::end_of_stream || ec == asio::error::eof) return;
    if (ec == bh::error::header_limit || ec == bh::error::buffer_overflow) {
      return close_with(refuse(431, Errc::LimitExceeded, "the head is too long"));
    }
    if (ec == bh::error::bad_version) {
      return close_with(refuse(505, Errc::UnknownVersion, "HTTP/1.1 only"));
    }
    if (ec) return close_with(refuse(400, Errc::BadFormat, "this is not an HTTP request"));
    const auto& head = parser_->get();
    if (auto refusal = refuse_framing(head)) return close_with(*refusal);
    request_ = Request{};
    request_.channel = channel_;
    if (auto refusal = copy_head(head, request_)) return close_with(*refusal);
    checked_ = host_.api.check(request_);
    if (checked_.refusal) return close_with(*checked_.refusal);
    if (parser_->content_length().value_or(0) > checked_.body_max) {
      return close_with(refuse(413, Errc::LimitExceeded, "the body is too long"));
    }
    read_body();
  }

  void read_body() {
    parser_->body_limit(checked_.body_max);
    stream_.expires_after(host_.timeouts.body);
    bh::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](Ec ec, std::size_t) {
      if (!ec) self->answer();
    });
  }

  void answer() {
    close_after_ = !parser_->get().keep_alive();
    request_.body = std::move(parser_->get().body());
    stream_.expires_never();
    Reply reply = [self = shared_from_this()](const Response& response) {
      asio::post(self->host_.io, [self, response] { self->on_reply(response); });
    };
    last_event_id_ = request_.header("last-event-id");
    host_.api.answer(checked_, request_, reply);
  }

  void on_reply(const Response& response) {
    if (response.event_stream) return start_events(response);
    send(response);
  }

  void close_with(const Response& response) {
    close_after_ = true;
    linger_ = true;
    send(response);
  }

  void send(const Response& response) {
    auto message = std::make_shared<bh::response<bh::string_body>>();
    message->version(11);
    message->result(static_cast<unsigned>(response.status));
    message->reason(reason_of(response.status));
    add_headers(*message, response);
    message->body() = response.body;
    message->keep_alive(!close_after_);
    if (response.status != 204 && response.status != 304) message->prepare_payload();
    stream_.expires_after(host_.timeouts.write);
    bh::async_write(stream_, *message, [self = shared_from_this(), message](Ec ec, std::size_t) {
      if (ec) return;
      if (!self->close_after_) return self->wait_for_request();
      self->finish();
    });
  }

  // A close with bytes unread would reset the connection before the peer has read our answer.
  void finish() {
    Ec ignored;
    stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
    if (!linger_) return;
    stream_.expires_after(host_.timeouts.linger);
    drop_input();
  }

  void drop_input() {
    stream_.async_read_some(asio::buffer(scrap_),
                            [self = shared_from_this()](Ec ec, std::size_t size) {
                              self->dropped_ += size;
                              if (!ec && self->dropped_ <= kLingerBytesMax) self->drop_input();
                            });
  }

  void start_events(const Response& response) {
    std::weak_ptr<Connection> weak = weak_from_this();
    const Listener listener = host_.api.listener_of(request_);
    auto subscribed = host_.api.events().subscribe(listener, last_event_id_, [this, weak] {
      asio::post(host_.io, [weak] {
        if (auto self = weak.lock()) self->send_events();
      });
    });
    if (!subscribed) return close_with(problem(subscribed.error()));
    subscriber_ = *subscribed;
    bh::response<bh::empty_body> head(bh::status::ok, 11);
    add_headers(head, response);
    head.keep_alive(false);
    std::ostringstream text;
    text << head.base();
    outgoing_ = text.str();
    stream_.expires_never();
    watch_for_close();
    send_events();
  }

  // The page sends nothing on this connection: whatever comes ends it. Between two bursts this
  // wait is what keeps the connection alive.
  void watch_for_close() {
    stream_.async_read_some(asio::buffer(scrap_), [self = shared_from_this()](Ec, std::size_t) {
      self->stream_.close();
    });
  }

  void send_events() {
    if (sending_ || !stream_.socket().is_open()) return;
    auto burst = host_.api.events().take(*subscriber_);
    if (!burst) return stream_.close();
    outgoing_ += *burst;
    if (outgoing_.empty()) return;
    sending_ = true;
    stream_.expires_after(host_.timeouts.write);
    asio::async_write(stream_, asio::buffer(outgoing_),
                      [self = shared_from_this()](Ec ec, std::size_t) {
                        self->sending_ = false;
                        self->outgoing_.clear();
                        if (ec) return self->stream_.close();
                        self->send_events();
                      });
  }

  ConnectionHost& host_;
  Stream stream_;
  Channel channel_;
  beast::flat_buffer buffer_{kHeadBytesMax + 4096};
  std::optional<bh::request_parser<bh::string_body>> parser_;
  Request request_;
  Checked checked_;
  std::string last_event_id_;
  std::optional<std::uint64_t> subscriber_;
  std::string outgoing_;
  std::array<char, 4096> scrap_{};
  std::size_t dropped_ = 0;
  bool close_after_ = false;
  bool linger_ = false;
  bool sending_ = false;
};

}  // namespace

void serve_connection(ConnectionHost& host, int fd, Channel channel) {
  const int family = channel == Channel::Tcp ? AF_INET : AF_UNIX;
  Stream::socket_type socket(host.io);
  Ec ec;
  socket.assign(asio::generic::stream_protocol(family, 0), fd, ec);
  if (ec) return;
  std::make_shared<Connection>(host, std::move(socket), channel)->wait_for_request();
}

}  // namespace yizhan::node::http
