// State codec: entity state as bytes, canonical or local.
//
// What        The canonical form names changes by full stream id and is what the state root hashes;
//             the local form names them by the store's stream number and is what `ent.st` holds.
//             Both put the changes that the state mentions in one table first, so that a
//             field at its creation change costs two bytes beside its value.
// Invariants  I1  decode(encode(s)) == s in both forms; encode(decode(b)) == b.
//             I2  the canonical form of equal states is equal on every machine.
// Units       Bytes.
// Errors      BadFormat, LimitExceeded.
// Source      design.md section 5 "Digests per scope"; storage-notes.md (ent.st).
#pragma once
#include "crdt/base/hash.h"
#include "crdt/codec/reader.h"
#include "crdt/codec/writer.h"
#include "crdt/entity_state.h"

namespace yizhan::crdt {

// How a stream is written inside a state. The canonical naming writes its 16 bytes.
class StreamNaming {
 public:
  virtual ~StreamNaming() = default;
  virtual void put_stream(Writer& out, StreamId stream) = 0;
  virtual StreamId get_stream(Reader& in) = 0;
};
class CanonicalNaming final : public StreamNaming {
 public:
  void put_stream(Writer& out, StreamId stream) override;
  StreamId get_stream(Reader& in) override;
};

void encode_state(Bytes& out, const EntityState& state, StreamNaming& naming);
Result<EntityState> decode_state(ByteView bytes, StreamNaming& naming);

// The 12-byte permanent mark of a deleted entity.
using Grave = std::array<std::uint8_t, 12>;
Grave grave_of(const Dot& entity);

// State root of one scope: fed with every entity in dot order, finished once. It leaves out
// `killed`: which dots are still awaited is a matter of arrival, and says nothing of the record. An
// entity that holds nothing but awaited dots counts like any other.
class StateRoot {
 public:
  StateRoot();
  void add(const Dot& entity, const EntityState& state);  // REQUIRES: greater than the last
  Hash32 finish();

 private:
  Hasher hasher_;
  Bytes scratch_;
  CanonicalNaming naming_;
};

}  // namespace yizhan::crdt
