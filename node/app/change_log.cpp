#include "node/app/change_log.h"

#include <algorithm>

namespace yizhan::node {

Result<const crdt::Change*> ChangeLog::at(const crdt::ChangeId& id) {
  if (const auto known = read_.find(id); known != read_.end()) return &known->second;
  const auto stream = std::find_if(streams_.begin(), streams_.end(),
                                   [&](const sync::StreamRow& row) { return row.id == id.stream; });
  const auto none = fail(Errc::Gap, "the change is not here");
  if (stream == streams_.end()) return none;
  std::optional<crdt::Change> found;
  const auto read = reads_.changes(*stream, id.seq, [&](const crdt::Change& change) {
    if (change.id == id) found = change;
    return false;
  });
  if (!read) return fail(read);
  if (!found) return none;
  return &read_.emplace(id, std::move(*found)).first->second;
}

}  // namespace yizhan::node
