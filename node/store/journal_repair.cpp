#include "node/store/journal_repair.h"

#include <algorithm>

#include "node/store/journal.h"
#include "sync/read_chain.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kChangesPerCommit = 256;
constexpr const char* kAside = ".aside";  // behind the name of a file that is written anew

Error other_history(const Error& error) {
  return {Errc::StorageCorrupt,
          "the journal does not continue yizhan.db: " + error.detail +
              "; put back the database that belongs to it",
          "journal"};
}

// What this node goes on from: nobody writes behind changes of its own that cannot be read.
Result<void> expect_tails(const SqliteStore& store, NodeId node) {
  for (const sync::StreamRow& row : store.streams()) {
    if (row.author != node || row.seq <= row.sealed) continue;
    const auto sealed = store.segments(row.id, row.sealed, 0);
    const auto tail = store.tail(row.id, row.sealed + 1);
    const bool whole = sealed && (row.sealed == 0 || !sealed->empty()) && tail &&
                       tail->size() >= row.seq - row.sealed;
    if (whole) continue;
    return fail(Errc::StorageCorrupt,
                "the last changes of this node cannot be read; put back the newest backup: the"
                " journal and the nodes above hold the rest");
  }
  return {};
}

// The changes that stand in the journal and not in the database, taken back in their order.
Result<std::uint64_t> take_back(SqliteStore& store,
                                const std::function<sync::Identity()>& make_identity,
                                sync::Entropy& entropy, RepairTime now, const JournalScan& scan) {
  std::map<StreamId, std::uint64_t> held;
  for (const sync::StreamRow& row : store.streams()) held[row.id] = as_stored(store, row).seq;
  const auto is_lost = [&held](const sync::JournalChange& change) {
    return change.seq > held[change.stream];
  };
  const auto all = scan.changes();
  if (std::none_of(all.begin(), all.end(), [&](const auto* one) { return is_lost(*one); })) {
    return 0;
  }
  if (auto renewed = store.renew_log_instance(entropy); !renewed) return fail(renewed);
  sync::Engine engine(make_identity(), store, entropy);
  std::uint64_t taken = 0;
  for (const sync::JournalChange* change : all) {
    if (!is_lost(*change)) continue;
    sync::Effects effects;
    if (auto back = engine.take_back(now.wall, now.mono, *change, effects); !back) {
      return tl::unexpected<Error>(other_history(back.error()));
    }
    if (effects.storage_error) return tl::unexpected<Error>(*effects.storage_error);
    if (auto applied = store.apply(effects.writes); !applied) return fail(applied);
    held[change->stream] = change->seq;
    if (++taken % kChangesPerCommit == 0) {
      if (auto committed = store.commit(); !committed) return fail(committed);
    }
  }
  if (auto committed = store.commit(); !committed) return fail(committed);
  return taken;
}

// What the journal lacks of one stream, as the database holds it.
Result<std::vector<sync::JournalChange>> lacking(const SqliteStore& store,
                                                 const sync::StreamRow& row,
                                                 const JournalScan& scan) {
  std::vector<sync::JournalChange> changes;
  const std::vector<std::uint64_t> seqs = scan.missing(row.id, row.seq);
  if (seqs.empty()) return changes;
  auto read = read_chain(store, row, seqs.front(), [&](const sync::ChainedChange& one) {
    const std::uint64_t seq = one.change.id.seq;
    if (!std::binary_search(seqs.begin(), seqs.end(), seq)) return true;
    sync::JournalChange change{row.id, row.epoch, seq, one.head, one.expanded, {}, {}};
    change.keys = store.key_rows(row.id, seq, seq);
    if (one.change.idempotency != 0) {
      change.idempotency = store.idempotency(one.change.idempotency);
    }
    changes.push_back(std::move(change));
    return true;
  });
  if (!read) return fail(read);
  return changes;
}

