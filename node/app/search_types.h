// Search types: what is asked of the records of a node, and the masked rows it is told.
//
// What        The requests and answers of search and lookup in node/app/records_service.h.
// Invariants  A row is masked; the record itself is read by its id.
// Units       Dates "YYYY-MM-DD" and windows "HH:MM" in China time.
// Errors      none: values only.
// Source      ux.md W3 and W4.
#pragma once
#include "node/app/search_index.h"
#include "node/app/service_types.h"
#include "node/policy/policy.h"

namespace yizhan::node {

struct RecordRow {
  std::string id;
  std::string number;
  std::string item;
  std::string date;
  std::string window;
  std::string masked_name;
  std::optional<std::string> masked_agent;  // who acts for them
  std::string phone_tail;
  crdt::Appointment life = crdt::Appointment::Submitted;
  std::optional<crdt::Visit> visit_state;  // once the person has come
  std::string ticket;                      // empty: has not come
  Rung rung = Rung::Saved;
  std::uint8_t tasks = 0;  // crdt::LifeTask bits
  std::string station;     // division path
  std::optional<Period> period;
};

struct RecordQuery {
  std::string text;
  SearchFilter filter = SearchFilter::All;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::string after;  // `next` of the page before; empty: from the start
  std::int64_t limit = 50;
};

struct RecordPage {
  std::vector<RecordRow> rows;
  std::string next;  // empty: this was the last page
  std::int64_t total = 0;
};

struct LookupQuestion {
  std::string text;
  std::optional<std::string> date;  // only of this day
  // Whoever came may be meant: of today and of this station, whatever `date` says.
  bool arriving = false;
};

struct Lookup {
  enum class Kind : std::uint8_t { None, Number, Document, PhoneTail, Name };
  Kind kind = Kind::None;  // as what the text was understood
  std::vector<RecordRow> matches;
  bool bad_code = false;  // of another system, or damaged
  // The station where the appointment is, when that is not this one: its name, else its code.
  std::string elsewhere;
};

}  // namespace yizhan::node
