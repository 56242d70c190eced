#include "node/runtime/backup_plan.h"

#include "node/runtime/version.h"

namespace yizhan::node {

BackupPlan backup_plan(const Config& config) {
  BackupPlan plan;
  plan.data = config.data_dir;
  plan.shelf = config.backup_dir.empty() ? config.data_dir / "backups" : config.backup_dir;
  plan.keep = config.backup_keep;
  plan.program = kVersion;
  for (const auto& file : {config.policy_file, config.calendar_file}) {
    if (!file.empty()) plan.policies.push_back(file);
  }
  return plan;
}

}  // namespace yizhan::node
