#include "node/app/record_finder.h"

#include <limits>

#include "node/app/printed_number.h"
#include "node/app/record_id.h"
#include "node/app/visit_view.h"
#include "node/policy/china_time.h"
#include "node/policy/contact.h"
#include "node/policy/divisions.h"
#include "node/policy/periods.h"
#include "node/policy/person_document.h"
#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

using enum AppointmentField;

constexpr std::size_t kLookupMax = 20;
constexpr std::string_view kCodePrefix = "YZ1:";
constexpr std::size_t kNumberChars = 18;
constexpr std::size_t kMarkedNumberChars = 22;  // with the mark of an epoch

std::string cursor_text(const SearchPlace& place) {
  std::string window = minute_text(place.window);
  window.erase(2, 1);
  return date_text(place.day) + "." + window + "." + record_id(place.dot);
}

// "2026-03-05.0930.mfzg..."
Result<SearchPlace> parse_cursor(const std::string& text) {
  const auto bad = fail(Errc::BadFormat, "not a `next` of a page", "after");
  if (text.size() < 17 || text[10] != '.' || text[15] != '.') return bad;
  const auto day = parse_date(text.substr(0, 10));
  const auto window = parse_minute(text.substr(11, 2) + ":" + text.substr(13, 2));
  const auto dot = parse_record_id(std::string_view(text).substr(16));
  if (!day || !window || !dot) return bad;
  return SearchPlace{*day, *window, *dot};
}

Result<std::optional<std::int64_t>> day_of(const std::optional<std::string>& date,
                                           const char* field) {
  if (!date) return std::optional<std::int64_t>();
  const auto day = parse_date(*date);
  if (!day) return fail(Errc::BadFormat, day.error().detail, field);
  return std::optional(*day);
}

std::vector<crdt::ChangeId> latest_own(const sync::Engine& engine, const sync::Scope& scope,
                                       const crdt::EntityState& state) {
  std::map<StreamId, std::uint64_t> last;
  for (const crdt::ChangeId& change : state.live_changes()) {
    std::uint64_t& seq = last[change.stream];
    seq = std::max(seq, change.seq);
  }
  std::vector<crdt::ChangeId> own;
  for (const sync::StreamRow& row : engine.streams()) {
    const auto found = last.find(row.id);
    if (row.scope != scope || row.author != engine.node() || found == last.end()) continue;
    own.push_back({found->first, found->second});
  }
  return own;
}

Result<std::vector<RecordRow>> show_all(const sync::Engine& engine, const Reads& reads,
                                        const Policy& policy,
                                        const std::vector<SearchPlace>& places) {
  std::vector<RecordRow> rows;
  for (const SearchPlace& place : places) {
    auto row = show_record(engine, reads, policy, place.dot);
    if (!row) return fail(row);
    if (*row) rows.push_back(std::move(**row));
  }
  return rows;
}

SearchIndex::IsPending pending_at(const sync::Engine& engine) {
  return
      [&engine](const crdt::ChangeId& change) { return engine.rung(change) == sync::Rung::Saved; };
}

LookupText understood(Lookup::Kind kind, SearchText::Kind as, std::string text) {
  return {kind, {as, std::move(text)}, false, ""};
}

LookupText bad_code() { return {Lookup::Kind::None, {}, true, ""}; }

// A text with hyphens that has as many digits as a printed number, or the one in a code.
LookupText printed(const std::string& number) {
  if (!printed_counter(number)) return bad_code();
  LookupText asked =
      understood(Lookup::Kind::Number, SearchText::Kind::Number, fold_number(number));
  asked.station = issuing_station(number);
  return asked;
}

// Digits alone: a printed number without its hyphens, or a part of one.
LookupText typed_number(SearchText text) {
  const std::string station = issuing_station(text.text);
  const bool whole = text.text.size() == kNumberChars || text.text.size() == kMarkedNumberChars;
  if (whole) text.kind = SearchText::Kind::Number;
  return {Lookup::Kind::Number, std::move(text), false, station};
}

std::string_view name_of_station(std::string_view code) {
  for (const DivisionEntry& entry : divisions()) {
    if (entry.path.substr(entry.path.rfind('/') + 1) == code) return entry.name;
  }
  return code;
}

