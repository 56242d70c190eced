#include "node/http/feedback_json.h"

#include <algorithm>
#include <array>

#include "node/http/node_json.h"

namespace yizhan::node::http {
namespace {

constexpr TextRule kId{.min = 1, .max = 64, .shape = is_id};
constexpr TextRule kInvitation{.min = 32, .max = 32, .shape = is_seat};  // 32 hex digits
constexpr TextRule kCode{.min = 8, .max = 32};
constexpr TextRule kReason{.min = 1, .max = 32};
constexpr TextRule kSaid{.min = 0, .max = 500, .lines = true};
constexpr TextRule kComplaint{.min = 1, .max = 2000, .lines = true};
constexpr TextRule kPerson{.min = 1, .max = 64};
constexpr TextRule kPhone{.min = 5, .max = 20, .shape = is_phone};
constexpr std::size_t kReasonsMax = 8;
constexpr std::int64_t kWindowMax = 99;
constexpr std::int64_t kMomentMax = 4'102'444'800'000;  // 2100-01-01

constexpr std::array kAbouts = {"service", "staff", "wait", "facility", "other"};
constexpr std::array kFacts = {"refusal", "delay", "attitude", "absence", "demand", "other"};

// A wire number counts from 1.
template <class Kind, std::size_t size>
Kind kind_of(const std::array<const char*, size>& names, const std::string& name) {
  const auto* const found = std::find(names.begin(), names.end(), name);
  return static_cast<Kind>(found == names.end() ? 1 : found - names.begin() + 1);
}
template <class Kind, std::size_t size>
const char* name_in(const std::array<const char*, size>& names, Kind kind) {
  return names[(static_cast<std::size_t>(kind) - 1) % size];
}

// By the tablet's invitation or by the code of the slip, not both.
Result<void> check_way(const NewEvaluation& wish) {
  const bool tablet = !wish.visit.empty() || !wish.invitation.empty();
  if (!wish.code.empty()) {
    if (tablet) return fail(Errc::BadFormat, "stands beside an invitation", "code");
    return {};
  }
  if (wish.visit.empty()) return fail(Errc::BadFormat, "is missing", "visit");
  if (wish.invitation.empty()) return fail(Errc::BadFormat, "is missing", "invitation");
  return {};
}

void write_receipt(JsonWriter& json, const ComplaintReceipt& receipt) {
  json.text("id", receipt.id)
      .text("number", receipt.number)
      .number("at_ms", receipt.at.value)
      .text("rung", name_of(receipt.rung));
}

}  // namespace

std::string evaluated_json(const Evaluated& evaluated) {
  JsonWriter json;
  json.begin_object()
      .text("visit", evaluated.visit)
      .number("editable_until_ms", evaluated.editable_until.value)
      .end_object();
  return json.take();
}

std::string summary_json(const EvaluationSummary& summary) {
  JsonWriter json;
  json.begin_object().text("date", summary.date).key("levels").begin_object();
  for (const std::size_t level : {5U, 4U, 3U, 2U, 1U}) {
    json.number("l" + std::to_string(level), summary.levels[level]);
  }
  json.end_object()
      .number("rated", summary.rated)
      .number("unrated", summary.unrated)
      .number("declined", summary.declined)
      .end_object();
  return json.take();
}

std::string receipt_json(const ComplaintReceipt& receipt) {
  JsonWriter json;
  json.begin_object();
  write_receipt(json, receipt);
  json.end_object();
  return json.take();
}

std::string complaints_json(const ComplaintPage& page) {
  JsonWriter json;
  json.begin_object().key("complaints").begin_array();
  for (const ComplaintRow& row : page.rows) {
    json.begin_object();
    write_receipt(json, row.receipt);
    json.text("about", name_in(kAbouts, row.about))
        .text("fact", name_in(kFacts, row.fact))
        .number("occurred_at_ms", row.occurred_at.value)
        .boolean("anonymous", row.anonymous)
        .text("state", "registered")
        .text("station", row.station)
        .end_object();
  }
  json.end_array().key("next");
  page.next.empty() ? json.null() : json.text(page.next);
  json.end_object();
  return json.take();
}

Result<NewEvaluation> read_new_evaluation(Fields& fields) {
  NewEvaluation wish;
  wish.visit = fields.text_if_present("visit", kId).value_or("");
  wish.invitation = fields.text_if_present("invitation", kInvitation).value_or("");
  wish.code = fields.text_if_present("code", kCode).value_or("");
  wish.level = fields.number("level", 0, kLevelMax);
  if (fields.has("reasons")) wish.reasons = fields.texts("reasons", kReason, kReasonsMax);
  wish.text = fields.text_if_present("text", kSaid).value_or("");
  if (auto done = fields.finish(); !done) return fail(done);
  if (auto way = check_way(wish); !way) return fail(way);
  return wish;
}

Result<NewComplaint> read_new_complaint(Fields& fields) {
  NewComplaint wish;
  wish.about = kind_of<ComplaintAbout>(
      kAbouts, fields.one_of("about", {"service", "staff", "wait", "facility", "other"}));
  wish.fact = kind_of<ComplaintFact>(kFacts, fields.one_of("fact", {"refusal", "delay", "attitude",
                                                                    "absence", "demand", "other"}));
  wish.occurred_at = {fields.number("occurred_at_ms", 0, kMomentMax)};
  wish.text = fields.text("text", kComplaint);
  wish.wish = fields.text_if_present("wish", kSaid).value_or("");
  wish.anonymous = fields.flag_or("anonymous", false);
  wish.name = fields.text_if_present("name", kPerson);
  wish.phone = fields.text_if_present("phone", kPhone);
  wish.window = fields.number_if_present("window", 1, kWindowMax);
  if (auto done = fields.finish(); !done) return fail(done);
  return wish;
}

}  // namespace yizhan::node::http
