// Page tags: each page of the database file ends with a tag of what stands on it.
//
// What        A VFS between SQLite and the disk's own. What is written to the database file gets
//             its tags, what is read from it is compared with them: rows and lists, trees and free
//             pages alike. Log and rollback journal, which SQLite checks itself, pass through.
// Invariants  I1  Refuse: a page that is not as it was written is never given to SQLite.
//             I2  Tell: it is given, and its number kept; nothing is written by it.
//             I3  a file whose pages have no room for a tag is not written to.
// Units       Bytes. A tag is 8 bytes: XXH64 of the rest of the page, seeded with its number, so
//             that a page in another's place does not pass either.
// Errors      SQLITE_CORRUPT, for a page that does not fit its tag or ends too early.
// Not here    What a row says is checked against the log: verify.h.
// Source      docs/adr/0014-a-tag-on-each-page.md; reliability.md F9; sqlite.org/cksumvfs.html.
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <string>

namespace yizhan::node {

enum class Damage : std::uint8_t { Refuse, Tell };

constexpr int kPageTagBytes = 8;

class PageTags {
 public:
  // `below`: the name of the disk's own VFS; empty: the system's.
  PageTags(const std::string& below, Damage damage);
  ~PageTags();
  PageTags(const PageTags&) = delete;
  PageTags& operator=(const PageTags&) = delete;

  const std::string& vfs() const;
  const std::set<std::uint32_t>& damaged() const;  // numbers of pages that were read so far

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yizhan::node
