// Parts: the few encodings that many structures of sync/ share.
//
// What        Fixed-size byte strings, divisions, scopes and vector entries inside canonical
//             arrays; and the end of a decoder: the value, or the reader's error.
// Invariants  Equal values give equal bytes; other bytes are refused.
// Errors      Kept in the reader (crdt/codec/reader.h).
// Not here    What the structures mean: their own headers.
// Source      docs/protocol.md "Names and keys".
#pragma once
#include <algorithm>

#include "crdt/codec/reader.h"
#include "crdt/codec/writer.h"
#include "sync/keyring.h"
#include "sync/receipt.h"
#include "sync/scope.h"

namespace yizhan::sync {

template <std::size_t N>
std::array<std::uint8_t, N> get_fixed(crdt::Reader& in) {
  std::array<std::uint8_t, N> out{};
  const ByteView raw = in.bin();
  if (raw.size() == N) {
    std::memcpy(out.data(), raw.data(), N);
  } else {
    in.reject("byte string has the wrong length");
  }
  return out;
}

// A bin of at most `limit` bytes, copied.
Bytes get_bytes(crdt::Reader& in, std::size_t limit);
// The count of the array that starts here; refused beyond `limit`.
std::size_t get_count(crdt::Reader& in, std::size_t limit);
std::uint64_t get_seq(crdt::Reader& in);  // 1 to crdt::kSeqMax

void put_division(crdt::Writer& out, const Division& division);  // its text
Division get_division(crdt::Reader& in);
void put_scope(crdt::Writer& out, const Scope& scope);  // [division, class]
Scope get_scope(crdt::Reader& in);
Bytes encode(const Scope& scope);

void put_key_row(crdt::Writer& out, const KeyRow& row);  // in keyring.cpp
KeyRow get_key_row(crdt::Reader& in);

// [[stream, seq, tag]...], ascending by stream, one entry a stream.
void put_entries(crdt::Writer& out, std::vector<VectorEntry> entries);
std::vector<VectorEntry> get_entries(crdt::Reader& in, std::size_t limit);

// `prefix` then `canonical`: what a signature of that purpose covers.
Bytes signed_bytes(std::string_view prefix, ByteView canonical);

template <class Items, class Less>
bool strictly_ascending(const Items& items, Less less) {
  return std::adjacent_find(items.begin(), items.end(), [&](const auto& a, const auto& b) {
           return !less(a, b);
         }) == items.end();
}
template <class Items>
bool strictly_ascending(const Items& items) {
  return strictly_ascending(items, [](const auto& a, const auto& b) { return a < b; });
}

template <class T>
Result<T> finished(const crdt::Reader& in, T value) {
  const Result<void> status = in.status();
  if (!status) return fail(status);
  return value;
}

}  // namespace yizhan::sync
