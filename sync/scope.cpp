#include "sync/scope.h"

#include <algorithm>

#include "sync/limits.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kCodeDigitsMin = 2;
constexpr std::size_t kCodeDigitsMax = 12;
constexpr std::string_view kClassNames[] = {"", "biz", "ref", "auth"};

Result<void> check_code(std::string_view code) {
  if (code.size() > kCodeDigitsMax) {
    return fail(Errc::LimitExceeded, "a division code has at most 12 digits", "division");
  }
  const bool digits = std::all_of(code.begin(), code.end(),
                                  [](char letter) { return letter >= '0' && letter <= '9'; });
  if (code.size() < kCodeDigitsMin || !digits) {
    return fail(Errc::BadFormat, "a division code has 2 to 12 digits", "division");
  }
  return {};
}

}  // namespace

Result<Division> Division::parse(std::string_view path) {
  std::size_t depth = 0;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const Result<void> code = check_code(path.substr(start, end - start));
    if (!code) return fail(code);
    if (++depth > kDivisionDepthMax) {
      return fail(Errc::LimitExceeded, "a division has at most 6 codes", "division");
    }
    start = end + 1;
  }
  Division division;
  division.path_ = path;
  return division;
}

std::string_view Division::code() const {
  const std::size_t slash = path_.rfind('/');
  return std::string_view(path_).substr(slash == std::string::npos ? 0 : slash + 1);
}

Division Division::parent() const {
  const std::size_t slash = path_.rfind('/');
  Division above;
  if (slash != std::string::npos) above.path_ = path_.substr(0, slash);
  return above;
}

std::size_t Division::depth() const {
  if (path_.empty()) return 0;
  return 1 + static_cast<std::size_t>(std::count(path_.begin(), path_.end(), '/'));
}

bool Division::within(const Division& ancestor) const {
  const std::size_t length = ancestor.path_.size();
  if (length == 0) return true;
  if (path_.compare(0, length, ancestor.path_) != 0) return false;
  return path_.size() == length || path_[length] == '/';
}

std::string text(const Scope& scope) {
  return scope.division.text() + "#" +
         std::string(kClassNames[static_cast<std::size_t>(scope.cls)]);
}

Result<Scope> parse_scope(std::string_view text) {
  const std::size_t mark = text.rfind('#');
  if (mark == std::string_view::npos) {
    return fail(Errc::BadFormat, "a scope is a division, # and a class", "scope");
  }
  const Result<Division> division = Division::parse(text.substr(0, mark));
  if (!division) return fail(division);
  const std::string_view cls = text.substr(mark + 1);
  for (const ScopeClass candidate : {ScopeClass::Biz, ScopeClass::Ref, ScopeClass::Auth}) {
    if (cls == kClassNames[static_cast<std::size_t>(candidate)]) return Scope{*division, candidate};
  }
  return fail(Errc::BadFormat, "a scope's class is biz, ref or auth", "scope");
}

}  // namespace yizhan::sync
