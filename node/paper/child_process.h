// Child process: runs one program of this machine to its end.
//
// What        Gives it `input`, collects what it prints, kills it at the limit. No shell; messages
//             in English; it inherits no file and no signal mask of the node.
// Invariants  I1  returns at the latest a moment after the limit, and leaves no child behind.
// Units       Milliseconds; at most 64 KiB of output are kept.
// Errors      NotFound (no such program), Unreachable (it did not end in time), StorageIo (no
//             pipe or process to be had).
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "crdt/base/result.h"

namespace yizhan::node::paper {

struct ChildResult {
  int status = 0;  // exit status; 128 + signal when it was killed
  std::string output;
};
Result<ChildResult> run_child(const std::vector<std::string>& command, std::string_view input,
                              std::chrono::milliseconds limit);

}  // namespace yizhan::node::paper
