// Change codec: one shape, two spellings.
//
// What        The expanded form (full stream ids, absolute stamps) is what the chain hashes and
//             what the journal and the tail store; the wire form inside a segment replaces
//             dots, stamps and staff ids by indexes and deltas. Both are written by the same code
//             with another `Spelling`, so they cannot drift apart.
// Invariants  I1  decode(encode(c)) == c and encode(decode(b)) == b, in each spelling.
//             I2  vectors that must be sorted and free of duplicates are checked on decode.
// Units       Limits: kOpBytesMax, kChangeBytesMax, kOpsPerChangeMax, kBlobsPerChangeMax.
// Errors      BadFormat, LimitExceeded.
// Source      design.md section 5; docs/protocol.md has the grammar.
#pragma once
#include <functional>

#include "crdt/change.h"
#include "crdt/codec/reader.h"
#include "crdt/codec/writer.h"

namespace yizhan::crdt {

// How the parts of a change that may be abbreviated are written. `self` is the change they
// stand in.
class ChangeSpelling {
 public:
  virtual ~ChangeSpelling() = default;
  virtual void put_dot(Writer& out, const ChangeId& self, const Dot& dot) = 0;
  virtual void put_hlc(Writer& out, Hlc stamp) = 0;
  virtual void put_staff(Writer& out, StaffId staff) = 0;
};
class ChangeReading {
 public:
  virtual ~ChangeReading() = default;
  virtual Dot get_dot(Reader& in, const ChangeId& self) = 0;
  virtual Hlc get_hlc(Reader& in) = 0;
  virtual StaffId get_staff(Reader& in) = 0;
};

void encode_change(Writer& out, const Change& change, ChangeSpelling& spelling);
// Decodes the next change; the caller asks in.status() or in.ok().
Change decode_change(Reader& in, const ChangeId& id, ChangeReading& reading);

// The expanded form.
Bytes encode_expanded(const Change& change);
Result<Change> decode_expanded(ByteView bytes, const ChangeId& id);

// Visits every dot that a change refers to (entities, over lists, key dots).
void for_each_dot(const Change& change, const std::function<void(const Dot&)>& visit);

void put_full_dot(Writer& out, const Dot& dot);  // [stream, seq, op]
Dot get_full_dot(Reader& in);

void put_value(Writer& out, const Value& value);
Value get_value(Reader& in);

}  // namespace yizhan::crdt
