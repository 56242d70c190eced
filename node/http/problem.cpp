#include "node/http/problem.h"

#include "node/http/json_value.h"
#include "node/http/problem_words.h"

namespace yizhan::node::http {
namespace {

std::string body_of(const Error& error, int status, const std::int64_t* retry_after_s) {
  const ProblemWords words = words_for(error);
  JsonWriter json;
  json.begin_object()
      .text("type", std::string("urn:yizhan:problem:") + name(error.code))
      .text("title", words.title)
      .text("title_en", words.title_en)
      .number("status", status)
      .text("code", name(error.code))
      .text("detail", error.detail)
      .text("field", error.field)
      .text("hint", words.hint)
      .text("hint_en", words.hint_en);
  if (retry_after_s != nullptr) json.number("retry_after_s", *retry_after_s);
  json.end_object();
  return json.take();
}

}  // namespace

int status_of(const Error& error) {
  switch (error.code) {
    case Errc::BadFormat:
    case Errc::UnknownVersion: return 400;
    case Errc::LimitExceeded: return error.field.empty() ? 413 : 400;
    case Errc::NotFound: return 404;
    case Errc::Conflict:
    case Errc::NoCapacity:
    case Errc::Gap:
    case Errc::UnknownAuthor:
    case Errc::WrongStream: return 409;
    case Errc::Denied:
    case Errc::OutOfScope: return 403;
    // What was shown to a person is over; a one-time code is no sign-in.
    case Errc::Expired: return error.field == "id" ? 409 : 401;
    // The node has too much to do, or the person asks too often.
    case Errc::Throttled: return error.field.empty() ? 503 : 429;
    case Errc::Busy:
    case Errc::Unreachable: return 503;
    case Errc::StorageFull: return 507;
    case Errc::BadSignature:
    case Errc::BadChain:
    case Errc::StorageIo:
    case Errc::StorageCorrupt: return 500;
    case Errc::Unsupported: return 501;
  }
  return 500;
}

const char* reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Internal Server Error";
  }
}

Response problem(const Error& error) { return problem(error, status_of(error)); }

Response problem(const Error& error, int status) {
  return {.status = status,
          .content_type = "application/problem+json",
          .body = body_of(error, status, nullptr),
          .headers = {},
          .event_stream = false};
}

Response problem_wait(const Error& error, int status, std::int64_t retry_after_s) {
  Response response = problem(error, status);
  response.body = body_of(error, status, &retry_after_s);
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  return response;
}

}  // namespace yizhan::node::http
