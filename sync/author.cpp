#include "sync/author.h"

#include <algorithm>
#include <cstdlib>

#include "crdt/codec/change_codec.h"

namespace yizhan::sync {
namespace {

constexpr std::size_t kCoverWindowBytes = 4 * kBodyBytesMax;

// A draft with its place in the stream: dots substituted, personal fields encrypted.
struct Placed {
  crdt::Change change;
  std::vector<KeyRow> new_keys;
};

crdt::Dot place(const crdt::Dot& dot, const crdt::ChangeId& id) {
  return dot.stream == StreamId{} && dot.seq == 0 ? crdt::Dot{id.stream, id.seq, dot.op} : dot;
}

void place_all(std::vector<crdt::Dot>& dots, const crdt::ChangeId& id) {
  for (crdt::Dot& dot : dots) dot = place(dot, id);
  std::sort(dots.begin(), dots.end());
  dots.erase(std::unique(dots.begin(), dots.end()), dots.end());
}

void place_op(crdt::Op& op, const crdt::ChangeId& id) {
  op.entity = place(op.entity, id);
  if (auto* set = std::get_if<crdt::RegSet>(&op.body)) {
    std::sort(set->assigns.begin(), set->assigns.end(),
              [](const crdt::Assign& a, const crdt::Assign& b) { return a.field < b.field; });
    for (crdt::Assign& assign : set->assigns) place_all(assign.over, id);
  } else if (auto* life = std::get_if<crdt::LifeTo>(&op.body)) {
    place_all(life->over, id);
  } else if (auto* rem = std::get_if<crdt::SetRem>(&op.body)) {
    place_all(rem->adds, id);
  } else if (auto* del = std::get_if<crdt::EntDel>(&op.body)) {
    place_all(del->seen, id);
  }
}

Result<Secret32> existing_key(const Replica& replica, const crdt::Dot& key) {
  for (const KeyRow& row : replica.store.rows_of_key(key)) {
    auto opened = replica.data_key(row);
    if (opened) return opened;
  }
  return fail(Errc::NotFound, "no data key of that name opens here");
}

Result<void> encrypt(Replica& replica, const Draft& draft, Placed& placed) {
  if (draft.personal.size() > crdt::kBlobsPerChangeMax) {
    return fail(Errc::LimitExceeded, "too many persons in one change");
  }
  for (std::size_t i = 0; i < draft.personal.size(); ++i) {
    const PersonalDraft& person = draft.personal[i];
    const auto number = static_cast<std::uint8_t>(i);
    const crdt::Dot key = person.key ? *person.key : placed.change.dot(i);
    Secret32 data_key;
    if (person.key) {
      auto held = existing_key(replica, key);
      if (!held) return fail(held);
      data_key = std::move(*held);
    } else {
      const KnownScopeKey* scope_key = replica.newest_key(draft.scope);
      if (scope_key == nullptr) return fail(Errc::NotFound, "the scope has no key yet");
      Key32 fresh;
      replica.entropy.fill(fresh);
      data_key = Secret32(fresh);
      placed.new_keys.push_back({key, draft.scope, scope_key->info->generation,
                                 wrap_data_key(data_key, key, *scope_key->info, replica.entropy)});
    }
    std::size_t bytes = 0;
    for (const std::string& field : person.fields) bytes += field.size();
    if (person.fields.size() > kPersonalFieldsMax || bytes > kPersonalBytesMax) {
      return fail(Errc::LimitExceeded, "personal fields of one person are too large");
    }
    std::array<std::uint8_t, 8> salt;
    replica.entropy.fill(salt);
    placed.change.blobs.push_back(
        seal_personal(data_key, key, placed.change.id, number, person.fields, salt));
  }
  return {};
}

// Checks the change as a receiver would, so that nothing leaves that nobody can read.
Result<Bytes> checked_bytes(const crdt::Change& change) {
  if (change.ops.empty() || change.ops.size() > crdt::kOpsPerChangeMax) {
    return fail(Errc::LimitExceeded, "a change holds 1 to 64 operations");
  }
  Bytes expanded = crdt::encode_expanded(change);
  if (expanded.size() > crdt::kChangeBytesMax) {
    return fail(Errc::LimitExceeded, "a change holds at most 32 KiB");
  }
  auto again = crdt::decode_expanded(expanded, change.id);
  if (!again) return fail(again);
  return expanded;
}

// Returns the head after it.
Head append_change(Replica& replica, Batch& batch, const crdt::Change& change, Bytes expanded) {
  const StreamRow& row = replica.streams.at(change.id.stream);
  const Head head = next_head(row.head, change.id.seq, expanded);
  std::vector<ChainedChange>& tail = replica.tail(change.id.stream);  // as it was before this one
  replica.sealed_heads.try_emplace(row.id, first_head(row.id));
  batch.put(PutTail{change.id.stream, {change.id.seq, expanded}});
  batch.advance(change.id.stream, change.id.seq, head);
  tail.push_back({change, std::move(expanded), head});
  return head;
}

// After a put-back a record may be known by what others wrote on it alone: its beginning stood here
// only, and is lost. A change that refers to it could never be sealed, nor anything behind it.
Result<void> check_references(const Replica& replica, const crdt::Change& change) {
  bool held = true;
  crdt::for_each_dot(change, [&](const crdt::Dot& dot) {
    if (dot.stream == change.id.stream) return;
    const StreamRow* row = replica.stream(dot.stream);
    held = held && row != nullptr && dot.seq <= std::max(row->seq, row->sealed);
  });
  if (!held) return fail(Errc::NotFound, "it refers to what this node does not hold", "id");
  return {};
}

StreamRow new_stream(const EpochOpen& open) {
  StreamRow row;
  row.id = stream_id(open);
  row.scope = open.scope;
  row.author = open.node;
  row.epoch = open.epoch;
  row.head = first_head(row.id);
  return row;
}

// The first change of a stream: EPOCH_OPEN alone, by which receivers recompute the stream's id.
Result<void> open_own_stream(Replica& replica, Batch& batch, WallMs now, const Scope& scope) {
  const EpochOpen open{replica.self().network, replica.node(), replica.identity.epoch, scope};
  const StreamRow row = new_stream(open);
  crdt::Change change;
  change.id = {row.id, 1};
  change.hlc = replica.issue_stamp(now);
  change.clock_suspect = replica.clock_suspect;
  change.ops.push_back(
      {change.dot(0),
       crdt::Opaque{static_cast<std::uint16_t>(crdt::OpKind::EpochOpen), encode(open)}});
  auto expanded = checked_bytes(change);
  if (!expanded) return fail(expanded);
  batch.open_stream(row);
  const Head head = append_change(replica, batch, change, *expanded);
  batch.put(JournalChange{row.id, row.epoch, 1, head, std::move(*expanded), {}, {}});
  return {};
}

}  // namespace

Result<Written> write_draft(Replica& replica, Batch& batch, WallMs now, const Draft& draft) {
  // What it would write counts nowhere: nobody may be told that it is saved.
  if (replica.revoked(replica.node()))
    return fail(Errc::Denied, "this node was revoked", "revoked");
  if (!replica.self().may_write(draft.scope)) {
    return fail(Errc::OutOfScope, "this node may not write in " + text(draft.scope));
  }
  const StreamRow* own = replica.own_stream(draft.scope);
  Placed placed;
  placed.change.id = {
      stream_id({replica.self().network, replica.node(), replica.identity.epoch, draft.scope}),
      own == nullptr ? 2 : own->seq + 1};
  if (std::abs(draft.business_ms) > crdt::kBusinessMaxMs) {
    return fail(Errc::LimitExceeded, "the business time is out of range");
  }
  if (placed.change.id.seq > crdt::kSeqMax) {
    return fail(Errc::LimitExceeded, "the stream is full: open a new epoch");
  }
  placed.change.ops = draft.ops;
  for (crdt::Op& op : placed.change.ops) place_op(op, placed.change.id);
  if (const auto done = encrypt(replica, draft, placed); !done) return fail(done);
  placed.change.staff = draft.staff;
  placed.change.policy = draft.policy;
  placed.change.business_ms = draft.business_ms;
  placed.change.clock_suspect = replica.clock_suspect;
  placed.change.idempotency = draft.idempotency ? draft.idempotency->key : 0;
  placed.change.hlc = crdt::hlc_at(now);  // stands in until everything is known to fit
  if (const auto fits = checked_bytes(placed.change); !fits) return fail(fits);
  if (const auto known = check_references(replica, placed.change); !known) return fail(known);

  if (own == nullptr) {
    if (const auto opened = open_own_stream(replica, batch, now, draft.scope); !opened) {
      return fail(opened);
    }
  }
  placed.change.hlc = replica.issue_stamp(now);
  Bytes expanded = crdt::encode_expanded(placed.change);
  const StreamRow row = replica.streams.at(placed.change.id.stream);
  if (const auto applied = batch.apply(row, placed.change); !applied) return fail(applied);

  std::optional<IdempotencyRow> idempotency = draft.idempotency;
  if (idempotency) {
    idempotency->entity = place(idempotency->entity, placed.change.id);
    batch.put(PutIdempotency{*idempotency});
  }
  for (const KeyRow& key : placed.new_keys) batch.put_key_row(key);
  const Head head = append_change(replica, batch, placed.change, expanded);
  batch.put(JournalChange{row.id, row.epoch, placed.change.id.seq, head, std::move(expanded),
                          std::move(placed.new_keys), idempotency});
  return Written{placed.change.id, placed.change.hlc};
}

Result<void> take_back(Replica& replica, Batch& batch, const JournalChange& lost) {
  auto change = crdt::decode_expanded(lost.expanded, {lost.stream, lost.seq});
  if (!change) return fail(change);
  const StreamRow* held = replica.stream(lost.stream);
  StreamRow row;
  if (held != nullptr) {
    row = *held;
  } else if (lost.seq == 1) {
    const auto open = epoch_open_of(*change);
    if (!open) return fail(open);
    row = new_stream(*open);
  }
  if (row.author != replica.node() || lost.seq != row.seq + 1) {
    return fail(Errc::Gap, "the change does not follow what is held");
  }
  const auto cut = replica.cut(row);
  if (cut && lost.seq > cut->seq) return {};  // it stays in the journal
  if (next_head(row.head, lost.seq, lost.expanded) != lost.head) {
    return fail(Errc::BadChain, "the change follows another one than is held");
  }
  if (held == nullptr) batch.open_stream(row);
  replica.clock.resume_after(change->hlc);
  if (const auto applied = batch.apply(row, *change); !applied) return fail(applied);
  if (lost.idempotency) batch.put(PutIdempotency{*lost.idempotency});
  for (const KeyRow& key : lost.keys) batch.put_key_row(key);
  append_change(replica, batch, *change, lost.expanded);
  return {};
}

bool tail_is_full(const Replica& replica, StreamId stream) {
  const std::vector<ChainedChange>& tail = replica.tail(stream);
  std::size_t bytes = 0;
  for (const ChainedChange& c : tail) bytes += c.expanded.size();
  return tail.size() >= kSegmentChangesMax || bytes >= kSegmentBytesMax;
}

bool seal_tail(Replica& replica, Batch& batch, StreamId stream) {
  std::vector<ChainedChange>& tail = replica.tail(stream);
  if (tail.empty()) return false;
  std::size_t count = 0;
  for (std::size_t bytes = 0; count < tail.size() && count < kSegmentChangesMax; ++count) {
    bytes += tail[count].expanded.size();
    if (count > 0 && bytes > kSegmentBytesMax) break;
  }
  const std::span<const ChainedChange> run(tail.data(), count);
  std::vector<crdt::Change> changes;
  for (const ChainedChange& c : run) changes.push_back(c.change);
  const auto tag_at = [&replica](StreamId id, std::uint64_t seq) {
    return replica.tag_at(id, seq);
  };
  const auto dictionary = dictionary_for(stream, changes, tag_at);
  if (!dictionary) return false;
  Head& sealed_head = replica.sealed_heads.at(stream);
  SealedSegment sealed = seal_segment(sealed_head, run, *dictionary, replica.identity.secrets.sign);
  sealed_head = sealed.header.head;
  SegmentRow row;
  row.stream = stream;
  row.first = sealed.header.first;
  row.last = sealed.header.last;
  row.changes_bytes = sealed.header.body_size;
  row.container = std::move(sealed.container);
  batch.set_sealed(stream, row.last);
  batch.put_segment(std::move(row));
  tail.erase(tail.begin(), tail.begin() + static_cast<std::ptrdiff_t>(count));
  return true;
}

namespace {

// The newest stored segments of a stream, oldest first, bounded in bytes.
std::vector<SegmentRow> newest_segments(const Replica& replica, const StreamRow& row) {
  const std::uint64_t from =
      row.sealed > 2 * kSegmentChangesMax ? row.sealed - 2 * kSegmentChangesMax : 1;
  auto rows = replica.store.segments(row.id, from, kCoverWindowBytes);
  return rows ? std::move(*rows) : std::vector<SegmentRow>{};
}

// Nothing worth adding fits any more.
bool full(const SegmentRow& row) {
  return row.last - row.first + 1 > kSegmentChangesMax - kCoverRun ||
         row.changes_bytes > kSegmentBytesMax - kSegmentBytesMax / kCoverRun;
}

// How many segments from `start` fit into one.
std::size_t fitting(std::span<const SegmentRow> rows, std::size_t start) {
  std::uint64_t changes = 0;
  std::size_t bytes = 0;
  std::size_t end = start;
  for (; end < rows.size(); ++end) {
    changes += rows[end].last - rows[end].first + 1;
    bytes += rows[end].changes_bytes;
    if (changes > kSegmentChangesMax || bytes > kSegmentBytesMax) break;
  }
  return end - start;
}

// The run that is worth covering: small segments that fill one, else kCoverRun of the lowest
// level. Two levels keep the work at two re-seals a change.
std::span<const SegmentRow> run_to_cover(std::span<const SegmentRow> rows) {
  std::size_t begin = rows.size();
  while (begin > 0 && !full(rows[begin - 1])) --begin;
  for (std::size_t start = begin; start < rows.size(); ++start) {
    const std::size_t count = fitting(rows, start);
    if (start + count == rows.size()) break;
    if (count >= 2) return rows.subspan(start, count);
  }
  std::size_t lowest = 0;
  while (lowest < rows.size() - begin &&
         rows[rows.size() - 1 - lowest].last - rows[rows.size() - 1 - lowest].first + 1 <
             kCoverRun) {
    ++lowest;
  }
  if (lowest < kCoverRun) return {};
  return rows.subspan(rows.size() - lowest, kCoverRun);
}

}  // namespace

std::optional<SegmentHeader> cover_small(Replica& replica, Batch& batch, StreamId stream) {
  const StreamRow* row = replica.stream(stream);
  if (row == nullptr || !replica.is_own_current(*row)) return std::nullopt;
  const std::vector<SegmentRow> rows = newest_segments(replica, *row);
  const auto run = run_to_cover(rows);
  if (run.empty()) return std::nullopt;

  std::vector<ChainedChange> changes;
  std::vector<Dictionary> dictionaries;
  Head head;
  Head previous;
  std::size_t bytes = 0;
  std::uint64_t content = 0;
  for (const SegmentRow& part : run) {
    const auto header = peek_header(part.container);
    if (!header) return std::nullopt;
    auto body = open_body(*header, part.container);
    if (!body) return std::nullopt;
    if (changes.empty()) previous = head = header->previous;
    for (std::size_t i = 0; i < body->changes.size(); ++i) {
      if (changes.size() == kSegmentChangesMax) return std::nullopt;
      bytes += body->expanded[i].size();
      head = next_head(head, body->changes[i].id.seq, body->expanded[i]);
      changes.push_back({std::move(body->changes[i]), std::move(body->expanded[i]), head});
    }
    dictionaries.push_back(std::move(body->dictionary));
    content = std::max(content, part.content);
  }
  const Dictionary dictionary = merge_dictionaries(dictionaries);
  if (bytes > kSegmentBytesMax + crdt::kChangeBytesMax || dictionary.size() > kDictionaryMax) {
    return std::nullopt;
  }
  SealedSegment sealed = seal_segment(previous, changes, dictionary, replica.identity.secrets.sign);
  SegmentRow covering;
  covering.stream = stream;
  covering.first = sealed.header.first;
  covering.last = sealed.header.last;
  covering.covering = true;
  covering.content = content;
  covering.changes_bytes = sealed.header.body_size;
  covering.container = std::move(sealed.container);
  batch.put_segment(std::move(covering));
  return sealed.header;
}

}  // namespace yizhan::sync
