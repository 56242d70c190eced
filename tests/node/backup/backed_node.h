// Backed node: a station with a folder of its own that a program could start in.
//
// What        Its database and journal come from a small city; who it is and its keys lie beside
//             them. Folders of restores stand beside its data folder, in one that ends with it.
#pragma once
#include "node/backup/make_backup.h"
#include "node/backup/restore.h"
#include "node/identity/recovery_code.h"
#include "tests/node/store/city.h"

namespace yizhan::node::test {

Bytes bytes_in(const fs::path& file);
void put_bytes(const fs::path& file, const Bytes& bytes);

class BackedNode {
 public:
  explicit BackedNode(std::uint64_t seed);

  // Bookings of the station, each committed; the database in `data()` is only as new as the last
  // settle().
  void work(int count);
  // Stops the station, copies what it stored into the data folder, and opens it again.
  void settle();
  Result<BackupMade> back_up(WallMs now = {1'790'000'000'000});
  Result<Restored> restore(const fs::path& file, bool replace = false);
  Result<Restored> restore_with(const fs::path& file, const sync::Secret32& secret, bool replace,
                                const std::function<void(RestoreStep)>& on_step);

  BackupPlan plan() const;
  const fs::path& root() const { return folder_.path(); }
  fs::path data() const { return folder_.path() / "data"; }
  std::string facts() const;                // log digests and roots of the data folder
  std::vector<std::string> beside() const;  // names beside the data folder
  NodeKeys keys() const;
  const std::string& recovery_code() const { return code_; }
  const sync::Key32& root_public() const { return root_public_; }
  const sync::test::City& members() const { return members_; }

 private:
  TempFolder folder_;
  std::uint64_t seed_;
  sync::test::City members_;
  sync::test::Member member_;
  SmallCity city_;
  sync::Key32 root_public_{};
  std::string code_;
  int number_ = 0;
};

}  // namespace yizhan::node::test
