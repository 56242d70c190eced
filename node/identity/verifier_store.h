// Verifier store: what one node keeps of each member of staff's secret.
//
// What        A small port over a table that never replicates.
// Invariants  I1  save replaces the row. It may join the open transaction of the store: whoever
//                 runs the desk commits before it lets a hash run or gives an answer.
// Errors      StorageIo, StorageFull, StorageCorrupt.
// Source      design.md section 13 (staff); reliability.md D9.
#pragma once
#include <optional>

#include "crdt/base/time.h"
#include "node/identity/secret_hash.h"
#include "node/identity/throttle.h"

namespace yizhan::node {

struct OneTimeCode {
  Hash32 hash{};
  WallMs expires_at;
  friend bool operator==(const OneTimeCode&, const OneTimeCode&) = default;
};

struct Verifier {
  std::optional<SecretHash> secret;
  std::optional<OneTimeCode> code;  // removed when used
  Failures failures;
  friend bool operator==(const Verifier&, const Verifier&) = default;
};

class VerifierStore {
 public:
  virtual ~VerifierStore() = default;
  virtual Result<std::optional<Verifier>> find(StaffId staff) = 0;
  virtual Result<void> save(StaffId staff, const Verifier& verifier) = 0;
};

}  // namespace yizhan::node
