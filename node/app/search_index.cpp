#include "node/app/search_index.h"

#include <algorithm>
#include <array>

#include "node/policy/contact.h"
#include "node/policy/pinyin.h"
#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

using Kind = SearchText::Kind;
using Life = crdt::Appointment;

constexpr char kBetween = '\x1f';  // no text holds it: control characters are refused
constexpr unsigned kSeqBits = 28;
constexpr unsigned kOpBits = 6;

struct PersonTexts {
  std::string_view name, document, phone_tail;
};
struct Texts {
  PersonTexts resident;
  std::string_view number, ticket;
  PersonTexts agent;  // empty: nobody acts for the resident
};

Texts split(std::string_view all) {
  std::array<std::string_view, 8> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = std::min(all.find(kBetween), all.size());
    part = all.substr(0, end);
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return {{parts[0], parts[1], parts[2]}, parts[3], parts[4], {parts[5], parts[6], parts[7]}};
}

std::string digits_of(std::string_view text) {
  std::string digits(text);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  return digits;
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

// The letters by which one character of a name may be asked for; 0: none, such as ·.
std::uint32_t letters_of(char32_t c) {
  if (is_letter(c)) return std::uint32_t{1} << ((c | 0x20U) - U'a');
  return pinyin_initials(c);
}

// The next character of valid UTF-8, taken off its front.
char32_t take(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  char32_t point = size == 1 ? lead : lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size && i < text.size(); ++i) {
    point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  }
  text.remove_prefix(std::min(size, text.size()));
  return point;
}

bool begins_with_letters(std::string_view name, std::string_view letters) {
  for (const char letter : letters) {
    std::uint32_t found = 0;
    while (found == 0 && !name.empty()) found = letters_of(take(name));
    if ((found & (std::uint32_t{1} << (letter - 'a'))) == 0) return false;
  }
  return true;
}

bool has_letters(std::string_view name, std::string_view letters) {
  while (!name.empty()) {
    if (begins_with_letters(name, letters)) return true;
    take(name);
  }
  return false;
}

bool is_person(const PersonTexts& person, const SearchText& wanted) {
  const std::string_view text = wanted.text;
  const bool four = text.size() == 4;
  switch (wanted.kind) {
    case Kind::Nothing:
    case Kind::Number: return false;
    case Kind::Letters: return has_letters(person.name, text);
    case Kind::Name: return person.name.find(text) != std::string_view::npos;
    case Kind::Digits:
      return person.document == text ||
             (four && (person.phone_tail == text || person.document.ends_with(text)));
    case Kind::Mixed: return person.document == text || (four && person.document.ends_with(text));
    case Kind::Document: return person.document == text;
    case Kind::PhoneTail: return person.phone_tail == text;
  }
  return false;
}

// Who acts for somebody comes in their place, and is found by their own card, phone or name.
bool matches(std::string_view all, const SearchText& wanted) {
  if (wanted.kind == Kind::Nothing) return true;
  const Texts has = split(all);
  if (is_person(has.resident, wanted) || is_person(has.agent, wanted)) return true;
  switch (wanted.kind) {
    case Kind::Digits: return has.number.ends_with(wanted.text);
    case Kind::Mixed: return has.ticket == wanted.text;
    case Kind::Number: return has.number == wanted.text;
    default: return false;
  }
}

bool uncertain(Life life) {
  return life == Life::Waitlisted || life == Life::Tentative || life == Life::CounterOffered;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return text;
}

}  // namespace

SearchText search_text(std::string_view typed) {
  std::string folded = fold_number(typed);
  if (folded.empty()) return {};
  if (all_digits(folded)) return {Kind::Digits, std::move(folded)};
  const auto is_alnum = [](char c) {
    return (c >= '0' && c <= '9') || is_letter(static_cast<unsigned char>(c));
  };
  if (std::all_of(folded.begin(), folded.end(),
                  [](char c) { return is_letter(static_cast<unsigned char>(c)); })) {
    return {Kind::Letters, lower(std::move(folded))};
  }
  if (std::all_of(folded.begin(), folded.end(), is_alnum)) return {Kind::Mixed, std::move(folded)};
  auto name = parse_person_name(typed);
  return {Kind::Name, name ? std::move(*name) : std::string(typed)};
}

bool before(const SearchPlace& a, const SearchPlace& b) {
  if (a.day != b.day) return a.day > b.day;
  return std::tie(a.window, a.dot) < std::tie(b.window, b.dot);
}

