// Staging: the new folder beside a data folder, from its first file until it takes its place.
//
// What        `<data>.restoring` is filled; then the two change places in one call of the system,
//             and the old one is kept as `<data>.before-<time>`.
// Invariants  I1  until swap() the data folder is as it was; from then on it is the new one: at no
//                 moment is there none, or a half one.
//             I2  a file in it marks a folder as being filled. What a kill left is told by it: a
//                 marked `<data>.restoring` is removed, one without is the old node, and is kept.
// Units       none.
// Errors      StorageFull, StorageIo (field "data_dir").
// Source      renameat2(2), RENAME_EXCHANGE.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "crdt/base/result.h"
#include "crdt/base/time.h"

namespace yizhan::node {

class Staging {
 public:
  // A link is followed: the folder that it leads to is the one that is exchanged.
  explicit Staging(const std::filesystem::path& data);

  // Puts right what an earlier attempt left. The old folder that it came upon, if any.
  Result<std::optional<std::filesystem::path>> settle(WallMs now);
  Result<void> begin();  // an empty, marked folder
  void abandon() const;  // removes it
  Result<void> swap();   // durable when it returns
  // Names the old folder, and ends the marking. Empty: there was none.
  Result<std::optional<std::filesystem::path>> finish(WallMs now);

  const std::filesystem::path& data() const { return data_; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  Result<std::optional<std::filesystem::path>> keep_old(WallMs now) const;
  Result<void> unmark(const std::filesystem::path& folder) const;

  std::filesystem::path data_;
  std::filesystem::path folder_;
};

// 20260305-093000, by the station's clock.
std::string time_stamp(WallMs at);

}  // namespace yizhan::node
