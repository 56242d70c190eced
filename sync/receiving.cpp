#include "sync/receiving.h"

#include <algorithm>

namespace yizhan::sync {
namespace {

constexpr std::size_t kEarlyKeysMax = 4 * kKeyRowsPerMessage;

}  // namespace

void Receiving::take(const KeyRows& rows, Batch& batch) {
  auto early = admit_key_rows(counterpart_.replica, batch, counterpart_.certificate(), rows);
  if (!early) return batch.notice(counterpart_.refusal(early.error()));
  if (early_keys_.size() + early->size() > kEarlyKeysMax) early_keys_.clear();
  early_keys_.insert(early_keys_.end(), early->begin(), early->end());
}

// The rows that came just before the segment of `stream`: they stand or fall with it.
void Receiving::settle_early_keys(StreamId stream, Batch& batch) {
  for (const KeyRow& row : early_keys_) {
    if (row.key.stream == stream && counterpart_.replica.admitted(row.scope, row.key.change())) {
      batch.put_key_row(row);
    }
  }
  std::erase_if(early_keys_, [&](const KeyRow& row) { return row.key.stream == stream; });
}

Result<std::optional<Admitted>> Receiving::take(const SegmentMessage& segment, WallMs wall,
                                                Batch& batch) {
  const auto taken = admit_segment(counterpart_.replica, batch, wall, segment.container);
  const auto header = peek_header(segment.container);
  if (header) settle_early_keys(header->stream, batch);
  if (taken) {
    admitted(*taken, batch);
    comparison_.received(segment.container.size(), batch);
    return std::optional(*taken);
  }
  const Error& error = taken.error();
  batch.notice(counterpart_.refusal(error));
  switch (error.code) {
    case Errc::Gap: ask_again(header ? std::optional(header->stream) : std::nullopt); break;
    case Errc::UnknownAuthor: comparison_.skip(); break;
    case Errc::Conflict: {
      const StreamRow* row = header ? counterpart_.replica.stream(header->stream) : nullptr;
      if (row != nullptr && counterpart_.replica.is_own_current(*row)) {
        batch.open_epoch(counterpart_.link, *counterpart_.node, row->scope);
        return fail(Errc::Conflict, kOthersHoldMore);
      }
      Notice fork = counterpart_.notice(Notice::Kind::ForkSeen);
      if (row != nullptr) {
        fork.node = row->author;
        fork.scope = row->scope;
      }
      fork.count = header ? header->last : 0;
      fork.detail = error.detail;
      batch.notice(std::move(fork));
      comparison_.skip();
      // Once, so that whoever wrote it hears of it now.
      if (header && forks_.insert(header->stream).second) comparison_.ask(true);
      break;
    }
    case Errc::StorageIo:
    case Errc::StorageFull:
    case Errc::StorageCorrupt: batch.out().storage_error = error; break;
    default: return fail(error.code, "a segment was refused");
  }
  return std::optional<Admitted>{};
}

// A segment did not follow what is held.
void Receiving::ask_again(const std::optional<StreamId>& stream) {
  comparison_.skip();
  if (const StreamRow* row = stream ? counterpart_.replica.stream(*stream) : nullptr) {
    comparison_.send_vector(row->scope);
  } else {
    comparison_.ask(true);
  }
}

std::optional<Admitted> Receiving::take(const CoverMessage& cover, Batch& batch) {
  const auto taken = admit_cover(counterpart_.replica, batch, cover.header);
  if (taken) {
    admitted(*taken, batch);
    return *taken;
  }
  // Not held exactly like that: the whole segment comes when it is needed.
  if (taken.error().code != Errc::NotFound && taken.error().code != Errc::UnknownAuthor) {
    batch.notice(counterpart_.refusal(taken.error()));
  }
  return std::nullopt;
}

// A hub that hears its own receipt, of the log that it keeps, and does not know it: its database
// was put back to an earlier day.
Result<std::optional<Scope>> Receiving::take(const ReceiptMessage& receipt, Batch& batch) {
  const auto newer = admit_receipt(counterpart_.replica, batch, receipt.receipt);
  if (!newer && newer.error().code == Errc::Conflict) {
    batch.open_epoch(counterpart_.link, *counterpart_.node, decode_receipt(receipt.receipt)->scope);
    return fail(newer);
  }
  if (!newer) {
    batch.notice(counterpart_.refusal(newer.error()));
    return std::optional<Scope>{};
  }
  if (!*newer) return std::optional<Scope>{};
  Notice received = counterpart_.notice(Notice::Kind::Received);
  received.scope = decode_receipt(receipt.receipt)->scope;
  received.count = 1;
  batch.notice(received);
  return std::optional(received.scope);
}

void Receiving::admitted(const Admitted& done, Batch& batch) {
  const StreamRow& row = counterpart_.replica.streams.at(done.stream);
  sending_.reached(done.stream, done.last);
  if (counterpart_.is_parent()) {
    batch.put_ack(*counterpart_.node, done.stream, std::min(done.last, row.seq));
  }
  if (done.held > 0) {
    Notice held = counterpart_.notice(Notice::Kind::Held);
    held.scope = done.scope;
    held.count = done.held;
    batch.notice(std::move(held));
  }
  if (row.seq > 0) to_ack_[done.stream] = {done.stream, row.seq, head_tag(row.head)};
  if (done.first_new == 0) return;
  Notice fresh = counterpart_.notice(Notice::Kind::Admitted);
  fresh.scope = done.scope;
  fresh.count = done.last - done.first_new + 1;
  batch.notice(std::move(fresh));
}

std::optional<Ack> Receiving::acks() {
  if (to_ack_.empty()) return std::nullopt;
  Ack ack;
  for (const auto& [stream, entry] : to_ack_) ack.entries.push_back(entry);
  to_ack_.clear();
  return ack;
}

}  // namespace yizhan::sync
