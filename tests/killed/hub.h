// Hub: one node on a real disk, which books until it is killed.
//
// What        The shipped store, journal, guard and engine loop over a folder; it talks to nobody.
//             What it begins and what it acknowledges it says into a pipe.
// Invariants  I1  what it says was saved was answered by the loop, after the commit.
// Units       Numbers of bookings; each is of another person.
// Errors      std::runtime_error: the start was refused, or the disk failed.
#pragma once
#include <filesystem>

#include "node/identity/node_files.h"
#include "node/store/verify_journal.h"
#include "tests/killed/said.h"
#include "tests/sync/fixture.h"

namespace yizhan::killed {

class Hub {
 public:
  explicit Hub(std::uint64_t seed);

  node::JournalOwner journal_owner() const;
  sync::Identity identity() const { return node::engine_identity(self_, keys_); }
  const sync::Key32& root() const { return self_.root_public; }
  sync::Scope scope() const { return {self_.certificate.home, sync::ScopeClass::Biz}; }

  // Never returns but by an exception. `first`: the number of the next booking.
  [[noreturn]] void book(const std::filesystem::path& folder, int first, std::uint64_t seed,
                         int pipe) const;

 private:
  node::NodeIdentity self_;
  node::NodeKeys keys_;
};

}  // namespace yizhan::killed
