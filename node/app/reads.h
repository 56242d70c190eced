// Reads: what the use cases look up, as a port that node/store and tests implement.
//
// What        Entities, the day list of a station, its queue and windows, what people said of its
//             service, the roster and idempotency keys, all as of every applied write.
// Invariants  Rows of a day are ordered by (window, dot).
// Units       Days since 1970-01-01 and minutes of the day, China time.
// Errors      StorageIo, StorageCorrupt from damaged rows.
// Source      style.md section 6 (reads go through a const view passed in).
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "crdt/life.h"
#include "sync/store.h"

namespace yizhan::node {

struct DayEntry {
  crdt::Dot dot;
  std::int64_t window = 0;
  crdt::Appointment state = crdt::Appointment::Submitted;
};

struct QueueEntry {
  crdt::Dot dot;
  std::int64_t date = 0;  // business date of the ticket
  crdt::Visit state = crdt::Visit::Waiting;
};

// Tickets that are counted together: of one series, day and epoch (sync/epoch.h).
struct TicketRun {
  std::int64_t date = 0;
  std::int64_t series = 0;
  std::int64_t mark = 0;
  friend auto operator<=>(const TicketRun&, const TicketRun&) = default;
};

struct ComplaintEntry {
  crdt::Dot dot;
  WallMs at;
};
// Where a list that begins with the newest goes on: after what happened at `at` and, of the same
// moment, after `dot`; without it, after all of that moment.
struct ComplaintMark {
  WallMs at;
  std::optional<crdt::Dot> dot;
};

class Reads {
 public:
  virtual ~Reads() = default;
  virtual Result<sync::StatePtr> entity(const sync::Scope& scope, const crdt::Dot& dot) const = 0;
  virtual Result<std::vector<DayEntry>> day(const sync::Scope& scope, std::int64_t date) const = 0;
  virtual Result<std::vector<crdt::Dot>> roster(const sync::Scope& scope) const = 0;
  virtual std::optional<sync::IdempotencyRow> idempotency(std::uint64_t key) const = 0;
  // Highest counter among the numbers printed for a station's slips on one day in the epoch of
  // that mark; 0: none.
  virtual Result<std::int64_t> printed_highest(const sync::Scope& scope, std::int64_t day,
                                               std::int64_t mark) const = 0;
  // The record of hand-written forms that holds the number issued on `day` with that counter.
  virtual Result<std::optional<crdt::Dot>> paper_forms(const sync::Scope& scope, std::int64_t day,
                                                       std::int64_t counter) const = 0;
  // All such records of a station, as they were issued.
  virtual Result<std::vector<crdt::Dot>> all_paper_forms(const sync::Scope& scope) const = 0;
  // Visits of a station: those that may still be served, of every day; those of one day that are
  // over. Without the tickets that were taken back.
  virtual Result<std::vector<QueueEntry>> open_visits(const sync::Scope& scope) const = 0;
  virtual Result<std::vector<QueueEntry>> closed_visits(const sync::Scope& scope,
                                                        std::int64_t date) const = 0;
  // Highest counter among these tickets; 0: none.
  virtual Result<std::int64_t> ticket_highest(const sync::Scope& scope,
                                              const TicketRun& run) const = 0;
  // The visit with which the person of an appointment came.
  virtual Result<std::optional<crdt::Dot>> arrival(const sync::Scope& scope,
                                                   const crdt::Dot& appointment) const = 0;
  virtual Result<std::vector<crdt::Dot>> windows(const sync::Scope& scope) const = 0;
  // How a day was closed.
  virtual Result<std::optional<crdt::Dot>> closing(const sync::Scope& scope,
                                                   std::int64_t date) const = 0;
  // The visit that was finished last at a window.
  virtual Result<std::optional<crdt::Dot>> last_served(const sync::Scope& scope,
                                                       std::int64_t window) const = 0;
  // The evaluations of a visit; the visits whose code has that hash (node/app/rating_codes.h).
  virtual Result<std::vector<crdt::Dot>> evaluations(const sync::Scope& scope,
                                                     const crdt::Dot& visit) const = 0;
  virtual Result<std::vector<crdt::Dot>> rateable(const sync::Scope& scope,
                                                  std::int64_t token) const = 0;
  // At most `most` complaints, newest first.
  virtual Result<std::vector<ComplaintEntry>> complaints(const sync::Scope& scope,
                                                         const std::optional<ComplaintMark>& after,
                                                         std::int64_t most) const = 0;
  // Every change of a stream from `from` on, oldest first, until `visit` says false.
  virtual Result<void> changes(const sync::StreamRow& stream, std::uint64_t from,
                               const std::function<bool(const crdt::Change&)>& visit) const = 0;
};

}  // namespace yizhan::node
