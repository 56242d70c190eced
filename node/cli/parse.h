// Parse: from the words on the command line to a command.
//
// Source      design.md section 9; ux.md section 8.
#pragma once

namespace yizhan::node::cli {

int run_command(int argc, char** argv);  // the exit code

}  // namespace yizhan::node::cli
