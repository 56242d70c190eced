#include "node/policy/person_document.h"

#include <algorithm>
#include <array>

#include "node/policy/china_time.h"
#include "node/policy/text_fold.h"

namespace yizhan::node {
namespace {

struct KindName {
  DocumentKind kind;
  const char* name;
};
constexpr std::array kKinds = {
    KindName{DocumentKind::ResidentId, "resident_id"},
    KindName{DocumentKind::HmtResidence, "hmt_residence"},
    KindName{DocumentKind::ForeignPermanent, "foreign_permanent"},
    KindName{DocumentKind::HmPermit, "hm_permit"},
    KindName{DocumentKind::TaiwanPermit, "taiwan_permit"},
    KindName{DocumentKind::Passport, "passport"},
    KindName{DocumentKind::Other, "other"},
};

constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCheckDigits = "10X98765432";
constexpr std::size_t kOtherCharsMax = 32;

tl::unexpected<Error> refuse(const char* why) {
  return fail(Errc::BadFormat, why, "document.number");
}

bool upper_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool check_digit_right(std::string_view number) {
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (number[i] - '0') * kWeights[i];
  return number[17] == kCheckDigits[static_cast<std::size_t>(sum % 11)];
}

bool born(std::string_view yyyymmdd, std::int64_t today) {
  std::string text(yyyymmdd);
  text.insert(6, "-").insert(4, "-");
  const auto day = parse_date(text);
  return day && *day <= today;
}

// The 18 characters that all citizens' and residence numbers share.
Result<std::string> eighteen(std::string number, std::int64_t today) {
  if (number.size() == 15 && all_digits(number)) return refuse("old_15_digits");
  if (number.size() != 18) return refuse("length");
  if (!all_digits(std::string_view(number).substr(0, 17))) return refuse("characters");
  if (!check_digit_right(number)) return refuse("check_digit");
  if (!born(std::string_view(number).substr(6, 8), today)) return refuse("birth_date");
  return number;
}

Result<std::string> resident_id(std::string number, std::int64_t today) {
  const bool region = !number.empty() && number.front() >= '1' && number.front() <= '8';
  if (number.size() == 18 && !region) return refuse("first_digit");
  return eighteen(std::move(number), today);
}

Result<std::string> hmt_residence(std::string number, std::int64_t today) {
  const bool region =
      number.starts_with("810000") || number.starts_with("820000") || number.starts_with("830000");
  if (number.size() == 18 && !region) return refuse("region");
  return eighteen(std::move(number), today);
}

Result<std::string> foreign_permanent(std::string number, std::int64_t today) {
  if (number.size() == 15) {
    const bool letters = std::all_of(number.begin(), number.begin() + 3,
                                     [](char c) { return c >= 'A' && c <= 'Z'; });
    if (letters && all_digits(std::string_view(number).substr(3))) return number;
    return refuse("characters");
  }
  if (number.size() == 18 && number.front() != '9') return refuse("first_digit");
  return eighteen(std::move(number), today);
}

Result<std::string> hm_permit(std::string number) {
  const bool length = number.size() == 9 || number.size() == 11;
  const bool letter = !number.empty() && (number.front() == 'H' || number.front() == 'M');
  if (!length) return refuse("length");
  if (!letter || !all_digits(std::string_view(number).substr(1))) return refuse("characters");
  return number;
}

Result<std::string> taiwan_permit(std::string number) {
  if (number.size() == 8 && all_digits(number)) return number;
  if (number.size() != 10 && number.size() != 11) return refuse("length");
  if (!all_digits(std::string_view(number).substr(0, 10))) return refuse("characters");
  if (number.size() == 11 && (number[10] < 'A' || number[10] > 'Z')) return refuse("characters");
  return number;
}

Result<std::string> passport(std::string number) {
  if (number.size() < 5 || number.size() > 20) return refuse("length");
  if (!std::all_of(number.begin(), number.end(), upper_or_digit)) return refuse("characters");
  return number;
}

// Household register, birth certificate, officer's card: no rule is known, so nothing is folded.
Result<std::string> other(std::string_view number) {
  const std::size_t length = code_points(number).size();
  if (length == 0 || length > kOtherCharsMax) return refuse("length");
  return std::string(number);
}

}  // namespace

Result<DocumentKind> parse_document_kind(std::string_view name) {
  for (const KindName& row : kKinds) {
    if (name == row.name) return row.kind;
  }
  return fail(Errc::BadFormat, "unknown kind of document", "document.kind");
}

const char* name(DocumentKind kind) {
  for (const KindName& row : kKinds) {
    if (kind == row.kind) return row.name;
  }
  return "other";
}

Result<std::string> parse_document(DocumentKind kind, std::string_view number, std::int64_t today) {
  std::string folded = fold_number(number);
  switch (kind) {
    case DocumentKind::ResidentId: return resident_id(std::move(folded), today);
    case DocumentKind::HmtResidence: return hmt_residence(std::move(folded), today);
    case DocumentKind::ForeignPermanent: return foreign_permanent(std::move(folded), today);
    case DocumentKind::HmPermit: return hm_permit(std::move(folded));
    case DocumentKind::TaiwanPermit: return taiwan_permit(std::move(folded));
    case DocumentKind::Passport: return passport(std::move(folded));
    case DocumentKind::Other: return other(number);
  }
  return refuse("kind");
}

}  // namespace yizhan::node
