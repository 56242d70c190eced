#include "node/policy/calendar.h"

#include <array>
#include <optional>
#include <utility>

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

constexpr std::array kKinds = {DayKind::Workday,       DayKind::Weekend,
                               DayKind::MakeupWorkday, DayKind::StatutoryHoliday,
                               DayKind::InLieuDayOff,  DayKind::LocalClosure};
constexpr std::size_t kNameBytesMax = 64;

bool in_weekend(std::int64_t day) { return weekday(day) == 0 || weekday(day) == 6; }

std::string_view next_word(std::string_view& line) {
  const std::size_t end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

std::optional<DayKind> parse_kind(std::string_view text) {
  for (const DayKind kind : kKinds) {
    if (kind != DayKind::LocalClosure && text == name(kind)) return kind;
  }
  return std::nullopt;
}

const char* fault_of(std::int64_t day, DayKind kind, std::string_view holiday) {
  const bool plain = kind == DayKind::Workday || kind == DayKind::Weekend;
  if (kind == DayKind::Workday && in_weekend(day)) return "a workday is a Monday to Friday";
  if (kind == DayKind::Weekend && !in_weekend(day)) return "a weekend is a Saturday or Sunday";
  if (kind == DayKind::MakeupWorkday && !in_weekend(day)) {
    return "a make-up workday is a Saturday or Sunday";
  }
  if (plain != holiday.empty())
    return "a name belongs to holidays and make-up workdays, and only there";
  if (holiday.size() > kNameBytesMax) return "the name is longer than 64 bytes";
  return nullptr;
}

// Reads the lines of one file; remembers which notice rules the next day.
class Reader {
 public:
  const char* take(std::string_view line) {
    if (line.empty() || line.front() == '#') return nullptr;
    const std::string_view first = next_word(line);
    return first == "notice" ? take_notice(line) : take_day(first, line);
  }
  std::map<std::int64_t, DayFacts> days() && { return std::move(days_); }

 private:
  const char* take_notice(std::string_view rest) {
    const std::string_view number = next_word(rest);
    const auto issued = parse_date(rest);
    if (number.empty() || number.size() > kNameBytesMax || !issued) {
      return "must be: notice NUMBER DATE";
    }
    notice_ = {std::string(number), *issued};
    return nullptr;
  }

  const char* take_day(std::string_view date, std::string_view rest) {
    const auto day = parse_date(date);
    const auto kind = parse_kind(next_word(rest));
    if (!day || !kind) return "must be: DATE KIND [NAME]";
    if (notice_.number.empty()) return "no notice stands before this day";
    if (!days_.empty() && *day != days_.rbegin()->first + 1) return "days must follow each other";
    if (const char* fault = fault_of(*day, *kind, rest)) return fault;
    days_[*day] = {*kind, std::string(rest), true, notice_};
    return nullptr;
  }

  Notice notice_;
  std::map<std::int64_t, DayFacts> days_;
};

struct Counted {
  bool works = false;
  bool known = false;
};
Counted count(const Calendar& calendar, std::int64_t day) {
  const DayFacts facts = calendar.at(day);
  const bool works = facts.known ? calendar.is_workday(day) : !in_weekend(day);
  return {works, facts.known};
}

}  // namespace

const char* name(DayKind kind) {
  switch (kind) {
    case DayKind::Workday: return "workday";
    case DayKind::Weekend: return "weekend";
    case DayKind::MakeupWorkday: return "makeup_workday";
    case DayKind::StatutoryHoliday: return "statutory_holiday";
    case DayKind::InLieuDayOff: return "in_lieu_day_off";
    case DayKind::LocalClosure: return "local_closure";
  }
  return "workday";
}

Result<Calendar> Calendar::parse(std::string_view text) {
  if (text.size() > kCalendarBytesMax) {
    return fail(Errc::LimitExceeded, "larger than 256 KiB", "calendar");
  }
  Reader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    if (const char* fault = reader.take(text.substr(0, end))) {
      return fail(Errc::BadFormat, "line " + std::to_string(number) + ": " + fault, "calendar");
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  Calendar calendar;
  calendar.days_ = std::move(reader).days();
  return calendar;
}

void Calendar::replace_with(const Calendar& later) {
  for (const auto& [day, facts] : later.days_) days_[day] = facts;
  for (const auto& [day, reason] : later.closures_) closures_[day] = reason;
}

void Calendar::close(std::int64_t day, const std::string& reason) { closures_[day] = reason; }

DayFacts Calendar::at(std::int64_t day) const {
  const auto found = days_.find(day);
  if (found == days_.end()) {
    return {in_weekend(day) ? DayKind::Weekend : DayKind::Workday, "", false, {}};
  }
  DayFacts facts = found->second;
  if (const auto closed = closures_.find(day); closed != closures_.end()) {
    facts.kind = DayKind::LocalClosure;
    facts.name = closed->second;
  }
  return facts;
}

bool Calendar::is_workday(std::int64_t day) const {
  const auto found = days_.find(day);
  if (found == days_.end()) return false;
  switch (found->second.kind) {
    case DayKind::Workday:
    case DayKind::MakeupWorkday: return true;
    case DayKind::Weekend:
    case DayKind::StatutoryHoliday:
    case DayKind::InLieuDayOff:
    case DayKind::LocalClosure: return false;
  }
  return false;
}

CountedDay after_workdays(const Calendar& calendar, std::int64_t start, std::int64_t wanted) {
  CountedDay out{start, false};
  while (wanted > 0) {
    const Counted next = count(calendar, ++out.day);
    out.provisional = out.provisional || !next.known;
    if (next.works) --wanted;
  }
  return out;
}

CountedDay after_days(const Calendar& calendar, std::int64_t start, std::int64_t wanted) {
  CountedDay out{start + wanted, false};
  while (true) {
    const Counted end = count(calendar, out.day);
    out.provisional = out.provisional || !end.known;
    if (end.works) return out;
    ++out.day;
  }
}

CountedDay workday_before(const Calendar& calendar, std::int64_t day) {
  CountedDay out{day, false};
  while (true) {
    const Counted before = count(calendar, --out.day);
    out.provisional = out.provisional || !before.known;
    if (before.works) return out;
  }
}

std::int64_t known_days_from(const Calendar& calendar, std::int64_t day) {
  constexpr std::int64_t kLookedAhead = 400;
  std::int64_t ahead = 0;
  while (ahead < kLookedAhead && calendar.at(day + ahead).known) ++ahead;
  return ahead;
}

}  // namespace yizhan::node
