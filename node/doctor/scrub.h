// Scrub: a line of a log without anything that may name a person or open something.
//
// What        Blots out runs of digits as long as a phone or document number, and runs of letters
//             and digits as long as a key, a ticket or a recovery code. The node writes none of
//             these; this is for what an operating system or a later version may add.
// Invariants  I1  no run of kDigitsMax digits, and none of kWordMax letters and digits, is left.
// Errors      none.
// Source      reliability.md T1; node/runtime/log.h.
#pragma once
#include <string>
#include <string_view>

namespace yizhan::node {

constexpr std::size_t kDigitsMax = 11;  // a phone number
constexpr std::size_t kWordMax = 40;    // ids of nodes have 32, keys 64

std::string scrubbed(std::string_view line);

}  // namespace yizhan::node
