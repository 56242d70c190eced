// Ledger: what a node promised before it was killed, kept outside of it.
//
// What        Takes what the node says, and holds what a later start finds against it.
// Invariants  I1  what was acknowledged never leaves it.
// Units       none.
// Errors      Broken, with the promise that does not hold.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "tests/killed/hub.h"

namespace yizhan::killed {

struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Ledger {
 public:
  void take(const Said& said);
  int next_number() const { return next_; }
  std::size_t acknowledged() const { return acknowledged_.size(); }
  // Of what was begun and never acknowledged, how much stands: whole, and only once.
  std::size_t stands_unsaid() const { return stands_unsaid_; }

  // Opens the folder as a start does and reads all of it: every acknowledged booking is there once,
  // under its request and with its person; nothing else but what was begun; verify finds nothing.
  void expect_in(const std::filesystem::path& folder, const Hub& hub);

 private:
  std::set<int> begun_;  // and not acknowledged
  std::map<int, crdt::ChangeId> acknowledged_;
  std::uint64_t highest_ = 0;  // seq that was acknowledged
  std::size_t stands_unsaid_ = 0;
  int next_ = 1;
};

}  // namespace yizhan::killed
