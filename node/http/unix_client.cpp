#include "node/http/unix_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <optional>

#include "node/http/json_value.h"

namespace yizhan::node::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;
using Local = asio::local::stream_protocol;
using Stream = beast::basic_stream<Local>;
using Ec = beast::error_code;

constexpr std::size_t kAnswerMax = 16U << 20U;

class Call {
 public:
  Call(const std::string& method, const std::string& target, const std::string& body)
      : request_(bh::verb::unknown, target, 11) {
    request_.method_string(method);
    request_.set(bh::field::host, "localhost");
    request_.set(bh::field::content_type, "application/json");
    request_.keep_alive(false);
    request_.body() = body;
    request_.content_length(body.size());
    parser_.body_limit(kAnswerMax);
  }

  Ec run(const std::string& path, std::chrono::milliseconds timeout) {
    stream_.expires_after(timeout);
    stream_.async_connect(Local::endpoint(path), [this](Ec ec) {
      if (!finish(ec)) write();
    });
    io_.run();
    return result_;
  }
  const bh::response<bh::string_body>& answer() const { return parser_.get(); }

 private:
  bool finish(Ec ec) {
    result_ = ec;
    return ec.failed();
  }
  // A node that refuses early answers although it has not taken the whole request: read anyway.
  void write() {
    bh::async_write(stream_, request_, [this](Ec ec, std::size_t) {
      if (ec != beast::error::timeout || !finish(ec)) read();
    });
  }
  void read() {
    bh::async_read(stream_, buffer_, parser_, [this](Ec ec, std::size_t) { finish(ec); });
  }

  asio::io_context io_;
  Stream stream_{io_};
  bh::request<bh::string_body> request_;
  beast::flat_buffer buffer_;
  bh::response_parser<bh::string_body> parser_;
  Ec result_;
};

std::string text_of(const JsonObject& object, const std::string& key) {
  auto it = object.find(key);
  if (it == object.end()) return {};
  const auto* text = std::get_if<std::string>(&it->second.value);
  return text == nullptr ? std::string{} : *text;
}

std::optional<Errc> code_of(const std::string& text) {
  for (int i = 0; i <= static_cast<int>(Errc::Unsupported); ++i) {
    if (text == name(static_cast<Errc>(i))) return static_cast<Errc>(i);
  }
  return std::nullopt;
}

Error stated_error(const std::string& body) {
  auto json = parse_json(body);
  const auto* object = json ? std::get_if<JsonObject>(&json->value) : nullptr;
  const auto code = object != nullptr ? code_of(text_of(*object, "code")) : std::nullopt;
  if (!code) return {Errc::BadFormat, "the answer is not one of a node", ""};
  return {*code, text_of(*object, "detail"), text_of(*object, "field")};
}

}  // namespace

Result<HttpAnswer> call(const std::string& socket_path, const std::string& method,
                        const std::string& target, const std::string& body,
                        std::chrono::milliseconds timeout) {
  if (socket_path.size() > 107) {
    return fail(Errc::LimitExceeded, "the path of its socket is longer than 107 bytes", "data_dir");
  }
  Call request(method, target, body);
  const Ec ec = request.run(socket_path, timeout);
  if (ec == bh::error::body_limit) return fail(Errc::LimitExceeded, "the answer is too long");
  if (ec.category() == bh::make_error_code(bh::error::bad_version).category() &&
      ec != bh::error::end_of_stream) {
    return fail(Errc::BadFormat, "the answer is not HTTP");
  }
  if (ec) return fail(Errc::Unreachable, "no answer from a node: " + ec.message());
  const auto& answer = request.answer();
  const auto status = static_cast<int>(answer.result_int());
  if (status >= 400) return tl::unexpected<Error>(stated_error(answer.body()));
  return HttpAnswer{.status = status, .body = answer.body()};
}

}  // namespace yizhan::node::http
