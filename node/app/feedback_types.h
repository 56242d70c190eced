// Feedback types: what people say of the service, as plain values.
//
// What        The requests and answers of node/app/feedback_service.h.
// Invariants  I1  nothing that is told says who rated, or who complained.
//             I2  what is not known or never was is absent.
// Units       As in node/app/service_types.h; windows are numbers of counters, from 1 to 99.
// Errors      none: values only.
// Source      ux.md W6 and W7; domain.md 4.3, 4.4 and 8.2.
#pragma once
#include <array>

#include "node/app/service_types.h"

namespace yizhan::node {

// --- evaluations --------------------------------------------------------------------------------

constexpr std::int64_t kLevelMax = 5;  // 非常满意; 1 非常不满意; 0: the person chose not to rate

struct NewEvaluation {  // by the tablet's invitation, or by the code of the slip
  std::string visit;
  std::string invitation;
  std::string code;
  std::int64_t level = 0;
  std::vector<std::string> reasons;  // node/policy/evaluation_reasons.h; of levels 1 and 2
  std::string text;                  // may be empty
};

struct Evaluated {
  std::string visit;
  WallMs editable_until;
};

// A wrong or too early code is an answer, not an Error: the caller shows how long to wait.
struct EvaluationVerdict {
  std::optional<Evaluated> evaluated;  // absent: the code was wrong, or it was too early for a try
  bool waiting = false;                // refused without a try, because the delay is not over
  std::int64_t retry_after_s = 0;
};

// What the tablet of a window may take an evaluation with.
struct EvalInvitation {
  std::string visit;
  std::string invitation;  // 32 hex digits: what the tablet answers with
  WallMs until;
};

struct EvaluationSummary {
  std::string date;
  std::array<std::int64_t, kLevelMax + 1> levels{};  // by level
  std::int64_t rated = 0;
  std::int64_t unrated = 0;
  std::int64_t declined = 0;
};

// --- complaints ---------------------------------------------------------------------------------

// Wire numbers: never reuse one.
enum class ComplaintAbout : std::uint8_t { Service = 1, Staff, Wait, Facility, Other };
enum class ComplaintFact : std::uint8_t { Refusal = 1, Delay, Attitude, Absence, Demand, Other };

struct NewComplaint {
  ComplaintAbout about = ComplaintAbout::Service;
  ComplaintFact fact = ComplaintFact::Other;
  WallMs occurred_at;
  std::string text;
  std::string wish;  // may be empty
  bool anonymous = false;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::int64_t> window;
};

struct ComplaintReceipt {
  std::string id;
  std::string number;  // printed
  WallMs at;
  Rung rung = Rung::Saved;
};

struct ComplaintRow {
  ComplaintReceipt receipt;
  ComplaintAbout about = ComplaintAbout::Service;
  ComplaintFact fact = ComplaintFact::Other;
  WallMs occurred_at;
  bool anonymous = false;
  std::string station;  // division path
};

struct ComplaintQuery {
  std::string after;  // `next` of the page before; empty: from the newest
  std::int64_t limit = 50;
};

struct ComplaintPage {  // newest first
  std::vector<ComplaintRow> rows;
  std::string next;  // empty: this was the last page
};

}  // namespace yizhan::node
