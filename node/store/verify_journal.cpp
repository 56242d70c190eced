#include "node/store/verify_journal.h"

#include <algorithm>

#include "node/store/journal_scan.h"
#include "sync/read_chain.h"

namespace yizhan::node {
namespace {

std::string change_name(StreamId stream, std::uint64_t seq) {
  return "change " + std::to_string(seq) + " of stream " + to_hex(view(stream)).substr(0, 8);
}

class JournalCheck {
 public:
  JournalCheck(const JournalScan& scan, VerifyReport& report) : report_(report) {
    for (const JournalFile& file : scan.files) {
      for (const std::size_t at : file.damage) {
        find("file " + file.path.filename().string() + " at byte " + std::to_string(at));
      }
      for (const sync::JournalChange& change : file.changes) {
        journaled_[{change.stream, change.seq}].push_back(&change);
        if (change.idempotency) requests_[change.idempotency->key].push_back(&change);
      }
    }
  }

  void change(const sync::ChainedChange& stored) {
    const auto found = journaled_.find({stored.change.id.stream, stored.change.id.seq});
    const std::string name = change_name(stored.change.id.stream, stored.change.id.seq);
    if (found == journaled_.end()) return find(name + " is missing");
    for (const sync::JournalChange* one : found->second) {
      if (one->head != stored.head || one->expanded != stored.expanded) {
        find(name + " differs from the database's");
      }
    }
    journaled_.erase(found);
  }

  // A request that is kept must read as one of the journal's: a key may have come again after 7
  // days.
  void requests(const SqliteStore& store) {
    for (const auto& [key, changes] : requests_) {
      const auto stored = store.idempotency(key);
      if (!stored) continue;  // forgotten
      const bool same = std::any_of(changes.begin(), changes.end(), [&](const auto* change) {
        return *change->idempotency == *stored;
      });
      const sync::JournalChange& newest = *changes.back();
      if (!same) find("request of " + change_name(newest.stream, newest.seq) + " differs");
    }
  }

  void end() {
    for (const auto& [id, changes] : journaled_) {
      find(change_name(id.first, id.second) +
           " is not in the database; yizhan serve takes it back");
    }
  }

 private:
  void find(std::string where) { report_.findings.push_back({"journal", std::move(where)}); }

  VerifyReport& report_;
  std::map<std::pair<StreamId, std::uint64_t>, std::vector<const sync::JournalChange*>> journaled_;
  std::map<std::uint64_t, std::vector<const sync::JournalChange*>> requests_;
};

}  // namespace

void check_journal(const SqliteStore& store, const JournalOwner& owner, VerifyReport& report) {
  const auto scan = scan_journal(store.folder(), owner.key, store.database_nonce(),
                                 ScanDepth::Every, store.journal_end(), store.disk());
  if (!scan) {
    report.findings.push_back({"journal", scan.error().detail});
    return;
  }
  JournalCheck check(*scan, report);
  check.requests(store);
  for (const sync::StreamRow& row : store.streams()) {
    if (row.author != owner.node) continue;
    const auto read =
        read_chain(store, as_stored(store, row), 1, [&check](const sync::ChainedChange& change) {
          check.change(change);
          return true;
        });
    if (!read) return;  // the stream's own check names the row
  }
  check.end();
}

}  // namespace yizhan::node
