#include "node/http/json_value.h"

namespace yizhan::node::http {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write_value(JsonWriter& json, const JsonValue& value) {
  if (std::holds_alternative<std::monostate>(value.value)) {
    json.null();
  } else if (const auto* flag = std::get_if<bool>(&value.value)) {
    json.boolean(*flag);
  } else if (const auto* number = std::get_if<std::int64_t>(&value.value)) {
    json.number(*number);
  } else if (const auto* text = std::get_if<std::string>(&value.value)) {
    json.text(*text);
  } else if (const auto* array = std::get_if<JsonArray>(&value.value)) {
    json.begin_array();
    for (const JsonValue& entry : *array) write_value(json, entry);
    json.end_array();
  } else if (const auto* object = std::get_if<JsonObject>(&value.value)) {
    json.begin_object();
    for (const auto& [name, member] : *object) write_value(json.key(name), member);
    json.end_object();
  }
}

}  // namespace

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_quoted(out_, name);
  out_ += ':';
  first_ = true;  // the value follows without a comma
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_quoted(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

std::string write_json(const JsonValue& value) {
  JsonWriter json;
  write_value(json, value);
  return json.take();
}

}  // namespace yizhan::node::http
