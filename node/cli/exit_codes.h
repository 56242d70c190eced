// Exit codes of every command.
//
// Source      ux.md section 8; design.md section 9.
#pragma once
#include "crdt/base/result.h"

namespace yizhan::node::cli {

enum class Exit : int {
  Ok = 0,
  Failed = 1,  // nothing changed
  Usage = 2,
  Config = 3,
  NotAllowed = 4,   // not enrolled, or not allowed
  Unreachable = 5,  // data are safe
  Storage = 6,
  Verification = 7,
  Busy = 8,
  DoctorWarned = 10,
  DoctorFailed = 11
};

Exit exit_of(const Error& error);

}  // namespace yizhan::node::cli
