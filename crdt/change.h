// Change and operation: what one user action wrote in one scope.
//
// What        A change is atomic and carries one to kOpsPerChangeMax operations; an operation
//             names its entity by creation dot. Operations of unknown kinds keep their payload
//             as bytes: they are stored, chained and relayed, and applied after an upgrade.
// Invariants  I1  the operations of a change share its stream, seq and stamp.
//             I2  Op::dot of operation i of a change is (stream, seq, i).
// Units       See each field.
// Errors      none; limits are enforced by the codec.
// Source      design.md section 5.
#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "crdt/hlc.h"
#include "crdt/value.h"

namespace yizhan::crdt {

using FieldId = std::uint16_t;
using RecordKind = std::uint16_t;
using LifeState = std::uint16_t;

constexpr std::size_t kOpBytesMax = 16 * 1024;
constexpr std::size_t kChangeBytesMax = 32 * 1024;
constexpr std::int64_t kBusinessMaxMs = std::int64_t{1} << 50;  // either way
constexpr std::size_t kBlobsPerChangeMax = 8;
constexpr std::uint16_t kSchema = 1;  // the newest record schema this program writes

// Wire numbers: never reuse one.
enum class OpKind : std::uint16_t {
  EntNew = 1,
  RegSet = 2,
  LifeTo = 3,
  SetAdd = 4,
  SetRem = 5,
  CntInc = 6,
  EntDel = 7,
  EpochOpen = 16,  // control operations: payload decoded in sync/
  CertIssue = 17,
  ScopeKey = 18,
  Revoke = 19,
  Quarantine = 20
};

// Creates the entity named by this operation's own dot.
struct EntNew {
  RecordKind kind = 0;
  friend auto operator<=>(const EntNew&, const EntNew&) = default;
};
// Writes fields of a multi-value register; each lists the siblings its writer saw and replaces.
struct Assign {
  FieldId field = 0;
  Value value;
  std::vector<Dot> over;  // sorted, no duplicates
  friend auto operator<=>(const Assign&, const Assign&) = default;
};
struct RegSet {
  std::vector<Assign> assigns;  // sorted by field, one per field
  friend auto operator<=>(const RegSet&, const RegSet&) = default;
};
// Moves the lifecycle; lists the heads its writer saw and replaces.
struct LifeTo {
  LifeState state = 0;
  std::vector<Dot> over;  // sorted, no duplicates
  friend auto operator<=>(const LifeTo&, const LifeTo&) = default;
};
struct SetAdd {
  FieldId field = 0;
  Value element;
  friend auto operator<=>(const SetAdd&, const SetAdd&) = default;
};
struct SetRem {
  FieldId field = 0;
  std::vector<Dot> adds;  // sorted, no duplicates
  friend auto operator<=>(const SetRem&, const SetRem&) = default;
};
struct CntInc {
  FieldId field = 0;
  std::int64_t delta = 0;
  friend auto operator<=>(const CntInc&, const CntInc&) = default;
};
// Final. `seen` are the live dots its author saw: what stood beside it unseen becomes a task.
struct EntDel {
  std::vector<Dot> seen;  // sorted, no duplicates
  friend auto operator<=>(const EntDel&, const EntDel&) = default;
};
// Control operations and operations of kinds this program does not know.
struct Opaque {
  std::uint16_t kind = 0;
  Bytes payload;
  friend auto operator<=>(const Opaque&, const Opaque&) = default;
};

using OpBody = std::variant<EntNew, RegSet, LifeTo, SetAdd, SetRem, CntInc, EntDel, Opaque>;

struct Op {
  Dot entity;  // creation dot; for EntNew and Opaque without an entity: the operation's own dot
  OpBody body;
  friend auto operator<=>(const Op&, const Op&) = default;
};

struct Change {
  ChangeId id;  // not encoded: position in the stream says it
  Hlc hlc;
  StaffId staff;             // who acted; zero: the system itself
  std::uint32_t policy = 0;  // policy version it was made under
  std::uint16_t schema = kSchema;
  std::uint64_t idempotency = 0;  // BLAKE2b-64(principal, Idempotency-Key); 0: none
  std::int64_t business_ms = 0;   // when it happened minus the stamp's wall time; mostly 0
  bool clock_suspect = false;     // written while nobody could tell this node the time
  std::vector<SealedBlob> blobs;
  std::vector<Op> ops;
  friend bool operator==(const Change&, const Change&) = default;

  Dot dot(std::size_t op) const { return {id.stream, id.seq, static_cast<std::uint32_t>(op)}; }
};

// False for control operations, and for one that creates an entity under another's name.
inline bool takes_effect(const Change& change, std::size_t index) {
  const Op& op = change.ops[index];
  if (std::holds_alternative<EntNew>(op.body)) return op.entity == change.dot(index);
  return !std::holds_alternative<Opaque>(op.body);
}

}  // namespace yizhan::crdt