// Appends in portions; what a full disk has no room for is owed.
Result<void> append_all(Journal& journal, const std::vector<sync::JournalChange>& changes) {
  for (auto from = changes.begin(); from != changes.end();) {
    const auto to = changes.end() - from > static_cast<std::ptrdiff_t>(kChangesPerCommit)
                        ? from + static_cast<std::ptrdiff_t>(kChangesPerCommit)
                        : changes.end();
    if (auto staged = journal.stage({from, to}); !staged) {
      if (staged.error().code != Errc::StorageFull) return staged;
      journal.drop_staged();
      journal.owe({from, changes.end()});
      return {};
    }
    if (auto appended = journal.append(); !appended) return appended;
    from = to;
  }
  return journal.sync();
}

Result<std::uint64_t> complete(const SqliteStore& store, NodeId node, const JournalScan& scan,
                               Journal& journal) {
  std::vector<sync::JournalChange> all;
  for (const sync::StreamRow& row : store.streams()) {
    if (row.author != node) continue;
    auto changes = lacking(store, row, scan);
    if (!changes) return fail(changes);
    std::move(changes->begin(), changes->end(), std::back_inserter(all));
  }
  if (auto appended = append_all(journal, all); !appended) return fail(appended);
  return all.size();
}

// From the first damaged file on everything is written anew: what stood there counts as missing,
// and the opening of the next file says so. The newest is moved first, so that a crash on the way
// leaves no file whose opening speaks of one that is gone.
Result<void> set_damaged_aside(JournalScan& scan, Disk& disk) {
  const auto first = std::find_if(scan.files.begin(), scan.files.end(),
                                  [](const JournalFile& file) { return !file.damage.empty(); });
  if (first == scan.files.end()) return {};
  for (auto file = scan.files.end(); file != first;) {
    --file;
    auto moved = disk.rename(file->path, file->path.string() + kAside);
    if (!moved) return moved;
  }
  scan.files.erase(first, scan.files.end());
  scan.end.reset();
  return {};
}

// Those of this start, and of one that a crash cut short. What stays is removed by the next one.
void remove_what_is_aside(const std::filesystem::path& folder, Disk& disk) {
  for (const std::string& name : disk.names(folder)) {
    if (name.ends_with(kAside)) static_cast<void>(disk.remove(folder / name));
  }
}

// After a clean stop the closing of the newest file says it all, if the database says the same.
std::optional<JournalScan> clean_scan(const SqliteStore& store, const JournalOwner& owner) {
  auto scan = scan_closing(store.folder(), owner.key, store.database_nonce(), store.disk());
  if (!scan) return std::nullopt;
  std::map<StreamId, std::uint64_t> held;
  for (const sync::StreamRow& row : store.streams()) {
    if (row.author == owner.node) held[row.id] = row.seq;
  }
  if (held != scan->before) return std::nullopt;
  return scan;
}

Result<JournalScan> scan_for(const SqliteStore& store, const JournalOwner& owner, ScanDepth depth) {
  if (depth == ScanDepth::Newest) {
    if (auto clean = clean_scan(store, owner)) return std::move(*clean);
  }
  return scan_journal(store.folder(), owner.key, store.database_nonce(), depth, std::nullopt,
                      store.disk());
}

}  // namespace

Result<JournalRepair> open_with_journal(SqliteStore& store, JournalOwner owner,
                                        const std::function<sync::Identity()>& make_identity,
                                        sync::Entropy& entropy, RepairTime now, ScanDepth depth) {
  auto scan = scan_for(store, owner, depth);
  if (!scan) return fail(scan);
  if (auto readable = expect_tails(store, owner.node); !readable) return fail(readable);
  JournalRepair repair;
  for (const JournalFile& file : scan->files) repair.damaged += file.damage.size();
  auto taken = take_back(store, make_identity, entropy, now, *scan);
  if (!taken) {
    store.rollback();
    return fail(taken);
  }
  repair.taken_back = *taken;
  if (auto aside = set_damaged_aside(*scan, store.disk()); !aside) return fail(aside);
  auto journal = Journal::open(store.folder(), std::move(owner.key), store.database_nonce(), *scan,
                               store.disk());
  if (!journal) return fail(journal);
  auto completed = complete(store, owner.node, *scan, **journal);
  if (!completed) return fail(completed);
  repair.completed = *completed;
  remove_what_is_aside(journal_folder(store.folder()), store.disk());
  store.attach(std::move(*journal));
  return repair;
}

}  // namespace yizhan::node
