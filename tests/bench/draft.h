// Draft: a record of the workload as a use case would write it.
//
// Errors      must() throws std::runtime_error with the error's text.
#pragma once
#include <stdexcept>

#include "sync/draft.h"
#include "tests/bench/workload.h"

namespace yizhan::bench {

sync::Draft draft_of(const Insert& record, const sync::Scope& scope);
// A status is a move of the lifecycle, the clerk the change's staff, updated_at its stamp.
sync::Draft draft_of(const Update& update, const sync::Scope& scope, const crdt::Dot& record,
                     const crdt::EntityState& state);
std::int64_t day_of(const Insert& record);
std::int64_t day_of(const std::string& date);
std::int64_t minute_of(const std::string& slot);
crdt::LifeState life_of(const std::string& status);

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}
inline void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().detail);
}

}  // namespace yizhan::bench
