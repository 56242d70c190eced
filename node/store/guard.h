// Guard: what this node has committed and let out, beside its database.
//
// What        A small file that is appended to: the last whole record holds. It knows by how much a
//             database was put back behind the program's back, so that no place in a stream is
//             used twice. (Printed numbers need no memory: sync/epoch.h.)
// Invariants  I1  put() returned only after the record is on the disk.
//             I2  a record that was not written whole, or altered, does not count; the one before
//                 it does.
// Units       seq.
// Errors      StorageIo, StorageFull (field "guard.yz").
// Not here    What follows from it at a start: epoch_check.h. When it is written:
//             node/runtime/guard_keeper.h.
// Source      design.md section 7 "Epochs"; sync-notes.md C8.
#pragma once
#include <filesystem>
#include <map>
#include <optional>

#include "node/store/disk.h"
#include "sync/store.h"

namespace yizhan::node {

struct GuardedStream {
  std::uint64_t committed = 0;
  std::uint64_t released = 0;  // sealed: may have left this machine
  friend bool operator==(const GuardedStream&, const GuardedStream&) = default;
};

struct GuardFacts {
  std::uint64_t nonce = 0;  // of the database
  std::uint64_t run = 0;    // of the start that wrote this
  sync::Epoch epoch;
  std::map<StreamId, GuardedStream> streams;  // of that epoch
  // Streams of earlier epochs whose end the database does not hold: others may.
  std::map<StreamId, std::uint64_t> awaited;
  friend bool operator==(const GuardFacts&, const GuardFacts&) = default;
};

class Guard {
 public:
  // `disk` outlives it.
  static Result<Guard> open(const std::filesystem::path& folder, sync::Secret32 key,
                            Disk& disk = system_disk());

  const std::optional<GuardFacts>& facts() const { return facts_; }  // none: nothing readable
  Result<void> put(const GuardFacts& facts);

 private:
  Guard(std::filesystem::path folder, sync::Secret32 key, Disk& disk);
  Result<void> begin_file(ByteView record);
  Result<void> append(ByteView record);

  std::filesystem::path folder_;
  sync::Secret32 key_;
  Disk* disk_;
  std::optional<GuardFacts> facts_;
  std::shared_ptr<DiskFile> file_;  // none: the next record begins a new one
  std::size_t size_ = 0;
};

// The guard's own key, from the node's signing key.
sync::Secret32 guard_key(const sync::SignKey& sign);

}  // namespace yizhan::node
