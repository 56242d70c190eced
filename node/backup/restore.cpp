#include "node/backup/restore.h"

#include "node/backup/take_over.h"
#include "node/store/database.h"

namespace yizhan::node {
namespace {

namespace fs = std::filesystem;

bool has_node(const fs::path& data) {
  std::error_code absent;
  for (const char* name : {"identity.yz", "secrets.yz", kDatabaseFile, "journal"}) {
    if (fs::exists(data / name, absent)) return true;
  }
  return false;
}

Result<void> check_place(const RestorePlan& plan) {
  const bool node = has_node(plan.data);
  if (plan.replace && node) {
    return fail(Errc::Busy, "this folder has a node in it; use yizhan restore", "data_dir");
  }
  if (!plan.replace && !node) {
    return fail(Errc::NotFound, "this folder has no node in it; use yizhan replace", "data_dir");
  }
  return {};
}

// Who is in place; empty when that cannot be read, which may be why somebody restores.
std::optional<NodeIdentity> identity_in(const fs::path& data) {
  auto identity = NodeFiles(data).identity();
  if (!identity) return std::nullopt;
  return std::move(*identity);
}

Result<void> check_node(const RestorePlan& plan, const std::optional<NodeIdentity>& in_place) {
  auto file = OpenFile::to_read(plan.file, "backup");
  if (!file) return fail(file);
  const auto head = read_head(*file);
  if (!head) return fail(head);
  if (in_place && in_place->certificate.node() != head->node) {
    return fail(Errc::Conflict, "the backup is of another node", "backup");
  }
  return {};
}

// The end of the journal, back into the database. A journal of another database stays where it was.
Result<void> repair(UnpackedNode& node, const fs::path& folder, sync::Entropy& entropy,
                    RepairTime now, Restored& out) {
  const auto repaired = open_with_journal(
      *node.store, {node.identity.certificate.node(), journal_key(node.keys.secrets.sign)},
      [&] { return engine_identity(node.identity, node.keys); }, entropy, now, ScanDepth::Every);
  if (repaired) {
    out.taken_back = repaired->taken_back;
    return {};
  }
  if (repaired.error().code != Errc::StorageCorrupt || repaired.error().field != "journal") {
    return fail(repaired);
  }
  out.journal_left = true;
  std::error_code failed;
  fs::remove_all(folder / "journal", failed);
  if (failed) return fail(Errc::StorageIo, failed.message(), "data_dir");
  return {};
}

Result<void> verify_again(const UnpackedNode& node, Restored& out) {
  auto report = verify(*node.store, node.identity.root_public);
  if (!report) return fail(report);
  out.report = std::move(*report);
  if (out.report.ok) return {};
  const VerifyFinding& first = out.report.findings.front();
  return fail(Errc::BadChain, first.what + ": " + first.where, "journal");
}

class Restoring {
 public:
  Restoring(const RestorePlan& plan, const sync::Secret32& secret, sync::Entropy& entropy,
            RepairTime now, const std::function<void(RestoreStep)>& on_step)
      : plan_(plan),
        secret_(secret),
        entropy_(entropy),
        now_(now),
        on_step_(on_step),
        staging_(plan.data) {}

  Result<Restored> run() {
    std::optional<FolderLock> lock;  // of the old folder, to the end
    std::error_code absent;
    if (fs::is_directory(plan_.data, absent)) {
      auto taken = FolderLock::take(plan_.data);
      if (!taken) return fail(taken);
      lock.emplace(std::move(*taken));
    }
    auto settled = staging_.settle(now_.wall);
    if (!settled) return fail(settled);
    out_.old_folder = std::move(*settled);
    on_step_(RestoreStep::Settled);
    if (auto place = check_place(plan_); !place) return fail(place);
    const auto in_place = identity_in(plan_.data);
    if (auto same = check_node(plan_, in_place); !same) return fail(same);
    if (auto begun = staging_.begin(); !begun) return fail(begun);
    on_step_(RestoreStep::Begun);
    if (auto filled = fill(in_place); !filled) {
      staging_.abandon();
      return fail(filled);
    }
    if (auto swapped = staging_.swap(); !swapped) {
      staging_.abandon();
      return fail(swapped);
    }
    on_step_(RestoreStep::Swapped);
    auto old = staging_.finish(now_.wall);
    if (!old) return fail(old);
    out_.old_folder = std::move(*old);
    on_step_(RestoreStep::Kept);
    return std::move(out_);
  }

 private:
  Result<void> fill(const std::optional<NodeIdentity>& in_place) {
    const fs::path& folder = staging_.folder();
    auto unpacked = unpack(plan_.file, secret_, folder);
    if (!unpacked) return fail(unpacked);
    on_step_(RestoreStep::Unpacked);
    auto node = open_unpacked(folder, *unpacked, entropy_);
    if (!node) return fail(node);
    out_.manifest = std::move(unpacked->manifest);
    out_.report = std::move(node->report);
    on_step_(RestoreStep::Verified);
    node->identity = next_identity(node->identity, in_place, entropy_, now_.wall);
    out_.epoch = node->identity.epoch;
    std::error_code unknown;
    const bool old = fs::is_directory(plan_.data, unknown);
    if (old) {
      if (auto taken = take_over(plan_.data, folder); !taken) return taken;
    }
    if (auto saved = NodeFiles(folder).save_identity(node->identity); !saved) return saved;
    on_step_(RestoreStep::TakenOver);
    if (auto done = repair(*node, folder, entropy_, now_, out_); !done) return done;
    if (out_.taken_back > 0) {
      if (auto sound = verify_again(*node, out_); !sound) return sound;
    }
    node->store.reset();  // everything into the one file
    on_step_(RestoreStep::Repaired);
    return old ? give_to_owner_of(plan_.data, folder) : Result<void>();
  }

  const RestorePlan& plan_;
  const sync::Secret32& secret_;
  sync::Entropy& entropy_;
  RepairTime now_;
  const std::function<void(RestoreStep)>& on_step_;
  Staging staging_;
  Restored out_;
};

}  // namespace

Result<Restored> restore(const RestorePlan& plan, const sync::Secret32& secret,
                         sync::Entropy& entropy, RepairTime now,
                         const std::function<void(RestoreStep)>& on_step) {
  return Restoring(plan, secret, entropy, now, on_step).run();
}

}  // namespace yizhan::node
