// Scope: (division, class), what a node may read, write and carry.
//
// What        A division is a path of administrative codes, compared whole segment by segment:
//             1403/140311/140311100. Classes: biz flows up, ref flows down, auth along the path.
// Invariants  I1  `within` never compares string prefixes: 1403/14031 is not above 1403/140311.
//             I2  parse(text(d)) == d.
// Units       1 to kDivisionDepthMax codes of 2 to 12 digits.
// Errors      BadFormat, LimitExceeded.
// Source      design.md section 5 "Division"; domain.md 8.4.
#pragma once
#include <compare>
#include <string>
#include <string_view>

#include "crdt/base/ids.h"
#include "crdt/base/result.h"

namespace yizhan::sync {

class Division {
 public:
  Division() = default;  // the empty path: above every division
  static Result<Division> parse(std::string_view path);
  const std::string& text() const { return path_; }
  std::string_view code() const;  // last segment
  Division parent() const;        // empty for a single code
  std::size_t depth() const;
  bool within(const Division& ancestor) const;  // equal or below
  friend auto operator<=>(const Division&, const Division&) = default;

 private:
  std::string path_;
};

enum class ScopeClass : std::uint8_t { Biz = 1, Ref = 2, Auth = 3 };

struct Scope {
  Division division;
  ScopeClass cls = ScopeClass::Biz;
  friend auto operator<=>(const Scope&, const Scope&) = default;
};

std::string text(const Scope& scope);  // "1403/140311#biz", for logs and the CLI
Result<Scope> parse_scope(std::string_view text);

}  // namespace yizhan::sync
