// Value: what a register or set holds.
//
// What        Nothing, a whole number, text, bytes, or a reference to a personal field, which
//             stands encrypted in a blob of the change that wrote it.
// Invariants  Ordered and comparable bytewise; no floating point anywhere.
// Units       Text is UTF-8. Limits are those of the operation that carries the value.
// Errors      none.
// Source      design.md sections 4 and 5.
#pragma once
#include <compare>
#include <string>
#include <variant>

#include "crdt/dot.h"

namespace yizhan::crdt {

// Field `index` of the array encrypted in blob number `blob` of the change that wrote the value.
struct PersonalRef {
  std::uint8_t blob = 0;
  std::uint8_t index = 0;
  friend auto operator<=>(const PersonalRef&, const PersonalRef&) = default;
};

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes, PersonalRef>;

// One AEAD ciphertext: the personal fields of one person in one change. `key` is the dot of the
// change and blob that first used the data key; `salt` keeps the nonces of clones apart.
struct SealedBlob {
  Dot key;
  std::array<std::uint8_t, 8> salt{};
  Bytes ciphertext;
  friend auto operator<=>(const SealedBlob&, const SealedBlob&) = default;
};

}  // namespace yizhan::crdt
