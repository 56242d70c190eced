#include "node/store/epoch_check.h"

#include <algorithm>

#include "sync/epoch.h"

namespace yizhan::node {
namespace {

std::map<StreamId, sync::StreamRow> own_streams(const SqliteStore& store, NodeId node) {
  std::map<StreamId, sync::StreamRow> own;
  for (sync::StreamRow& row : store.streams()) {
    if (row.author == node) own[row.id] = std::move(row);
  }
  return own;
}

bool is_behind(const GuardFacts& guard, const std::map<StreamId, sync::StreamRow>& own) {
  return std::any_of(guard.streams.begin(), guard.streams.end(), [&](const auto& guarded) {
    const auto held = own.find(guarded.first);
    return held == own.end() || held->second.seq < guarded.second.committed;
  });
}

EpochReason reason_for(const SqliteStore& store, const Guard& kept, const sync::Epoch& epoch,
                       const std::map<StreamId, sync::StreamRow>& own) {
  const std::optional<GuardFacts>& guard = kept.facts();
  if (!guard) return own.empty() ? EpochReason::None : EpochReason::GuardMissing;
  if (epoch != guard->epoch) {
    if (epoch.counter <= guard->epoch.counter) return EpochReason::OtherEpoch;
    return kept.copied() ? EpochReason::Copied : EpochReason::Restored;
  }
  if (guard->nonce != store.database_nonce()) return EpochReason::OtherDatabase;
  if (!store.knows_run(guard->run)) return EpochReason::EarlierRun;
  if (is_behind(*guard, own)) return EpochReason::Behind;
  return kept.copied() ? EpochReason::Copied : EpochReason::None;
}

// What the guard says from now on: the streams of an epoch that ended are only waited for.
GuardFacts guard_from_now(const std::optional<GuardFacts>& before, const sync::Epoch& epoch,
                          const std::map<StreamId, sync::StreamRow>& own) {
  GuardFacts facts = before.value_or(GuardFacts{});
  for (const auto& [stream, guarded] : facts.streams) {
    std::uint64_t& seq = facts.awaited[stream];
    seq = std::max(seq, guarded.committed);
  }
  facts.streams.clear();
  facts.epoch = epoch;
  for (const auto& [stream, row] : own) {
    if (row.epoch == epoch) facts.streams[stream] = {row.seq, row.sealed};
  }
  std::erase_if(facts.awaited, [&](const auto& awaited) {
    const auto held = own.find(awaited.first);
    return held != own.end() && held->second.seq >= awaited.second;
  });
  return facts;
}

std::uint64_t lacking(const GuardFacts& facts, const std::map<StreamId, sync::StreamRow>& own) {
  std::uint64_t count = 0;
  for (const auto& [stream, seq] : facts.awaited) {
    const auto held = own.find(stream);
    count += seq - (held == own.end() ? 0 : held->second.seq);
  }
  return count;
}

sync::Epoch next_epoch(const sync::Epoch& held, const std::optional<GuardFacts>& guard,
                       const std::map<StreamId, sync::StreamRow>& own, sync::Entropy& entropy) {
  std::vector<sync::Epoch> known{held};
  if (guard) known.push_back(guard->epoch);
  for (const auto& [stream, row] : own) known.push_back(row.epoch);
  return sync::next_epoch(known, entropy);
}

}  // namespace

const char* words(EpochReason reason) {
  switch (reason) {
    case EpochReason::None: return "the database is the last one";
    case EpochReason::Restored: return "restored";
    case EpochReason::GuardMissing: return "guard.yz is missing";
    case EpochReason::OtherDatabase: return "guard.yz belongs to another database";
    case EpochReason::EarlierRun: return "the database is of an earlier start";
    case EpochReason::Behind: return "the database lacks changes that were committed";
    case EpochReason::Copied: return "the folder is a copy";
    case EpochReason::OtherEpoch: return "identity.yz is older than guard.yz";
  }
  return "";
}

const char* name(EpochReason reason) {
  switch (reason) {
    case EpochReason::None: return "none";
    case EpochReason::Restored: return "restored";
    case EpochReason::GuardMissing: return "guard_missing";
    case EpochReason::OtherDatabase: return "other_database";
    case EpochReason::EarlierRun: return "earlier_run";
    case EpochReason::Behind: return "behind";
    case EpochReason::Copied: return "copied";
    case EpochReason::OtherEpoch: return "other_epoch";
  }
  return "";
}

Result<EpochChecked> check_epoch(
    SqliteStore& store, Guard& guard, NodeId node, const sync::Epoch& epoch, sync::Entropy& entropy,
    const std::function<Result<void>(const sync::Epoch&)>& keep_epoch) {
  const auto own = own_streams(store, node);
  EpochChecked checked;
  checked.reason = reason_for(store, guard, epoch, own);
  checked.epoch = epoch;
  if (checked.reason != EpochReason::None && checked.reason != EpochReason::Restored) {
    checked.epoch = next_epoch(epoch, guard.facts(), own, entropy);
    if (const auto kept = keep_epoch(checked.epoch); !kept) return fail(kept);
  }
  const auto guarded = guard.facts() ? std::optional(guard.facts()->run) : std::nullopt;
  const auto run = store.begin_run(checked.epoch, entropy, guarded);
  if (!run) return fail(run);
  GuardFacts facts = guard_from_now(guard.facts(), checked.epoch, own);
  facts.nonce = store.database_nonce();
  facts.run = *run;
  if (const auto put = guard.put(facts); !put) return fail(put);
  checked.lacking = lacking(facts, own);
  return checked;
}

}  // namespace yizhan::node
