#include "node/policy/policy_file.h"

#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "crdt/base/check.h"
#include "node/policy/china_time.h"
#include "node/policy/embedded.h"
#include "node/policy/policy_values.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kTextMax = 64;
constexpr std::size_t kSeasonsMax = 8;
constexpr std::size_t kSpansMax = 8;
constexpr std::size_t kClosuresMax = 366;

constexpr std::array kWorkdayPeriods = {Period::Regular, Period::Noon, Period::FlexEarly,
                                        Period::FlexLate, Period::Overtime};

tl::unexpected<Error> refuse(const toml::node& node, const std::string& key,
                             const std::string& why) {
  return fail(Errc::BadFormat, "line " + std::to_string(node.source().begin.line) + ": " + why,
              key);
}

// One table of the file: what was asked for is known, the rest is refused by `close`.
class Table {
 public:
  Table(const toml::table& table, std::string prefix) : table_(table), prefix_(std::move(prefix)) {}

  std::string key_of(std::string_view key) const { return prefix_ + std::string(key); }

  const toml::node* find(std::string_view key) {
    seen_.insert(std::string(key));
    return table_.get(key);
  }

  Result<const toml::node*> need(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) return refuse(table_, key_of(key), "is missing");
    return node;
  }

  Result<std::string> text(std::string_view key) {
    const auto node = need(key);
    if (!node) return fail(node);
    const auto value = (*node)->value<std::string>();
    if (!(*node)->is_string() || value->empty() || value->size() > kTextMax) {
      return refuse(**node, key_of(key), "must be a text of 1 to 64 bytes");
    }
    return *value;
  }

  Result<void> close() const {
    for (const auto& [key, node] : table_) {
      if (!seen_.contains(std::string(key.str()))) {
        return refuse(node, key_of(key.str()), "is no value of a policy");
      }
    }
    return {};
  }

 private:
  const toml::table& table_;
  std::string prefix_;
  std::set<std::string> seen_;
};

Result<std::int64_t> parse_month_day(const toml::node& node, const std::string& key) {
  const std::string text = node.value_or(std::string());
  const auto date = parse_date("2024-" + text);  // a leap year: every day of a year has its place
  if (!date) return refuse(node, key, "must be a month and day like 05-01");
  const CivilDate civil = civil_date(*date);
  return static_cast<std::int64_t>(civil.month) * 100 + civil.day;
}

Result<Hours> parse_span(const toml::node& node, const std::string& key, Period period) {
  const std::string text = node.value_or(std::string());
  const std::size_t dash = text.find('-');
  const auto begin = parse_minute(text.substr(0, dash));
  const auto end = parse_minute(dash == std::string::npos ? "" : text.substr(dash + 1));
  if (!begin || !end || *begin >= *end) {
    return refuse(node, key, "must be hours like 08:30-12:00");
  }
  return Hours{period, *begin, *end};
}

Result<void> read_spans(Table& table, Period period, std::vector<Hours>& out) {
  const std::string key = table.key_of(name(period));
  const auto node = table.need(name(period));
  if (!node) return fail(node);
  const toml::array* spans = (*node)->as_array();
  if (spans == nullptr || spans->size() > kSpansMax) {
    return refuse(**node, key, "must be a list of at most 8 hours");
  }
  for (const toml::node& one : *spans) {
    const auto span = parse_span(one, key, period);
    if (!span) return fail(span);
    const bool clash = std::any_of(out.begin(), out.end(), [&](const Hours& other) {
      return span->begin < other.end && other.begin < span->end;
    });
    if (clash) return refuse(one, key, "overlaps other hours of the same day");
    out.push_back(*span);
  }
  std::sort(out.begin(), out.end(),
            [](const Hours& a, const Hours& b) { return a.begin < b.begin; });
  return {};
}

Result<Season> read_season(const toml::table& rows) {
  Table table(rows, "hours.");
  Season season;
  const auto from = table.need("from");
  if (!from) return fail(from);
  const auto day = parse_month_day(**from, "hours.from");
  if (!day) return fail(day);
  season.from = *day;
  for (const Period period : kWorkdayPeriods) {
    if (auto read = read_spans(table, period, season.workday); !read) return fail(read);
  }
  auto read = read_spans(table, Period::Weekend, season.weekend);
  if (read) read = read_spans(table, Period::StatutoryHoliday, season.holiday);
  if (read) read = table.close();
  if (!read) return fail(read);
  return season;
}

