// Strong ids: mixing two of them fails to compile.
//
// What        The names of nodes, streams, networks and staff; each a fixed-size value.
// Invariants  Ordered bytewise, so that every container of ids has one order on all machines.
// Units       Bytes.
// Errors      none.
// Source      design.md sections 4 and 5.
#pragma once
#include <array>
#include <compare>
#include <cstdint>

#include "crdt/base/bytes.h"

namespace yizhan {

template <class Tag, class Rep>
struct Strong {
  Rep value{};
  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;
};

using Id16 = std::array<std::uint8_t, 16>;
using Hash32 = std::array<std::uint8_t, 32>;

using NetworkId = Strong<struct NetworkIdTag, Id16>;  // one city; hash of its root key
using NodeId = Strong<struct NodeIdTag, Id16>;        // BLAKE2b-128 of the node's Ed25519 key
using StreamId = Strong<struct StreamIdTag, Id16>;    // one node epoch in one scope
using StaffId = Strong<struct StaffIdTag, Id16>;      // a member of the roster; zero: the system
using Head = Strong<struct HeadTag, Hash32>;          // chain hash after one change

template <class Tag, std::size_t N>
ByteView view(const Strong<Tag, std::array<std::uint8_t, N>>& id) {
  return {id.value.data(), N};
}

// The id whose bytes are `bytes`; BadFormat when the length is not that of the id.
template <class Id>
Result<Id> id_from(ByteView bytes) {
  Id id;
  if (bytes.size() != id.value.size()) return fail(Errc::BadFormat, "id has the wrong length");
  std::memcpy(id.value.data(), bytes.data(), bytes.size());
  return id;
}

}  // namespace yizhan
