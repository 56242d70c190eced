#include "tests/storage/ledger.h"

#include <algorithm>

#include "crdt/base/check.h"
#include "crdt/codec/change_codec.h"
#include "crdt/codec/state_codec.h"
#include "node/store/replay.h"

namespace yizhan::storage {
namespace {
constexpr std::int64_t kSecondCopyMs = 1000;  // journal and guard stand on the disk by then
}

Mark Ledger::mark(std::int64_t now, std::int64_t done_until,
                  std::map<StreamId, std::uint64_t> released) const {
  const auto recent = std::upper_bound(times_.begin(), times_.end(), done_until - kSecondCopyMs);
  return {times_.size(), static_cast<std::size_t>(recent - times_.begin()), changes_.size(),
          std::move(released), now};
}

std::string root_of(const std::vector<const sync::JournalChange*>& changes) {
  node::Changes streams;
  for (const sync::JournalChange* one : changes) {
    auto change = crdt::decode_expanded(one->expanded, {one->stream, one->seq});
    YZ_CHECK(change.has_value());
    streams[one->stream].push_back(std::move(*change));
  }
  crdt::StateRoot root;
  for (const auto& [dot, state] : node::replay(streams)) root.add(dot, state);
  return to_hex(root.finish());
}

}  // namespace yizhan::storage