Result<void> read_seasons(Table& root, Policy& policy) {
  const auto node = root.need("hours");
  if (!node) return fail(node);
  const toml::array* rows = (*node)->as_array();
  if (rows == nullptr || rows->empty() || rows->size() > kSeasonsMax) {
    return refuse(**node, "hours", "must be 1 to 8 tables [[hours]]");
  }
  for (const toml::node& row : *rows) {
    if (!row.is_table()) return refuse(row, "hours", "must be a table");
    auto season = read_season(*row.as_table());
    if (!season) return fail(season);
    if (!policy.seasons.empty() && season->from <= policy.seasons.back().from) {
      return refuse(row, "hours.from", "must be later than the one before");
    }
    policy.seasons.push_back(std::move(*season));
  }
  return {};
}

Result<CutOff> parse_cut_off(const toml::node& node, const std::string& key) {
  const std::string text = node.value_or(std::string());
  const std::size_t space = text.find(' ');
  const std::string day = text.substr(0, space);
  const auto minute = parse_minute(space == std::string::npos ? "" : text.substr(space + 1));
  CutOff out;
  if (day == "day_before") out.day = CutOff::Day::Before;
  if (day == "workday_before") out.day = CutOff::Day::WorkdayBefore;
  if (!minute || (out.day == CutOff::Day::Same && day != "same_day")) {
    return refuse(node, key, "must be same_day, day_before or workday_before and a time");
  }
  out.minute = *minute;
  return out;
}

Result<const toml::table*> need_table(Table& root, std::string_view key) {
  const auto node = root.need(key);
  if (!node) return fail(node);
  if (!(*node)->is_table()) return refuse(**node, std::string(key), "must be a table");
  return (*node)->as_table();
}

Result<void> read_cut_offs(Table& root, Policy& policy) {
  const auto rows = need_table(root, "cut_off");
  if (!rows) return fail(rows);
  Table table(**rows, "cut_off.");
  for (const Period period : {Period::Noon, Period::FlexEarly, Period::FlexLate, Period::Weekend,
                              Period::StatutoryHoliday}) {
    const auto node = table.need(name(period));
    if (!node) return fail(node);
    const auto cut_off = parse_cut_off(**node, table.key_of(name(period)));
    if (!cut_off) return fail(cut_off);
    policy.cut_off[static_cast<std::size_t>(period)] = *cut_off;
  }
  return table.close();
}

Result<void> put_number(const PolicyNumber& number, const toml::node& node, Policy& policy) {
  const auto value = node.value<std::int64_t>();
  if (!node.is_integer() || *value < number.min || *value > number.max) {
    return refuse(node, number.key,
                  "must be a whole number from " + std::to_string(number.min) + " to " +
                      std::to_string(number.max));
  }
  number.at(policy) = *value;
  return {};
}

Result<void> put_switch(const PolicySwitch& one, const toml::node& node, Policy& policy) {
  if (!node.is_boolean()) return refuse(node, one.key, "must be true or false");
  one.at(policy) = node.value_or(false);
  return {};
}

// The part of "booking.slot_minutes" behind the dot, when the part before it is `table`.
std::optional<std::string_view> key_in(std::string_view key, std::string_view table) {
  const std::size_t dot = key.find('.');
  if (key.substr(0, dot) != table) return std::nullopt;
  return key.substr(dot + 1);
}

// `extra` reads what the table holds beside numbers and switches.
Result<void> read_values(Table& root, std::string_view section, Policy& policy) {
  const auto rows = need_table(root, section);
  if (!rows) return fail(rows);
  Table table(**rows, std::string(section) + ".");
  for (const PolicyNumber& number : policy_numbers()) {
    const auto key = key_in(number.key, section);
    if (!key) continue;
    const auto node = table.need(*key);
    if (!node) return fail(node);
    if (auto put = put_number(number, **node, policy); !put) return put;
  }
  for (const PolicySwitch& one : policy_switches()) {
    const auto key = key_in(one.key, section);
    if (!key) continue;
    const auto node = table.need(*key);
    if (!node) return fail(node);
    if (auto put = put_switch(one, **node, policy); !put) return put;
  }
  return table.close();
}

