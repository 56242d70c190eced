// Own history: who this node is, and what it has written so far, kept from being written over.
//
// What        Holds the identity with its epoch and the guard beside the database: checks at a
//             start which epoch to write in, and keeps the guard ahead of what leaves the machine.
// Invariants  I1  before_release() returned only after the guard names every seal that the last
//                 commit made durable: nothing leaves that it does not know.
//             I2  the guard names every commit within a second of it.
//             I3  an epoch is durable before anything is written in it.
// Units       See crdt/base/time.h.
// Errors      Those of guard, store and the identity file.
// Source      design.md section 7 "Epochs".
#pragma once
#include <functional>
#include <mutex>

#include "node/identity/node_files.h"
#include "node/store/epoch_check.h"

namespace yizhan::node {

class OwnHistory {
 public:
  // `store` outlives it; its journal is in step with it.
  static Result<std::unique_ptr<OwnHistory>> open(const NodeFiles& files, NodeIdentity identity,
                                                  const NodeKeys& keys, SqliteStore& store,
                                                  sync::Entropy& entropy);

  sync::Identity identity() const;  // any thread
  // Why the last start, or the last meeting with a peer, opened an epoch.
  EpochReason reason() const { return checked_.reason; }
  std::uint64_t lacking() const { return checked_.lacking; }

  // Makes another epoch durable; enter() then has to follow before anything of it is released.
  Result<void> keep_epoch(const sync::Epoch& epoch);
  // Compares database, guard and identity.
  Result<void> enter(sync::Entropy& entropy);

  void note(const std::vector<sync::Write>& writes);  // of the open transaction
  void committed();
  void dropped() { pending_.clear(); }  // the transaction was undone
  Result<void> before_release(MonoMs now);
  Result<void> within_a_second(MonoMs now);

 private:
  OwnHistory(NodeFiles files, NodeIdentity identity, const NodeKeys& keys, SqliteStore& store,
             Guard guard);
  Result<void> put(MonoMs now);

  NodeFiles files_;
  mutable std::mutex mutex_;  // guards identity_
  NodeIdentity identity_;
  const NodeKeys& keys_;
  SqliteStore& store_;
  Guard guard_;
  GuardFacts facts_;
  EpochChecked checked_;
  std::map<StreamId, GuardedStream> pending_;
  bool behind_ = false;       // the guard lacks a commit
  bool release_due_ = false;  // and a seal
  MonoMs put_at_{};
};

}  // namespace yizhan::node
