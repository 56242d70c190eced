// Journal record: one committed change of this node as it stands in a journal file.
//
// What        A tagged record (tagged_record.h) with a canonical body. Body kinds: the
//             opening of a file (which database, and how far each stream was journaled when the
//             file was begun), a change with everything by which it can be taken back, and the
//             closing that a clean stop leaves at the file's end.
// Invariants  I1  a record that was not written whole, or was altered, does not verify.
//             I2  personal fields stand only as the change holds them: encrypted.
// Units       Bytes; mark 4, length 4 (big-endian), tag 16.
// Errors      next_record() finds no record, or a damaged one.
// Source      design.md section 8 "journal"; docs/storage.md.
#pragma once
#include <map>
#include <optional>
#include <variant>

#include "node/store/tagged_record.h"
#include "sync/store.h"

namespace yizhan::node {

struct JournalOpening {
  std::uint64_t nonce = 0;                  // of the database
  std::map<StreamId, std::uint64_t> heads;  // highest seq of each own stream in earlier files
  friend bool operator==(const JournalOpening&, const JournalOpening&) = default;
};
struct JournalEntry {
  std::uint64_t nonce = 0;
  sync::JournalChange change;
  friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};
struct JournalClosing {
  std::uint64_t nonce = 0;
  std::map<StreamId, std::uint64_t> heads;  // highest seq of each own stream, this file's included
  friend bool operator==(const JournalClosing&, const JournalClosing&) = default;
};
using JournalRecord = std::variant<JournalOpening, JournalEntry, JournalClosing>;

// Appends the whole record to `out`.
void put_record(Bytes& out, const JournalRecord& record, const sync::Secret32& key);

struct FoundRecord {
  JournalRecord record;
  std::size_t end = 0;  // where the next one begins
};
// The record that begins at `at`; empty when none does, or it is damaged.
std::optional<FoundRecord> record_at(ByteView file, std::size_t at, const sync::Secret32& key);
inline constexpr RecordFrame kJournalFrame{
    {'y', 'z', 'J', 1}, "yz.journal", 128 * 1024};  // a change, its 64 keyring rows at most

// The closing that ends exactly where `file` ends; empty when none does.
std::optional<JournalClosing> closing_of(ByteView file, const sync::Secret32& key);

// The journal's own key, from the node's signing key.
sync::Secret32 journal_key(const sync::SignKey& sign);

}  // namespace yizhan::node
