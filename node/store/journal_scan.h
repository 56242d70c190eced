// Journal scan: what the journal files of a node say.
//
// What        Reads files, passes over what is damaged, and gathers the changes that stand whole.
// Invariants  I1  a record counts only when its tag verifies; after damage the next whole record is
//                 looked for by its mark.
//             I2  nothing is written.
// Units       Bytes.
// Errors      StorageIo; StorageCorrupt (field "journal"): it belongs to another database.
// Source      design.md section 8; docs/storage.md "Journal".
#pragma once
#include <filesystem>

#include "node/store/disk.h"
#include "node/store/journal_record.h"
#include "node/store/sqlite_store.h"

namespace yizhan::node {

struct JournalFile {
  std::filesystem::path path;
  std::uint64_t number = 0;
  std::optional<JournalOpening> opening;  // empty: damaged
  std::vector<sync::JournalChange> changes;
  std::vector<std::size_t> damage;  // where something stands that is no whole record
  std::size_t end = 0;              // behind the last record; from here on only zeros when whole
};

struct JournalScan {
  std::vector<JournalFile> files;            // oldest first: those that were read
  std::map<StreamId, std::uint64_t> before;  // highest seq of each stream in the files not read
  std::uint64_t last_number = 0;             // of the newest file; 0: there is none
  std::optional<JournalEnd> end;             // where the next record goes; empty: in a new file

  bool damaged() const;
  // The changes in the order in which they were committed.
  std::vector<const sync::JournalChange*> changes() const;
  // Of `stream`: the seqs from `before` on up to `last` that no whole record holds.
  std::vector<std::uint64_t> missing(StreamId stream, std::uint64_t last) const;
  std::map<StreamId, std::uint64_t> heads() const;  // highest seq of each stream, `before` included
};

enum class ScanDepth : std::uint8_t { Newest, Every };

std::filesystem::path journal_folder(const std::filesystem::path& data);
std::filesystem::path journal_file(const std::filesystem::path& data, std::uint64_t number);

// Newest: back to the newest file whose opening is whole, which says what the older ones hold.
// `until`: where reading ends, when the journal is being written.
Result<JournalScan> scan_journal(const std::filesystem::path& data, const sync::Secret32& key,
                                 std::uint64_t nonce, ScanDepth depth,
                                 const std::optional<JournalEnd>& until = std::nullopt,
                                 const Disk& disk = system_disk());

// What the closing of the newest file says, without reading further: `before` holds everything.
// Empty when the node did not stop cleanly.
std::optional<JournalScan> scan_closing(const std::filesystem::path& data,
                                        const sync::Secret32& key, std::uint64_t nonce,
                                        const Disk& disk = system_disk());

}  // namespace yizhan::node
