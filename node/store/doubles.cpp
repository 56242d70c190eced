#include "node/store/doubles.h"

#include <algorithm>
#include <tuple>

#include "sync/read_chain.h"

namespace yizhan::node {
namespace {

// Of all streams of one epoch.
struct Life {
  crdt::Hlc begun{UINT64_MAX};
  crdt::Hlc last;
};
using Lives = std::map<sync::Epoch, Life>;

Result<crdt::Hlc> stamp_at(const SqliteStore& store, const sync::StreamRow& row,
                           std::uint64_t seq) {
  crdt::Hlc stamp;
  const auto read = read_chain(store, row, seq, [&stamp](const sync::ChainedChange& one) {
    stamp = one.change.hlc;
    return false;
  });
  if (!read) return fail(read);
  return stamp;
}

Result<void> add(const SqliteStore& store, const sync::StreamRow& row, WallMs now, Lives& lives) {
  const auto begun = stamp_at(store, row, 1);
  if (!begun) return fail(begun);
  const auto last = stamp_at(store, row, row.seq);
  if (!last) return fail(last);
  Life& life = lives[row.epoch];
  if (!crdt::is_ahead(*begun, now)) life.begun = std::min(life.begun, *begun);
  if (!crdt::is_ahead(*last, now)) life.last = std::max(life.last, *last);
  return {};
}

// The last stamp that only a second machine can have written; 0: none.
crdt::Hlc shown_by(const Lives& lives) {
  crdt::Hlc seen;
  for (auto one = lives.begin(); one != lives.end(); ++one) {
    for (auto other = std::next(one); other != lives.end(); ++other) {
      const auto& [first, second] = one->second.begun < other->second.begun
                                        ? std::tie(one->second, other->second)
                                        : std::tie(other->second, one->second);
      if (first.last > second.begun) seen = std::max(seen, first.last);
    }
  }
  return seen;
}

}  // namespace

Result<std::vector<Double>> doubles(const SqliteStore& store, WallMs now) {
  std::map<NodeId, std::vector<sync::StreamRow>> streams;
  for (sync::StreamRow& row : store.streams()) {
    if (row.seq > 0) streams[row.author].push_back(std::move(row));
  }
  std::vector<Double> found;
  for (const auto& [node, rows] : streams) {
    const sync::Epoch& any = rows.front().epoch;
    const bool one_life =
        std::all_of(rows.begin(), rows.end(), [&any](const auto& row) { return row.epoch == any; });
    if (one_life) continue;
    Lives lives;
    for (const sync::StreamRow& row : rows) {
      if (const auto added = add(store, row, now, lives); !added) return fail(added);
    }
    const WallMs seen{crdt::wall_ms(shown_by(lives))};
    if (seen.value > 0 && now.value - seen.value < kDoubleShownMs) found.push_back({node, seen});
  }
  return found;
}

}  // namespace yizhan::node