// Where the appointment is, as far as that is known; empty: here, or not known.
std::string elsewhere(const sync::Engine& engine, const std::string& issued_by,
                      const std::vector<RecordRow>& matches) {
  const sync::Division& home = engine.self().home;
  if (!engine.self().slot_owner) return "";
  if (matches.empty()) {
    const bool ours = issued_by.empty() || issued_by == home.code();
    return ours ? "" : std::string(name_of_station(issued_by));
  }
  for (const RecordRow& match : matches) {
    if (match.station == home.text()) return "";
  }
  const std::string& path = matches.front().station;
  return std::string(name_of_station(std::string_view(path).substr(path.rfind('/') + 1)));
}

bool looks_printed(const std::string& typed) {
  const auto hyphens = std::count(typed.begin(), typed.end(), '-');
  return (hyphens == 3 || hyphens == 4) && all_digits(fold_number(typed));
}

}  // namespace

Result<std::optional<RecordRow>> show_record(const sync::Engine& engine, const Reads& reads,
                                             const Policy& policy, const crdt::Dot& dot) {
  const auto scope = engine.scope_of(dot.stream);
  if (!scope) return std::optional<RecordRow>();
  const auto state = reads.entity(*scope, dot);
  if (!state) return fail(state);
  if (*state == nullptr || (*state)->deleted) return std::optional<RecordRow>();
  const AppointmentRow shown = show_row(engine, {*scope, dot}, **state);
  const std::int64_t day = number_of(**state, Date).value_or(0);
  RecordRow row;
  row.id = shown.id;
  row.number = shown.number;
  row.item = shown.item;
  row.date = date_text(day);
  row.window = shown.window;
  row.masked_name = shown.masked_name;
  row.masked_agent = shown.masked_agent;
  row.phone_tail = shown.phone_tail;
  row.life = shown.life;
  row.rung = shown.rung;
  const auto visit = arrived_visit(reads, {*scope, dot});
  if (!visit) return fail(visit);
  if (*visit) {
    row.visit_state = (*visit)->life;
    row.ticket = (*visit)->text(VisitField::Ticket);
  }
  if (!(*state)->life.empty()) row.tasks = crdt::resolve_appointment((*state)->life).tasks;
  row.station = shown.station;
  row.period = period_at(policy, {day, number_of(**state, Window).value_or(0)});
  return std::optional(std::move(row));
}

Result<std::optional<SearchRecord>> search_record(const sync::Engine& engine, const Reads& reads,
                                                  const RecordPlace& place,
                                                  const crdt::EntityState& state) {
  if (state.deleted || state.kind != node::id(Record::Appointment)) {
    return std::optional<SearchRecord>();
  }
  SearchRecord record;
  record.dot = place.dot;
  record.number = text_of(state, Number);
  record.day = number_of(state, Date).value_or(0);
  record.window = number_of(state, Window).value_or(0);
  if (!state.life.empty()) {
    const auto outcome = crdt::resolve_appointment(state.life);
    record.life = outcome.state;
    record.problem = outcome.tasks != 0 || outcome.state == crdt::Appointment::Disputed;
  }
  if (const auto person = show_appointment(engine, place, state)) {
    record.name = person->name;
    record.document = person->document.number;
    record.phone_tail = person->phone ? phone_tail(*person->phone) : "";
    if (const auto& agent = person->agent) {
      record.agent_name = agent->name;
      record.agent_document = agent->document ? agent->document->number : "";
      record.agent_phone_tail = agent->phone ? phone_tail(*agent->phone) : "";
    }
    record.problem = record.problem || !person->siblings.empty();
  }
  const auto visit = arrived_visit(reads, place);
  if (!visit) return fail(visit);
  if (*visit) record.ticket = (*visit)->text(VisitField::Ticket);
  record.latest = latest_own(engine, place.scope, state);
  return std::optional(std::move(record));
}

