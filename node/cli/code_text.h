// Code text: a code that a person was shown once, read without being seen by others.
//
// What        From a file, or from standard input where the source is "-": never an argument, which
//             every user of the machine can see.
// Errors      NotFound (field "--code"): the file cannot be read.
#pragma once
#include <string>

#include "crdt/base/result.h"

namespace yizhan::node::cli {

Result<std::string> code_text(const std::string& source);

}  // namespace yizhan::node::cli