// `hours` of a closure; without them the whole day is closed.
Result<std::optional<PartClosure>> read_part(Table& table) {
  const toml::node* node = table.find("hours");
  if (node == nullptr) return std::optional<PartClosure>();
  const auto span = parse_span(*node, "closure.hours", Period::Regular);
  if (!span) return fail(span);
  return std::optional(PartClosure{0, span->begin, span->end});
}

Result<void> read_closures(Table& root, Policy& policy) {
  const toml::node* node = root.find("closure");
  if (node == nullptr) return {};
  const toml::array* rows = node->as_array();
  if (rows == nullptr || rows->size() > kClosuresMax) {
    return refuse(*node, "closure", "must be at most 366 tables [[closure]]");
  }
  for (const toml::node& row : *rows) {
    if (!row.is_table()) return refuse(row, "closure", "must be a table");
    Table table(*row.as_table(), "closure.");
    const auto date = table.text("date");
    const auto reason = date ? table.text("reason") : date;
    if (!reason) return fail(reason);
    const auto day = parse_date(*date);
    if (!day) return refuse(row, "closure.date", "must be a date like 2026-03-05");
    auto part = read_part(table);
    if (!part) return fail(part);
    if (auto closed = table.close(); !closed) return closed;
    if (!*part) {
      policy.calendar.close(*day, *reason);
    } else {
      (*part)->day = *day;
      policy.part_closures.push_back(**part);
    }
  }
  return {};
}

Result<void> read_head(Table& root, Policy& policy) {
  const auto version = root.text("version");
  const auto from = version ? root.text("effective_from") : version;
  const auto hotline = from ? root.text("hotline") : from;
  if (!hotline) return fail(hotline);
  const auto day = parse_date(*from);
  if (!day) return refuse(**root.need("effective_from"), "effective_from", "must be a date");
  policy.version = *version;
  policy.effective_from = *day;
  policy.hotline = *hotline;
  return {};
}

Result<void> read_all(const toml::table& file, Policy& policy) {
  Table root(file, "");
  auto read = read_head(root, policy);
  if (read) read = read_seasons(root, policy);
  if (read) read = read_cut_offs(root, policy);
  for (const char* section : {"by_booking", "booking", "queue", "evaluation", "station"}) {
    if (read) read = read_values(root, section, policy);
  }
  if (read) read = read_closures(root, policy);
  if (read) read = root.close();
  return read;
}

Calendar built_in_calendar() {
  Calendar all;
  for (const EmbeddedFile& file : embedded_files().subspan(1)) {
    const auto calendar = Calendar::parse(file.text);
    YZ_CHECK(calendar.has_value());
    all.replace_with(*calendar);
  }
  return all;
}

}  // namespace

Result<Policy> parse_policy(std::string_view text) {
  if (text.size() > kPolicyBytesMax)
    return fail(Errc::LimitExceeded, "larger than 64 KiB", "policy");
  toml::table file;
  try {
    file = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(Errc::BadFormat,
                "line " + std::to_string(error.source().begin.line) + ": " +
                    std::string(error.description()),
                "policy");
  }
  Policy policy;
  if (auto read = read_all(file, policy); !read) return fail(read);
  if (policy.queue.waiting_amber > policy.queue.waiting_red) {
    return fail(Errc::BadFormat, "amber must come before red", "queue.waiting_amber");
  }
  return policy;
}

Result<Policy> make_policy(std::string_view toml, std::string_view calendar) {
  auto policy = parse_policy(toml);
  if (!policy) return policy;
  const auto own = Calendar::parse(calendar);
  if (!own) return fail(own);
  Calendar all = built_in_calendar();
  all.replace_with(*own);
  all.replace_with(policy->calendar);  // the closures
  policy->calendar = std::move(all);
  return policy;
}

const Policy& default_policy() {
  static const Policy built_in = [] {
    auto policy = make_policy(embedded_files().front().text, "");
    YZ_CHECK(policy.has_value());
    return std::move(*policy);
  }();
  return built_in;
}

}  // namespace yizhan::node
