#include "node/doctor/words.h"

#include <algorithm>

namespace yizhan::node {
namespace {

const WordsRow* row_of(std::string_view key) {
  const auto rows = words_table();
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), key,
                       [](const WordsRow& row, auto wanted) { return row.key < wanted; });
  return found != rows.end() && found->key == key ? &*found : nullptr;
}

std::string filled(const WordsRow& row, const HealthCheck& check, Lang lang) {
  std::string_view rest = lang == Lang::Zh ? row.zh : row.en;
  std::string text;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    const std::size_t close = rest.find('}', std::min(open, rest.size()));
    if (close == std::string_view::npos) break;
    const std::string name(rest.substr(open + 1, close - open - 1));
    const auto value = check.with.find(name);
    text += rest.substr(0, open);
    text += value == check.with.end() ? rest.substr(open, close - open + 1) : value->second;
    rest.remove_prefix(close + 1);
  }
  return text.append(rest);
}

}  // namespace

std::string title_of(const HealthCheck& check, Lang lang) {
  const WordsRow* row = row_of("check." + check.id);
  return row == nullptr ? check.id : filled(*row, check, lang);
}

std::string found_words(const HealthCheck& check, Lang lang) {
  const WordsRow* row = row_of("found." + check.id + "." + check.found);
  return row == nullptr ? check.found : filled(*row, check, lang);
}

// Of this very finding when it has its own, else of the check.
std::string remedy_words(const HealthCheck& check, Lang lang) {
  if (check.verdict == Verdict::Ok) return {};
  const WordsRow* row = row_of("remedy." + check.id + "." + check.found);
  if (row == nullptr) row = row_of("remedy." + check.id);
  return row == nullptr ? std::string() : filled(*row, check, lang);
}

}  // namespace yizhan::node
