// Record id: how a record is named to people and browsers.
//
// What        Lower-case base32 (RFC 4648, no padding) of stream id ‖ varint seq ‖ varint op.
// Invariants  parse(text(d)) == d; of two spellings of one dot only one is accepted.
// Units       At most 64 characters.
// Errors      NotFound, field "id": a text that no record can have.
// Source      design.md section 5 "API ids".
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "crdt/base/bytes.h"
#include "crdt/base/result.h"
#include "crdt/dot.h"

namespace yizhan::node {

std::string record_id(const crdt::Dot& dot);
Result<crdt::Dot> parse_record_id(std::string_view id);

// The same bytes without base32: how a field of one record names another.
Bytes record_bytes(const crdt::Dot& dot);
std::optional<crdt::Dot> record_from(ByteView bytes);

}  // namespace yizhan::node
