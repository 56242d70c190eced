#include <nlohmann/json.hpp>
#include <optional>

#include "node/http/json_value.h"
#include "node/http/limits.h"

namespace yizhan::node::http {
namespace {

// Builds JsonValue from the parser's events and stops at the first limit.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return put({}); }
  bool boolean(bool value) override { return put({value}); }
  bool number_integer(number_integer_t value) override {
    if (value < -kJsonIntMax) return refuse(Errc::LimitExceeded, "integer beyond 2^53 - 1");
    return put({std::int64_t{value}});
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<std::uint64_t>(kJsonIntMax)) {
      return refuse(Errc::LimitExceeded, "integer beyond 2^53 - 1");
    }
    return put({static_cast<std::int64_t>(value)});
  }
  bool number_float(number_float_t, const string_t&) override {
    return refuse(Errc::BadFormat, "numbers are integers within 2^53 - 1");
  }
  bool string(string_t& value) override {
    if (value.size() > kJsonStringMax) return refuse(Errc::LimitExceeded, "string too long");
    return put({std::move(value)});
  }
  bool binary(binary_t&) override { return refuse(Errc::BadFormat, "not JSON"); }
  bool start_object(std::size_t) override { return open({JsonObject{}}); }
  bool start_array(std::size_t) override { return open({JsonArray{}}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (name.size() > kJsonStringMax) return refuse(Errc::LimitExceeded, "member name too long");
    const auto& object = std::get<JsonObject>(open_.back()->value);
    if (object.contains(name)) return refuse(Errc::BadFormat, "a member stands twice");
    name_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return refuse(Errc::BadFormat, "not JSON");
  }

  Result<JsonValue> take() {
    if (error_) return tl::unexpected<Error>(*error_);
    return std::move(root_);
  }

 private:
  bool refuse(Errc code, const char* why) {
    if (!error_) error_ = Error{code, why, "body"};
    return false;
  }

  // The place of the next value; null when its container is full.
  JsonValue* place() {
    if (open_.empty()) return &root_;
    if (auto* object = std::get_if<JsonObject>(&open_.back()->value)) {
      if (object->size() >= kJsonKeysMax) return nullptr;
      return &(*object)[name_];
    }
    auto& array = std::get<JsonArray>(open_.back()->value);
    if (array.size() >= kJsonKeysMax) return nullptr;
    return &array.emplace_back();
  }

  bool put(JsonValue value) {
    JsonValue* at = place();
    if (at == nullptr) return refuse(Errc::LimitExceeded, "more than 128 members or entries");
    *at = std::move(value);
    return true;
  }

  bool open(JsonValue value) {
    if (open_.size() >= kJsonDepthMax) return refuse(Errc::LimitExceeded, "nested beyond depth 8");
    JsonValue* at = place();
    if (at == nullptr) return refuse(Errc::LimitExceeded, "more than 128 members or entries");
    *at = std::move(value);
    // Stays valid: a container gets no sibling before it is closed.
    open_.push_back(at);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  JsonValue root_;
  std::vector<JsonValue*> open_;
  std::string name_;
  std::optional<Error> error_;
};

}  // namespace

Result<JsonValue> parse_json(std::string_view text) {
  // RFC 8259 forbids the mark; the library would skip it.
  if (text.starts_with("\xEF\xBB\xBF")) return fail(Errc::BadFormat, "a byte order mark");
  Builder builder;
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

}  // namespace yizhan::node::http
