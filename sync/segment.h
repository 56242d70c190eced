// Segment: a run of consecutive changes of one stream under one signature.
//
// What        The unit of storage and relay. A container holds the header, the seal and the body
//             (dictionary, then changes in wire spelling), possibly compressed; it is stored and
//             relayed byte for byte as received. The seal signs the hash of the whole uncompressed
//             body.
// Invariants  I1  the body is a function of the changes and the dictionary's tags, so a peer that
//                 has the changes can rebuild a covering segment from header and seal alone.
//             I2  the dictionary names exactly the foreign streams referred to, sorted, each with
//             the
//                 highest seq referred to and the head tag there.
//             I3  open_body accepts only bytes that encode_body gives back.
// Units       Limits of sync/limits.h.
// Errors      BadFormat, LimitExceeded, UnknownVersion, BadSignature, BadChain.
// Source      design.md section 5; docs/protocol.md.
#pragma once
#include <functional>
#include <map>
#include <optional>

#include "sync/keys.h"
#include "sync/limits.h"
#include "sync/stream.h"

namespace yizhan::sync {

struct DictionaryEntry {
  StreamId stream;
  std::uint64_t seq = 0;  // highest referred to
  HeadTag tag{};          // of the head there
  friend auto operator<=>(const DictionaryEntry&, const DictionaryEntry&) = default;
};
using Dictionary = std::vector<DictionaryEntry>;  // by stream

struct SegmentHeader {
  std::uint8_t suite = 1;
  StreamId stream;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  Head previous;  // head before `first`
  Head head;      // head after `last`
  crdt::Hlc last_hlc;
  bool clock_suspect = false;
  std::uint16_t schema = 0;  // highest of its changes
  Hash32 body_hash{};
  std::uint32_t body_size = 0;  // uncompressed
  Signature signature{};
  friend bool operator==(const SegmentHeader&, const SegmentHeader&) = default;
  std::uint64_t count() const { return last - first + 1; }
};

struct SegmentBody {
  Dictionary dictionary;
  std::vector<crdt::Change> changes;
  std::vector<Bytes> expanded;  // of each change, for the chain
};

// The head tag of a foreign stream at a seq, as the author knows it.
using TagAt = std::function<std::optional<HeadTag>(StreamId, std::uint64_t)>;

// The dictionary that `changes` of `stream` need. NotFound when a tag is not known, LimitExceeded
// beyond kDictionaryMax, BadFormat for a reference that cannot precede its change. An author asks
// before it commits a change, for a change that has none can never be sealed.
Result<Dictionary> dictionary_for(StreamId stream, std::span<const crdt::Change> changes,
                                  const TagAt& tag_at);
// The dictionary of a covering segment: per stream the entry with the highest seq.
Dictionary merge_dictionaries(std::span<const Dictionary> parts);

// A change with its expanded bytes and the head after it.
struct ChainedChange {
  crdt::Change change;
  Bytes expanded;
  Head head;
};

struct SealedSegment {
  SegmentHeader header;
  Bytes container;
};

Bytes encode_body(StreamId stream, std::span<const crdt::Change* const> changes,
                  const Dictionary& dictionary);
// Seals consecutive changes. REQUIRES: not empty, within limits, dictionary from dictionary_for
// or merge_dictionaries.
SealedSegment seal_segment(const Head& previous, std::span<const ChainedChange> changes,
                           const Dictionary& dictionary, const SignKey& key);
// Header and seal of a container without its body (what a covering segment is sent as).
Bytes encode_header(const SegmentHeader& header);
Result<SegmentHeader> decode_header(ByteView bytes);
// Puts a body that the receiver has rebuilt behind a header: a container of its own. Packing stands
// outside the seal, so a container of either kind is valid.
enum class Packing : std::uint8_t { None = 0, Zstd = 1 };
Bytes make_container(const SegmentHeader& header, ByteView body, Packing packing = Packing::Zstd);

// The header of a container; checks shape and limits only.
Result<SegmentHeader> peek_header(ByteView container);
// Signature over the header's signed fields.
Result<void> verify_seal(const SegmentHeader& header, const Key32& author);
// Decompresses, checks body hash and canonical form, expands, and checks the chain from
// header.previous to header.head.
Result<SegmentBody> open_body(const SegmentHeader& header, ByteView container);

}  // namespace yizhan::sync
