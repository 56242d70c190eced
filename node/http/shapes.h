// Shapes: what the short texts of the API look like (the patterns of docs/openapi.yaml).
//
// What        Predicates over the whole text; lengths are part of the shape.
// Errors      none.
#pragma once
#include <string_view>

namespace yizhan::node::http {

bool is_login(std::string_view s);            // [a-z0-9._-]{1,32}
bool is_date(std::string_view s);             // YYYY-MM-DD, digits only
bool is_window(std::string_view s);           // HH:MM
bool is_item_code(std::string_view s);        // [A-Za-z0-9-]{1,33}
bool is_id(std::string_view s);               // [a-z2-7]{1,64}
bool is_seat(std::string_view s);             // [0-9a-f]{32}
bool is_cursor(std::string_view s);           // [a-z0-9._-]{1,128}
bool is_revision(std::string_view s);         // [a-z0-9]{1,64}
bool is_phone(std::string_view s);            // [0-9 +-]{5,20}
bool is_one_time_code(std::string_view s);    // [A-Za-z2-7-]{16,19}
bool is_short_code(std::string_view s);       // [A-Za-z0-9-]{1,64}
bool is_hex(std::string_view s);              // [0-9a-f]{1,64}
bool is_division_path(std::string_view s);    // 1 to 5 codes of 2 to 12 digits
bool is_printable_ascii(std::string_view s);  // [!-~]+
bool is_any(std::string_view s);              // true: bounded by its length only

// Code points, when `s` is UTF-8 that holds no control character (but line feeds, when
// `lines`) and no character that reverses the reading order; otherwise npos.
constexpr std::size_t kNotPlain = static_cast<std::size_t>(-1);
std::size_t plain_length(std::string_view s, bool lines);

}  // namespace yizhan::node::http
