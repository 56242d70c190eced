// Key files: are the keys of this node there, and its owner's only?
//
// What        Looks at names, owners and modes in the data folder; opens nothing.
// Errors      none: what could not be looked at is a finding.
// Source      ux.md ID-01; node/identity/node_files.h I2.
#pragma once
#include <filesystem>

#include "node/app/records_types.h"

namespace yizhan::node {

HealthCheck key_files_check(const std::filesystem::path& folder);  // ID-01

}  // namespace yizhan::node
