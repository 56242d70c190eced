// Guard: what this node has committed and let out, beside its database.
//
// What        A small file that is appended to: the last whole record holds. It knows by how much a
//             database was put back behind the program's back, so that no place in a stream is
//             used twice; and, by naming its own place, whether the whole folder was. (Printed
//             numbers need no memory: sync/epoch.h.)
// Invariants  I1  put() returned only after the record is on the disk.
//             I2  a record that was not written whole, or altered, does not count; the one before
//                 it does.
//             I3  each start writes a new file: the copy that was made before it is known as one,
//                 though it be written over this very file.
// Units       seq.
// Errors      StorageIo, StorageFull (field "guard.yz").
// Not here    What follows from it at a start: epoch_check.h. When it is written:
//             node/runtime/guard_keeper.h.
// Source      design.md section 7 "Epochs"; sync-notes.md C8.
#pragma once
#include "node/store/disk.h"
#include "node/store/guard_record.h"

namespace yizhan::node {

class Guard {
 public:
  // `disk` outlives it.
  static Result<Guard> open(const std::filesystem::path& folder, sync::Secret32 key,
                            Disk& disk = system_disk());

  const std::optional<GuardFacts>& facts() const { return facts_; }  // none: nothing readable
  bool copied() const { return copied_; }  // it stands elsewhere than where it was written
  Result<void> put(const GuardFacts& facts);

 private:
  Guard(std::filesystem::path folder, sync::Secret32 key, Disk& disk);
  Result<void> begin_file(const GuardFacts& facts);
  Result<void> append(ByteView record);

  std::filesystem::path folder_;
  sync::Secret32 key_;
  Disk* disk_;
  std::optional<GuardFacts> facts_;
  Place place_;
  bool copied_ = false;
  std::shared_ptr<DiskFile> file_;  // none: the next record begins a new one
  std::size_t size_ = 0;
};

// The guard's own key, from the node's signing key.
sync::Secret32 guard_key(const sync::SignKey& sign);

}  // namespace yizhan::node
