// Fields: takes the members of a JSON object one by one, with their limits.
//
// What        Each getter checks presence, type, length and shape of one member. The first fault is
//             kept; getters after it give empty values; `finish` tells.
// Invariants  I1  a member that no getter asked for is refused.
//             I2  an Error names the member ("document.number") and never holds its value.
// Units       Lengths in code points.
// Errors      BadFormat (missing, wrong type, too short, wrong shape, unknown member),
//             LimitExceeded (too long, too large).
#pragma once
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "node/http/json_value.h"
#include "node/http/shapes.h"

namespace yizhan::node::http {

struct TextRule {
  std::size_t min = 0;
  std::size_t max = 0;
  bool (*shape)(std::string_view) = is_any;
  bool lines = false;  // line feeds are allowed
};

class Fields {
 public:
  explicit Fields(const JsonValue& body);

  bool has(const std::string& name) const;  // present, perhaps null
  std::string text(const std::string& name, const TextRule& rule);
  std::optional<std::string> text_if_present(const std::string& name, const TextRule& rule);
  // Present: the text, or an empty one for null.
  std::optional<std::string> text_or_null(const std::string& name, const TextRule& rule);
  std::string one_of(const std::string& name, std::initializer_list<std::string_view> closed_list);
  std::int64_t number_or(const std::string& name, std::int64_t otherwise, std::int64_t min,
                         std::int64_t max);
  std::int64_t number(const std::string& name, std::int64_t min, std::int64_t max);
  std::optional<std::int64_t> number_if_present(const std::string& name, std::int64_t min,
                                                std::int64_t max);
  // An array of at most `most` texts.
  std::vector<std::string> texts(const std::string& name, const TextRule& rule, std::size_t most);
  bool flag_or(const std::string& name, bool otherwise);
  Fields object(const std::string& name);  // give it back with `close`
  void close(const Fields& inner);

  Result<void> finish() const;

 private:
  Fields(const JsonValue* body, std::string prefix);
  const JsonValue* take(const std::string& name, bool required);
  std::string checked(const std::string& name, const JsonValue& value, const TextRule& rule);
  void refuse(Errc code, const char* why, const std::string& name);

  const JsonObject* members_ = nullptr;
  std::string prefix_;
  std::set<std::string> taken_;
  std::optional<Error> fault_;
};

// The same checks for a text from a query, header or path.
Result<void> check_text(std::string_view value, const TextRule& rule, const std::string& field);

}  // namespace yizhan::node::http
