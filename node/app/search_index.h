// Search index: what records are found by, in memory.
//
// What        One entry a record: the texts that people and scanners ask with, and what lists are
//             filtered and ordered by. A scan of all entries answers every question.
// Invariants  I1  nothing of it is ever written anywhere: it is built anew at each start.
//             I2  an entry takes at most 300 bytes with texts of usual lengths.
//             I3  pages do not repeat or leave out a record that stays as it is.
// Units       Days since 1970-01-01 and minutes of the day, China time.
// Errors      none.
// Not here    Decrypting, and who may see what: node/app/record_finder.h.
// Source      design.md section 8 ("searched in memory"); ux.md W3, W4.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crdt/dot.h"
#include "crdt/life.h"

namespace yizhan::node {

struct SearchRecord {
  crdt::Dot dot;
  std::string name;  // empty: does not open here
  std::string document;
  std::string phone_tail;
  std::string agent_name;  // of who acts for the person; empty: nobody
  std::string agent_document;
  std::string agent_phone_tail;
  std::string number;  // printed
  std::string ticket;
  std::int64_t day = 0;
  std::int64_t window = 0;
  crdt::Appointment life = crdt::Appointment::Submitted;
  bool problem = false;                // a person has to decide something
  std::vector<crdt::ChangeId> latest;  // of each own stream, the last live change on it
};

enum class SearchFilter : std::uint8_t { All, Today, ToCheckIn, Waitlist, Pending, Problems };

// What was typed or scanned, in one spelling.
struct SearchText {
  enum class Kind : std::uint8_t {
    Nothing,   // empty: finds all
    Letters,   // initials, or a part of a Latin name; lower case
    Digits,    // last digits of a printed number; a document; last four of a phone or document
    Mixed,     // a document, its last four, or a ticket; upper case
    Name,      // a part of a name
    Number,    // a whole printed number, as its digits
    Document,  // a whole document number
    PhoneTail
  };
  Kind kind = Kind::Nothing;
  std::string text;
};
SearchText search_text(std::string_view typed);

struct SearchPlace {  // where a record stands in a list: latest day first, then by window
  std::int64_t day = 0;
  std::int64_t window = 0;
  crdt::Dot dot;
  friend bool operator==(const SearchPlace&, const SearchPlace&) = default;
};
bool before(const SearchPlace& a, const SearchPlace& b);

struct SearchQuestion {
  SearchText text;
  SearchFilter filter = SearchFilter::All;
  std::int64_t today = 0;
  std::optional<std::int64_t> from;  // days, both inclusive
  std::optional<std::int64_t> to;
  std::optional<SearchPlace> after;
  std::size_t limit = 50;
};

struct SearchHits {
  std::vector<SearchPlace> places;
  bool more = false;
  std::int64_t total = 0;  // also those on other pages
};

class SearchIndex {
 public:
  using IsPending = std::function<bool(const crdt::ChangeId&)>;  // no other node holds it

  void put(const SearchRecord& record);
  void remove(const crdt::Dot& dot);
  SearchHits find(const SearchQuestion& question, const IsPending& pending) const;
  std::size_t size() const { return size_; }

 private:
  // Stream number, seq and op in 64 bits, as in the database.
  using Key = std::uint64_t;
  struct Entry {
    Key key = 0;
    std::string texts;  // name, document, phone tail, digits of the number, ticket; the agent's
    std::vector<Key> latest;
    std::int32_t day = 0;
    std::int16_t window = 0;
    std::uint8_t life = 0;
    bool problem = false;
  };
  std::uint32_t number_of(const StreamId& stream);
  Key key_of(const crdt::Dot& dot);
  crdt::Dot dot_of(Key key) const;
  bool passes(const Entry& entry, const SearchQuestion& question, const IsPending& pending) const;

  std::map<StreamId, std::uint32_t> numbers_;
  std::vector<StreamId> streams_;
  std::vector<std::vector<Entry>> entries_;  // by stream, then by key
  std::size_t size_ = 0;
};

}  // namespace yizhan::node
