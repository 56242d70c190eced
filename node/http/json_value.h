// JSON: strict reading into plain values, and writing.
//
// What        parse_json accepts what reliability.md D12 allows and nothing else; JsonWriter writes
//             compact JSON in the order of the calls.
// Invariants  I1  no duplicate members, no fractions, no integer beyond 2^53 - 1, valid UTF-8.
//             I2  what JsonWriter wrote is valid JSON when its calls were balanced.
// Errors      BadFormat, LimitExceeded.
// Source      RFC 8259; node/http/limits.h.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan::node::http {

struct JsonValue;
using JsonArray = std::vector<JsonValue>;
using JsonObject = std::map<std::string, JsonValue>;

struct JsonValue {
  std::variant<std::monostate, bool, std::int64_t, std::string, JsonArray, JsonObject> value;
};

Result<JsonValue> parse_json(std::string_view text);
std::string write_json(const JsonValue& value);  // members in order: one spelling of one value

class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  JsonWriter& text(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& number(std::string_view name, std::int64_t v) { return key(name).number(v); }
  JsonWriter& boolean(std::string_view name, bool value) { return key(name).boolean(value); }

  std::string take() { return std::move(out_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string out_;
  bool first_ = true;  // of the innermost object or array, or just after a key
};

}  // namespace yizhan::node::http
