// Authority log: membership from the stored operations of the `auth` scopes.
//
// Errors      False: a stream could not be read to its end; what could be read is in.
// Source      design.md section 4.
#pragma once
#include "sync/membership.h"
#include "sync/store.h"

namespace yizhan::sync {

bool read_authority(const StoreView& store, const StreamRow& row, Membership& membership);
// By the certificates that the store knows to stand.
Quarantines stored_quarantines(const StoreView& store);

}  // namespace yizhan::sync
