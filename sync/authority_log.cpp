#include "sync/authority_log.h"

#include "sync/read_chain.h"

namespace yizhan::sync {

bool read_authority(const StoreView& store, const StreamRow& row, Membership& membership) {
  const auto read = read_chain(store, row, 1, [&](const ChainedChange& one) {
    for (std::size_t i = 0; i < one.change.ops.size(); ++i) {
      const auto* op = std::get_if<crdt::Opaque>(&one.change.ops[i].body);
      if (op == nullptr || !is_authority_op(op->kind)) continue;
      auto decoded = decode_authority_op(row.scope, row.author, one.change.dot(i), *op);
      if (decoded) membership.put(std::move(*decoded));
    }
    return true;
  });
  return read.has_value();
}

Quarantines stored_quarantines(const StoreView& store) {
  Membership membership{Key32{}};  // certificates are trusted as they are
  for (const Certificate& certificate : store.certificates()) membership.trust(certificate);
  for (const StreamRow& row : store.streams()) {
    if (row.scope.cls == ScopeClass::Auth) read_authority(store, row, membership);
  }
  return membership.standing().quarantines;
}

}  // namespace yizhan::sync
