// Words: what is said of a health check, the same on the pages and in the commands.
//
// What        Title, what was found, and what to do about it; the texts are those of station-ui.
// Invariants  I1  every finding has its words in both languages; what is not well has a remedy.
// Errors      none: a key without a text is its own text.
// Source      ux.md section 7 "doctor"; station-ui/src/i18n/health.zh-CN.json.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "node/app/records_types.h"

namespace yizhan::node {

enum class Lang : std::uint8_t { Zh, En };

struct WordsRow {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};
std::span<const WordsRow> words_table();  // by key

std::string title_of(const HealthCheck& check, Lang lang);
std::string found_words(const HealthCheck& check, Lang lang);   // empty: nothing was looked at
std::string remedy_words(const HealthCheck& check, Lang lang);  // of what is not well

}  // namespace yizhan::node
