// Problem: every refusal and failure, said so that a clerk knows what to do next.
//
// What        application/problem+json {type, title, title_en, status, code, detail, field, hint,
//             hint_en}. Title and hint are for staff; detail is English, for operators.
// Invariants  I1  the value at fault is never repeated.
//             I2  the hint says whether anything was saved, where that is in doubt.
// Errors      none.
// Source      RFC 9457; ux.md rule 8.
#pragma once
#include "crdt/base/result.h"
#include "node/http/message.h"

namespace yizhan::node::http {

int status_of(const Error& error);
const char* reason_of(int status);

Response problem(const Error& error);
Response problem(const Error& error, int status);
// 429 with Retry-After; for sign-ins that have to wait.
Response problem_wait(const Error& error, int status, std::int64_t retry_after_s);

}  // namespace yizhan::node::http
