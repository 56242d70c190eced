// Backup plan: where and what this node backs up, from its configuration.
//
// Errors      none.
#pragma once
#include "node/backup/make_backup.h"
#include "node/runtime/config.h"

namespace yizhan::node {

BackupPlan backup_plan(const Config& config);

}  // namespace yizhan::node
