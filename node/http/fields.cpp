#include "node/http/fields.h"

#include <algorithm>

namespace yizhan::node::http {

Result<void> check_text(std::string_view value, const TextRule& rule, const std::string& field) {
  const std::size_t length = plain_length(value, rule.lines);
  if (length == kNotPlain) return fail(Errc::BadFormat, "characters that are not allowed", field);
  if (length > rule.max) {
    return fail(Errc::LimitExceeded, "longer than " + std::to_string(rule.max), field);
  }
  if (length < rule.min) {
    return fail(Errc::BadFormat, "shorter than " + std::to_string(rule.min), field);
  }
  if (length > 0 && !rule.shape(value)) return fail(Errc::BadFormat, "has another shape", field);
  return {};
}

Fields::Fields(const JsonValue& body) : Fields(&body, "") {}

Fields::Fields(const JsonValue* body, std::string prefix) : prefix_(std::move(prefix)) {
  if (body == nullptr) return;
  members_ = std::get_if<JsonObject>(&body->value);
  if (members_ == nullptr) {
    const std::string name = prefix_.empty() ? "body" : prefix_.substr(0, prefix_.size() - 1);
    fault_ = Error{Errc::BadFormat, "must be an object", name};
  }
}

void Fields::refuse(Errc code, const char* why, const std::string& name) {
  if (!fault_) fault_ = Error{code, why, prefix_ + name};
}

bool Fields::has(const std::string& name) const {
  return members_ != nullptr && members_->contains(name);
}

const JsonValue* Fields::take(const std::string& name, bool required) {
  taken_.insert(name);
  if (fault_ || members_ == nullptr) return nullptr;
  auto it = members_->find(name);
  if (it != members_->end()) return &it->second;
  if (required) refuse(Errc::BadFormat, "is missing", name);
  return nullptr;
}

std::string Fields::checked(const std::string& name, const JsonValue& value, const TextRule& rule) {
  const auto* text = std::get_if<std::string>(&value.value);
  if (text == nullptr) {
    refuse(Errc::BadFormat, "must be a text", name);
    return {};
  }
  if (auto good = check_text(*text, rule, prefix_ + name); !good) {
    fault_ = good.error();
    return {};
  }
  return *text;
}

std::string Fields::text(const std::string& name, const TextRule& rule) {
  const JsonValue* value = take(name, true);
  return value == nullptr ? std::string{} : checked(name, *value, rule);
}

std::optional<std::string> Fields::text_if_present(const std::string& name, const TextRule& rule) {
  const JsonValue* value = take(name, false);
  if (value == nullptr) return std::nullopt;
  return checked(name, *value, rule);
}

std::optional<std::string> Fields::text_or_null(const std::string& name, const TextRule& rule) {
  const JsonValue* value = take(name, false);
  if (value == nullptr) return std::nullopt;
  if (std::holds_alternative<std::monostate>(value->value)) return std::string{};
  return checked(name, *value, rule);
}

std::string Fields::one_of(const std::string& name,
                           std::initializer_list<std::string_view> closed_list) {
  std::string value = text(name, {.min = 1, .max = 32});
  if (!fault_ && std::find(closed_list.begin(), closed_list.end(), value) == closed_list.end()) {
    refuse(Errc::BadFormat, "is not on the closed list", name);
  }
  return value;
}

std::int64_t Fields::number_or(const std::string& name, std::int64_t otherwise, std::int64_t min,
                               std::int64_t max) {
  const JsonValue* value = take(name, false);
  if (value == nullptr) return otherwise;
  const auto* number = std::get_if<std::int64_t>(&value->value);
  if (number == nullptr) {
    refuse(Errc::BadFormat, "must be a number", name);
    return otherwise;
  }
  if (*number < min || *number > max) refuse(Errc::LimitExceeded, "is out of range", name);
  return *number;
}

std::int64_t Fields::number(const std::string& name, std::int64_t min, std::int64_t max) {
  take(name, true);
  return number_or(name, min, min, max);
}

std::optional<std::int64_t> Fields::number_if_present(const std::string& name, std::int64_t min,
                                                      std::int64_t max) {
  if (!has(name)) return std::nullopt;
  return number_or(name, min, min, max);
}

std::vector<std::string> Fields::texts(const std::string& name, const TextRule& rule,
                                       std::size_t most) {
  std::vector<std::string> out;
  const JsonValue* value = take(name, true);
  if (value == nullptr) return out;
  const auto* array = std::get_if<JsonArray>(&value->value);
  if (array == nullptr) {
    refuse(Errc::BadFormat, "must be an array", name);
    return out;
  }
  if (array->size() > most) refuse(Errc::LimitExceeded, "holds too many", name);
  for (std::size_t i = 0; i < array->size() && !fault_; ++i) {
    out.push_back(checked(name, (*array)[i], rule));
  }
  return out;
}

bool Fields::flag_or(const std::string& name, bool otherwise) {
  const JsonValue* value = take(name, false);
  if (value == nullptr) return otherwise;
  const auto* flag = std::get_if<bool>(&value->value);
  if (flag == nullptr) refuse(Errc::BadFormat, "must be true or false", name);
  return flag == nullptr ? otherwise : *flag;
}

Fields Fields::object(const std::string& name) { return {take(name, true), prefix_ + name + "."}; }

void Fields::close(const Fields& inner) {
  if (auto done = inner.finish(); !done && !fault_) fault_ = done.error();
}

Result<void> Fields::finish() const {
  if (fault_) return tl::unexpected<Error>(*fault_);
  if (members_ == nullptr) return {};
  for (const auto& [name, value] : *members_) {
    // The name came from outside: it is not repeated in the answer.
    if (!taken_.contains(name)) {
      return fail(Errc::BadFormat, "holds a member that is not known here",
                  prefix_.empty() ? "body" : prefix_.substr(0, prefix_.size() - 1));
    }
  }
  return {};
}

}  // namespace yizhan::node::http
