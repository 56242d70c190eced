#include "sync/admission.h"

#include <algorithm>

#include "crdt/base/planted.h"

namespace yizhan::sync {
namespace {

constexpr const char* kOtherHistory = "another history of this stream is the one that counts";

// Who may write the stream, and its row: the held one, or the one its EPOCH_OPEN describes.
struct Origin {
  StreamRow row;
  const Certificate* author = nullptr;
  bool fresh = false;
};

Result<StreamRow> describe_stream(const Replica& replica, const SegmentHeader& header,
                                  const SegmentBody& body) {
  const auto open = epoch_open_of(body.changes.front());
  if (!open) return fail(open);
  if (open->network != replica.self().network || stream_id(*open) != header.stream) {
    return fail(Errc::WrongStream, "the stream id is not its author's");
  }
  StreamRow row;
  row.id = header.stream;
  row.scope = open->scope;
  row.author = open->node;
  row.epoch = open->epoch;
  row.head = first_head(header.stream);
  return row;
}

Result<void> check_rights(const Replica& replica, const Origin& origin) {
  if (!origin.author->may_write(origin.row.scope)) {
    return fail(Errc::OutOfScope, "the author may not write in " + text(origin.row.scope));
  }
  if (!replica.self().replicates(origin.row.scope)) {
    return fail(Errc::OutOfScope, "this node does not replicate " + text(origin.row.scope));
  }
  return {};
}

Result<Origin> find_origin(const Replica& replica, const SegmentHeader& header,
                           const std::optional<SegmentBody>& body) {
  Origin origin;
  if (const StreamRow* held = replica.stream(header.stream)) {
    origin.row = *held;
  } else if (body) {
    auto described = describe_stream(replica, header, *body);
    if (!described) return fail(described);
    origin.row = std::move(*described);
    origin.fresh = true;
  }
  origin.author = replica.member(origin.row.author);
  if (origin.author == nullptr) {
    return fail(Errc::UnknownAuthor, "no certificate of the author is known");
  }
  if (const auto rights = check_rights(replica, origin); !rights) return fail(rights);
  if (const auto sealed = verify_seal(header, origin.author->sign_key); !sealed) {
    return fail(sealed);
  }
  return origin;
}

// Our head must lie on the segment's chain, or the stream has forked.
Result<void> continues_ours(const StreamRow& row, const SegmentHeader& header,
                            const SegmentBody& body) {
  Head head = header.previous;
  for (std::uint64_t seq = header.first; seq <= std::min(row.seq, header.last); ++seq) {
    head = next_head(head, seq, body.expanded[static_cast<std::size_t>(seq - header.first)]);
  }
  const bool reaches = header.last >= row.seq;
  if (reaches && head != row.head) {
    return fail(Errc::Conflict, "another history of this stream is held");
  }
  return {};
}

// Stored segments that lie wholly inside [first, last], when they fill it exactly.
std::vector<SegmentRow> small_parts(const Replica& replica, const SegmentHeader& header) {
  const auto begins = replica.store.segments(header.stream, header.first, 1);
  const bool several = begins && !begins->empty() && begins->front().first == header.first &&
                       begins->front().last < header.last;
  if (!several) return {};  // mostly it is the very segment that is held
  auto rows = replica.store.segments(header.stream, header.first, 8 * kBodyBytesMax);
  if (!rows) return {};
  std::vector<SegmentRow> parts;
  std::uint64_t next = header.first;
  for (SegmentRow& row : *rows) {
    if (row.first != next || row.last > header.last) break;
    next = row.last + 1;
    parts.push_back(std::move(row));
  }
  if (next != header.last + 1 || parts.size() < 2) return {};
  return parts;
}

std::uint64_t content_of(const std::vector<SegmentRow>& parts) {
  std::uint64_t content = 0;
  for (const SegmentRow& part : parts) content = std::max(content, part.content);
  return content;
}

SegmentRow row_of(const SegmentHeader& header, Bytes container) {
  SegmentRow row;
  row.stream = header.stream;
  row.first = header.first;
  row.last = header.last;
  row.changes_bytes = header.body_size;
  row.container = std::move(container);
  return row;
}

// What this node holds as a tail, and sealed once before its database was put back.
Result<Admitted> admit_own_tail(Replica& replica, Batch& batch, const Origin& origin,
                                const SegmentHeader& header, ByteView container) {
  const auto tag = replica.tag_at(header.stream, header.last);
  if (!tag || *tag != head_tag(header.head)) {
    return fail(Errc::Conflict, "another history of this stream is held");
  }
  if (const auto opened = open_body(header, container); !opened) return fail(opened);
  batch.set_sealed(header.stream, header.last);
  replica.sealed_elsewhere(header);
  SegmentRow row = row_of(header, Bytes(container.begin(), container.end()));
  row.covering = header.first <= origin.row.sealed;
  batch.put_segment(std::move(row));
  return Admitted{header.stream, origin.row.scope, 0, header.last, 0, false, {}};
}

// A segment whose changes we all hold: nothing to apply; worth opening, and keeping, only if it
// covers small ones.
Result<Admitted> admit_held(Replica& replica, Batch& batch, const Origin& origin,
                            const SegmentHeader& header, ByteView container) {
  Admitted done{origin.row.id, origin.row.scope, 0, header.last, 0, false, {}};
  if (header.last == origin.row.seq && header.head != origin.row.head) {
    return fail(Errc::Conflict, "another history of this stream is held");
  }
  if (header.last > origin.row.sealed)
    return admit_own_tail(replica, batch, origin, header, container);
  const auto parts = small_parts(replica, header);
  if (parts.empty()) return done;
  const auto last = peek_header(parts.back().container);
  if (!last || last->head != header.head) {
    return fail(Errc::Conflict, "another history of this stream is held");
  }
  if (const auto opened = open_body(header, container); !opened) return fail(opened);
  SegmentRow row = row_of(header, Bytes(container.begin(), container.end()));
  row.covering = true;
  row.content = content_of(parts);
  batch.put_segment(std::move(row));
  done.covered = true;
  done.cover_header = encode_header(header);
  return done;
}

// What a relay stores and passes on is what it received: the planted bug stores its own encoding.
Bytes container_to_keep(const SegmentHeader& header, const SegmentBody& body, ByteView received) {
  if (planted(Bug::RelayReencodes)) {
    std::vector<const crdt::Change*> changes;
    for (const crdt::Change& change : body.changes) changes.push_back(&change);
    return make_container(header, encode_body(header.stream, changes, body.dictionary),
                          Packing::None);
  }
  return Bytes(received.begin(), received.end());
}

struct OpenSegment {
  const SegmentHeader& header;
  const SegmentBody& body;
  ByteView container;
};

// Admits what is new up to `last`, and stores the segment. REQUIRES: it continues ours.
Result<Admitted> admit_new(Replica& replica, Batch& batch, WallMs now, const Origin& origin,
                           std::uint64_t last, const OpenSegment& segment) {
  const auto& [header, body, container] = segment;
  const std::uint64_t have = origin.row.seq;
  if (origin.fresh) batch.open_stream(origin.row);
  const bool own = origin.row.author == replica.node();  // which this database has lost
  Head head = header.previous;
  std::uint64_t ahead = 0;
  for (std::size_t i = 0; i < body.changes.size(); ++i) {
    const crdt::Change& change = body.changes[i];
    head = next_head(head, change.id.seq, body.expanded[i]);
    if (change.id.seq <= have) continue;
    if (change.id.seq > last) break;
    replica.clock.see(change.hlc, now);
    if (ahead == 0 && crdt::is_ahead(change.hlc, now)) ahead = change.id.seq;
    const StreamRow row = replica.streams.at(header.stream);
    if (const auto applied = batch.apply(row, change); !applied) return fail(applied);
    batch.advance(header.stream, change.id.seq, head);
    if (own) {
      batch.put(JournalChange{row.id, row.epoch, change.id.seq, head, body.expanded[i], {}, {}});
    }
  }
  batch.set_sealed(header.stream, std::max(origin.row.sealed, header.last));
  if (own) replica.sealed_elsewhere(header);
  SegmentRow row = row_of(header, container_to_keep(header, body, container));
  row.covering = header.first <= have;  // what it overlaps wholly need not be kept twice
  batch.put_segment(std::move(row));
  return Admitted{header.stream, origin.row.scope, last > have ? have + 1 : 0, last, 0, false, {},
                  ahead};
}

// The head that the stored changes of the stream lead to, cut off or not.
Result<Head> stored_head(const Replica& replica, const StreamRow& row) {
  if (row.sealed <= row.seq) return row.head;
  const auto rows = replica.store.segments(row.id, row.sealed, 0);
  if (!rows) return fail(rows);
  const auto header = rows->empty()
                          ? Result<SegmentHeader>(fail(Errc::StorageCorrupt, "no segment"))
                          : peek_header(rows->front().container);
  if (!header) return fail(header);
  return header->head;
}

// A segment that reaches past its author's revocation: stored whole, and admitted up to the cut, in
// the history that the cut names. What is past it goes no further than this node.
Result<Admitted> admit_to_cut(Replica& replica, Batch& batch, WallMs now, const Origin& origin,
                              const Cut& cut, const OpenSegment& segment) {
  const auto& [header, body, container] = segment;
  const StreamRow& row = origin.row;
  Admitted held{row.id, row.scope, 0, row.seq, header.last - cut.seq, false, {}};
  if (header.last <= row.sealed) return held;
  if (row.seq >= cut.seq) {  // all that counts is here: the rest is kept as it continues
    const auto head = stored_head(replica, row);
    if (!head) return fail(head);
    if (header.first != row.sealed + 1 || header.previous != *head) {
      return origin.fresh ? Result<Admitted>(fail(Errc::BadChain, "it does not begin the stream"))
                          : held;
    }
  } else {
    if (const auto same = continues_ours(row, header, body); !same) return fail(same);
    Head head = header.previous;
    for (std::uint64_t seq = header.first; seq <= cut.seq; ++seq) {
      head = next_head(head, seq, body.expanded[static_cast<std::size_t>(seq - header.first)]);
    }
    if (head_tag(head) != cut.tag) {
      return fail(Errc::Conflict, kOtherHistory);
    }
  }
  auto admitted = admit_new(replica, batch, now, origin, std::max(row.seq, cut.seq), segment);
  if (admitted) admitted->held = held.held;
  return admitted;
}

}  // namespace

Result<Admitted> admit_segment(Replica& replica, Batch& batch, WallMs now, ByteView container) {
  const auto header = peek_header(container);
  if (!header) return fail(header);
  const StreamRow* held = replica.stream(header->stream);
  const std::uint64_t have = held == nullptr ? 0 : held->seq;
  const std::uint64_t sealed = held == nullptr ? 0 : held->sealed;  // less only where we author
  if (header->first > sealed + 1) return fail(Errc::Gap, "changes before this segment are missing");

  std::optional<SegmentBody> body;
  const auto open_now = [&]() -> Result<void> {
    auto opened = open_body(*header, container);
    if (!opened) return fail(opened);
    body = std::move(*opened);
    return {};
  };
  if (held == nullptr) {
    if (const auto opened = open_now(); !opened) return fail(opened);
  }
  auto origin = find_origin(replica, *header, body);
  if (!origin) return fail(origin);
  auto cut = replica.cut(origin->row);
  if (planted(Bug::RevokedStillAdmitted)) cut.reset();
  if (cut && header->last == cut->seq && head_tag(header->head) != cut->tag) {
    return fail(Errc::Conflict, kOtherHistory);
  }
  if (header->last <= have) return admit_held(replica, batch, *origin, *header, container);
  if (!body) {
    if (const auto opened = open_now(); !opened) return fail(opened);
  }
  const OpenSegment segment{*header, *body, container};
  if (cut && header->last > cut->seq) {
    return admit_to_cut(replica, batch, now, *origin, *cut, segment);
  }
  if (replica.is_own_current(origin->row)) {
    return fail(Errc::Conflict, "a peer holds more of this node's own stream than itself");
  }
  if (const auto same = continues_ours(origin->row, *header, *body); !same) return fail(same);
  return admit_new(replica, batch, now, *origin, header->last, segment);
}

Result<Admitted> admit_cover(Replica& replica, Batch& batch, ByteView bytes) {
  const auto header = decode_header(bytes);
  if (!header) return fail(header);
  const auto origin = find_origin(replica, *header, std::nullopt);
  if (!origin) return fail(origin);
  const auto cut = replica.cut(origin->row);
  if (cut && header->last > cut->seq) {
    return fail(Errc::NotFound, "it reaches past what counts of its author");
  }
  const auto parts = small_parts(replica, *header);
  if (parts.empty()) return fail(Errc::NotFound, "the segments it covers are not held");

  std::vector<crdt::Change> changes;
  std::vector<Dictionary> dictionaries;
  Head previous;
  Head head;
  for (const SegmentRow& part : parts) {
    const auto part_header = peek_header(part.container);
    if (!part_header) return fail(part_header);
    auto part_body = open_body(*part_header, part.container);
    if (!part_body) return fail(part_body);
    if (changes.empty()) previous = part_header->previous;
    head = part_header->head;
    dictionaries.push_back(std::move(part_body->dictionary));
    for (crdt::Change& change : part_body->changes) changes.push_back(std::move(change));
  }
  if (previous != header->previous || head != header->head) {
    return fail(Errc::Conflict, "another history of this stream is held");
  }
  std::vector<const crdt::Change*> pointers;
  pointers.reserve(changes.size());
  for (const crdt::Change& change : changes) pointers.push_back(&change);
  Bytes container = make_container(
      *header, encode_body(header->stream, pointers, merge_dictionaries(dictionaries)));
  if (const auto same = open_body(*header, container); !same) return fail(same);
  SegmentRow row = row_of(*header, std::move(container));
  row.covering = true;
  row.content = content_of(parts);
  batch.put_segment(std::move(row));
  return Admitted{header->stream,
                  origin->row.scope,
                  0,
                  header->last,
                  0,
                  true,
                  Bytes(bytes.begin(), bytes.end())};
}

Result<std::vector<KeyRow>> admit_key_rows(Replica& replica, Batch& batch, const Certificate& peer,
                                           const KeyRows& rows) {
  for (const KeyRow& row : rows.rows) {
    if (!replica.self().replicates(row.scope) || !peer.replicates(row.scope)) {
      return fail(Errc::OutOfScope, "keyring row of " + text(row.scope));
    }
  }
  std::vector<KeyRow> early;
  for (const KeyRow& row : rows.rows) {
    if (replica.admitted(row.scope, row.key.change())) {
      batch.put_key_row(row);
    } else {
      early.push_back(row);
    }
  }
  return early;
}

Result<bool> admit_receipt(Replica& replica, Batch& batch, ByteView bytes) {
  auto receipt = decode_receipt(bytes);
  if (!receipt) return fail(receipt);
  const Certificate* hub = replica.member(receipt->hub);
  if (hub == nullptr) return fail(Errc::UnknownAuthor, "the hub of the receipt is not known");
  if (hub->role != Role::Hub || !replica.self().replicates(receipt->scope)) {
    return fail(Errc::OutOfScope, "receipt for " + text(receipt->scope));
  }
  if (const auto valid = verify_receipt(*receipt, hub->sign_key); !valid) return fail(valid);
  if (receipt->issued <= replica.receipt_stamp(receipt->scope)) return false;
  const bool own = receipt->hub == replica.node();
  if (own && receipt->log_instance == replica.log_instance) {
    return fail(Errc::Conflict, "a receipt of its own that this hub does not know");
  }
  batch.put_receipt(*receipt);
  return true;
}

}  // namespace yizhan::sync
