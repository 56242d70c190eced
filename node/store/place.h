// Place: where a file stands, by what no copy of its bytes carries along.
//
// What        Which file it is on its file system, on which disk, in which machine. The guard names
//             its own: in a folder that was copied, unpacked or written over, it names another.
// Invariants  I1  a file that is moved within its file system, and a machine that is started anew,
//                 keep their place.
//             I2  what the system does not tell, or tells otherwise each time, is not a fact: two
//                 places differ only in what both know.
// Units       Hashes, but for inode number and time of birth (ns).
// Errors      none: what cannot be read is not known.
// Not here    What follows from another place: epoch_check.h.
// Source      sync-notes.md C8 "machine hint".
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>

namespace yizhan::node {

// The numbers stand in the guard.
enum class PlaceFact : std::uint8_t {
  Inode = 1,    // where the kind of file system keeps it
  Born = 2,     // nobody can set it
  Disk = 3,     // serial number of the one below; none below a network or several
  Machine = 4,  // /etc/machine-id
  Board = 5     // of the firmware; root alone may read it
};
using Place = std::map<PlaceFact, std::uint64_t>;

bool differ(const Place& one, const Place& other);

// As the system tells it. `system`: where the machine's own files begin, / but in a test.
Place place_of(const std::filesystem::path& file, const std::filesystem::path& system = "/");

}  // namespace yizhan::node