LookupText lookup_text(const std::string& typed, std::int64_t today) {
  if (typed.starts_with(kCodePrefix)) return printed(typed.substr(kCodePrefix.size()));
  if (typed.find(':') != std::string::npos) return bad_code();
  if (looks_printed(typed)) return printed(typed);
  SearchText text = search_text(typed);
  const bool document = parse_document(DocumentKind::ResidentId, text.text, today).has_value();
  switch (text.kind) {
    case SearchText::Kind::Digits:
      if (text.text.size() == 4) {
        return understood(Lookup::Kind::PhoneTail, SearchText::Kind::PhoneTail, text.text);
      }
      if (document) {
        return understood(Lookup::Kind::Document, SearchText::Kind::Document, text.text);
      }
      return typed_number(std::move(text));
    case SearchText::Kind::Mixed: return {Lookup::Kind::Document, std::move(text), false, ""};
    case SearchText::Kind::Letters:
    case SearchText::Kind::Name: return {Lookup::Kind::Name, std::move(text), false, ""};
    default: return {};
  }
}

Result<void> RecordFinder::keep_step(const sync::Engine& engine, const Reads& reads,
                                     std::size_t most) {
  for (; most > 0 && !dirty_.empty(); --most) {
    const crdt::Dot dot = *dirty_.begin();
    const auto scope = engine.scope_of(dot.stream);
    const bool readable =
        scope && scope->cls == sync::ScopeClass::Biz && engine.self().may_read(*scope);
    if (readable) {
      const auto state = reads.entity(*scope, dot);
      if (!state) return fail(state);
      std::optional<SearchRecord> record;
      if (*state != nullptr) {
        auto found = search_record(engine, reads, {*scope, dot}, **state);
        if (!found) return fail(found);
        record = std::move(*found);
      }
      record ? index_.put(*record) : index_.remove(dot);
    }
    dirty_.erase(dirty_.begin());
  }
  return {};
}

Result<RecordPage> RecordFinder::search(const sync::Engine& engine, const Reads& reads,
                                        const Policy& policy, WallMs now, const RecordQuery& wish) {
  SearchQuestion question;
  question.text = search_text(wish.text);
  question.filter = wish.filter;
  question.today = china_moment(now).day;
  question.limit = static_cast<std::size_t>(wish.limit);
  const auto from = day_of(wish.from, "from");
  const auto to = from ? day_of(wish.to, "to") : from;
  if (!to) return fail(to);
  question.from = *from;
  question.to = *to;
  if (!wish.after.empty()) {
    auto after = parse_cursor(wish.after);
    if (!after) return fail(after);
    question.after = *after;
  }
  if (auto kept = keep_step(engine, reads, std::numeric_limits<std::size_t>::max()); !kept) {
    return fail(kept);
  }
  const SearchHits hits = index_.find(question, pending_at(engine));
  auto rows = show_all(engine, reads, policy, hits.places);
  if (!rows) return fail(rows);
  return RecordPage{std::move(*rows), hits.more ? cursor_text(hits.places.back()) : "", hits.total};
}

Result<Lookup> RecordFinder::lookup(const sync::Engine& engine, const Reads& reads,
                                    const Policy& policy, WallMs now, const LookupQuestion& wish) {
  auto date = day_of(wish.date, "date");
  if (!date) return fail(date);
  if (wish.arriving) *date = china_moment(now).day;
  LookupText asked = lookup_text(wish.text, china_moment(now).day);
  Lookup answer{asked.kind, {}, asked.bad_code, ""};
  if (asked.kind == Lookup::Kind::None) return answer;
  if (auto kept = keep_step(engine, reads, std::numeric_limits<std::size_t>::max()); !kept) {
    return fail(kept);
  }
  SearchQuestion question;
  question.text = std::move(asked.text);
  question.from = question.to = *date;
  question.limit = kLookupMax;
  auto rows = show_all(engine, reads, policy, index_.find(question, pending_at(engine)).places);
  if (!rows) return fail(rows);
  answer.matches = std::move(*rows);
  answer.elsewhere = elsewhere(engine, asked.station, answer.matches);
  if (wish.arriving) {
    std::erase_if(answer.matches,
                  [&](const RecordRow& row) { return row.station != engine.self().home.text(); });
  }
  return answer;
}

}  // namespace yizhan::node