std::uint32_t SearchIndex::number_of(const StreamId& stream) {
  const auto [at, fresh] =
      numbers_.try_emplace(stream, static_cast<std::uint32_t>(streams_.size()));
  if (fresh) {
    streams_.push_back(stream);
    entries_.emplace_back();
  }
  return at->second;
}

SearchIndex::Key SearchIndex::key_of(const crdt::Dot& dot) {
  return (Key{number_of(dot.stream)} << (kSeqBits + kOpBits)) | (dot.seq << kOpBits) | dot.op;
}

crdt::Dot SearchIndex::dot_of(Key key) const {
  return {streams_[key >> (kSeqBits + kOpBits)], (key >> kOpBits) & crdt::kSeqMax,
          static_cast<std::uint32_t>(key & (crdt::kOpsPerChangeMax - 1))};
}

void SearchIndex::put(const SearchRecord& record) {
  Entry entry;
  entry.key = key_of(record.dot);
  const std::string digits = digits_of(record.number);
  for (const std::string_view text :
       {std::string_view(record.name), std::string_view(record.document),
        std::string_view(record.phone_tail), std::string_view(digits)}) {
    entry.texts.append(text) += kBetween;
  }
  entry.texts += record.ticket;
  if (!record.agent_name.empty()) {
    for (const std::string& text :
         {record.agent_name, record.agent_document, record.agent_phone_tail}) {
      (entry.texts += kBetween) += text;
    }
  }
  entry.texts.shrink_to_fit();
  for (const crdt::ChangeId& change : record.latest) {
    entry.latest.push_back(key_of({change.stream, change.seq, 0}));
  }
  entry.day = static_cast<std::int32_t>(record.day);
  entry.window = static_cast<std::int16_t>(record.window);
  entry.life = static_cast<std::uint8_t>(record.life);
  entry.problem = record.problem;
  auto& rows = entries_[entry.key >> (kSeqBits + kOpBits)];
  const auto at = std::lower_bound(rows.begin(), rows.end(), entry.key,
                                   [](const Entry& row, Key key) { return row.key < key; });
  if (at != rows.end() && at->key == entry.key) {
    *at = std::move(entry);
  } else {
    rows.insert(at, std::move(entry));
    ++size_;
  }
}

void SearchIndex::remove(const crdt::Dot& dot) {
  const Key key = key_of(dot);
  auto& rows = entries_[key >> (kSeqBits + kOpBits)];
  const auto at = std::lower_bound(rows.begin(), rows.end(), key,
                                   [](const Entry& row, Key wanted) { return row.key < wanted; });
  if (at == rows.end() || at->key != key) return;
  rows.erase(at);
  --size_;
}

bool SearchIndex::passes(const Entry& entry, const SearchQuestion& question,
                         const IsPending& pending) const {
  if (question.from && entry.day < *question.from) return false;
  if (question.to && entry.day > *question.to) return false;
  const auto life = static_cast<Life>(entry.life);
  const bool today = entry.day == question.today;
  switch (question.filter) {
    case SearchFilter::All: return true;
    case SearchFilter::Today: return today;
    case SearchFilter::ToCheckIn: return today && life == Life::Confirmed;
    case SearchFilter::Waitlist: return uncertain(life);
    case SearchFilter::Problems: return entry.problem;
    case SearchFilter::Pending:
      return std::any_of(entry.latest.begin(), entry.latest.end(),
                         [&](Key key) { return pending(dot_of(key).change()); });
  }
  return false;
}

SearchHits SearchIndex::find(const SearchQuestion& question, const IsPending& pending) const {
  SearchHits hits;
  for (const auto& rows : entries_) {
    for (const Entry& entry : rows) {
      if (!passes(entry, question, pending) || !matches(entry.texts, question.text)) continue;
      ++hits.total;
      SearchPlace place{entry.day, entry.window, dot_of(entry.key)};
      if (question.after && !before(*question.after, place)) continue;
      hits.places.push_back(place);
      // A heap of the page and one more: a question that finds everything takes no more room.
      std::push_heap(hits.places.begin(), hits.places.end(), before);
      if (hits.places.size() <= question.limit + 1) continue;
      std::pop_heap(hits.places.begin(), hits.places.end(), before);
      hits.places.pop_back();
    }
  }
  std::sort_heap(hits.places.begin(), hits.places.end(), before);
  hits.more = hits.places.size() > question.limit;
  if (hits.more) hits.places.pop_back();
  return hits;
}

}  // namespace yizhan::node
