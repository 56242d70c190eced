// A verifier store in memory that counts its saves and can be made to fail.
#pragma once
#include <map>

#include "node/identity/verifier_store.h"

namespace yizhan::node {

class MemoryVerifierStore : public VerifierStore {
 public:
  Result<std::optional<Verifier>> find(StaffId staff) override {
    auto it = rows.find(staff);
    if (it == rows.end()) return std::optional<Verifier>{};
    return std::optional<Verifier>{it->second};
  }
  Result<void> save(StaffId staff, const Verifier& verifier) override {
    if (full) return fail(Errc::StorageFull, "test: disk full");
    rows[staff] = verifier;
    ++saves;
    return {};
  }

  std::map<StaffId, Verifier> rows;
  int saves = 0;
  bool full = false;
};

}  // namespace yizhan::node
