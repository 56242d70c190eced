// Recovery code: the paper that opens a node's backups when its machine is gone.
//
// What        160 random bits, written down once as nine groups of four characters, of which the
//             last group tells a slip of the pen. The key pair is made from the bits; the node
//             keeps the public half.
// Invariants  I1  parse(text(seed)) == seed, whatever the case, with or without hyphens and spaces;
//                 O is read as 0, I and L as 1: the alphabet has none of these.
//             I2  of all single slips of the pen one in a million passes.
// Units       Bytes.
// Errors      BadFormat (field "code"); the detail never holds the code. Storage errors.
// Source      design.md section 7 "Epochs"; Crockford's base 32.
#pragma once
#include "node/identity/node_files.h"

namespace yizhan::node {

using RecoverySeed = std::array<std::uint8_t, 20>;

std::string recovery_text(const RecoverySeed& seed);  // 0123-4567-89AB-CDEF-GHJK-MNPQ-…
Result<RecoverySeed> parse_recovery(std::string_view text);
sync::Secret32 recovery_secret(const RecoverySeed& seed);  // X25519

// A new code for the node of this folder: the backups made from now on open with it. Show it once.
Result<std::string> new_recovery(const NodeFiles& files, sync::Entropy& entropy);

}  // namespace yizhan::node
