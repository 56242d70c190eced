#include "node/doctor/check_lines.h"

#include <algorithm>

namespace yizhan::node {
namespace {

const char* sign_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Ok: return "✓";
    case Verdict::Warn: return "!";
    case Verdict::Fail: return "✗";
    case Verdict::Unknown: return "?";
  }
  return "?";
}

std::string not_looked_at(Lang lang) { return lang == Lang::Zh ? "没有查到" : "not seen"; }

}  // namespace

std::string lines_of(const HealthCheck& check, Lang lang) {
  const std::string found = found_words(check, lang);
  std::string text = std::string(sign_of(check.verdict)) + " " + check.id + "  " +
                     title_of(check, lang) + (lang == Lang::Zh ? "：" : ": ") +
                     (found.empty() ? not_looked_at(lang) : found);
  const std::string remedy = remedy_words(check, lang);
  if (!remedy.empty()) text += "\n         → " + remedy;
  return text;
}

std::string summary_of(const std::vector<HealthCheck>& checks, Lang lang) {
  const auto count = [&](Verdict verdict) {
    return std::to_string(
        std::count_if(checks.begin(), checks.end(),
                      [verdict](const HealthCheck& check) { return check.verdict == verdict; }));
  };
  const std::string ok = count(Verdict::Ok);
  const std::string warn = count(Verdict::Warn);
  const std::string fail = count(Verdict::Fail);
  const std::string unknown = count(Verdict::Unknown);
  if (lang == Lang::En) {
    return ok + " passed, " + warn + " notes, " + fail + " to act on, " + unknown + " not seen";
  }
  return "通过 " + ok + " 项，提醒 " + warn + " 项，必须处理 " + fail + " 项，没有查到 " + unknown +
         " 项。";
}

}  // namespace yizhan::node
