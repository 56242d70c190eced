// Person documents: kinds of identity documents, and what makes a number one of them.
//
// What        Checks shape, check digit and birth date; gives the number in the one spelling under
//             which it is kept and compared.
// Invariants  I1  parse_document(kind, n) of its own result gives the same result.
//             I2  no error holds the number, nor a part of it.
//             I3  a right check digit does not prove that the person exists; a region that is not
//                 known is never a reason to refuse.
// Units       Days since 1970-01-01.
// Errors      BadFormat, field "document.kind" or "document.number"; the detail is a code.
// Source      domain.md 9.1 to 9.4: GB 11643-1999 (MOD 11-2).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "crdt/base/result.h"

namespace yizhan::node {

// Wire numbers: never reuse one.
enum class DocumentKind : std::uint8_t {
  ResidentId = 1,
  HmtResidence = 2,      // 港澳台居民居住证
  ForeignPermanent = 3,  // 外国人永久居留身份证
  HmPermit = 4,          // 港澳居民来往内地通行证
  TaiwanPermit = 5,      // 台湾居民来往大陆通行证
  Passport = 6,
  Other = 7
};

Result<DocumentKind> parse_document_kind(std::string_view name);  // as in docs/openapi.yaml
const char* name(DocumentKind kind);

// `today` bounds birth dates.
Result<std::string> parse_document(DocumentKind kind, std::string_view number, std::int64_t today);

}  // namespace yizhan::node
