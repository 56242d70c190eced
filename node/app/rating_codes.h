// Rating codes: what lets a person rate one visit, and nothing else.
//
// What        The invitation that the tablet of a window shows its page for a minute, and the code
//             on the slip. Both are made from the visit and a key of this node. Nothing of them is
//             kept but, once a code is printed, its hash on the visit: whoever has the record can
//             tell a right code, and nobody can tell the code from the record.
// Invariants  I1  without the key neither is told by the visit, nor one by the other.
//             I2  a visit has the same code on every copy of its slips.
//             I3  case, spaces, hyphens and the mark of a scanned code (YZ1:) do not matter.
// Units       invitation: 32 hex digits. code: 12 of A-Z and 2-9 without look-alikes, 59 bits.
// Errors      none.
// Source      ux.md W7 (the slip keeps the right to evaluate later); design.md section 4.
#pragma once
#include <string>
#include <string_view>

#include "crdt/base/ids.h"
#include "crdt/dot.h"

namespace yizhan::node {

struct RatingKey {
  Hash32 bytes{};
};
RatingKey rating_key(const Hash32& secret);  // apart from every other use of that secret

std::string invitation_of(const RatingKey& key, const crdt::Dot& visit);
std::string rating_code(const RatingKey& key, const crdt::Dot& visit);

Id16 rating_token(std::string_view code);   // what is kept of it
std::int64_t token_number(ByteView token);  // its first 63 bits, by which it is found

}  // namespace yizhan::node
