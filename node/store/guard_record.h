// Guard record: one statement of the guard, as bytes.
//
// What        What the node has committed and let out, and where the file stands that says so.
// Invariants  I1  one record has one encoding.
//             I2  what was not written whole, or was altered, is no record: the last before it is.
// Units       seq.
// Errors      none: what is damaged is not there.
// Source      docs/storage.md "The guard".
#pragma once
#include <map>
#include <optional>

#include "node/store/place.h"
#include "sync/store.h"

namespace yizhan::node {

struct GuardedStream {
  std::uint64_t committed = 0;
  std::uint64_t released = 0;  // sealed: may have left this machine
  friend bool operator==(const GuardedStream&, const GuardedStream&) = default;
};

struct GuardFacts {
  std::uint64_t nonce = 0;  // of the database
  std::uint64_t run = 0;    // of the start that wrote this
  sync::Epoch epoch;
  std::map<StreamId, GuardedStream> streams;  // of that epoch
  // Streams of earlier epochs whose end the database does not hold: others may.
  std::map<StreamId, std::uint64_t> awaited;
  friend bool operator==(const GuardFacts&, const GuardFacts&) = default;
};

struct GuardRecord {
  GuardFacts facts;
  Place place;  // of the file in which it stands
  friend bool operator==(const GuardRecord&, const GuardRecord&) = default;
};

Bytes encode(const GuardRecord& record, const sync::Secret32& key);
std::optional<GuardRecord> last_in(ByteView file, const sync::Secret32& key);

}  // namespace yizhan::node
