#include "tests/sim/forger.h"

#include <algorithm>

#include "crdt/codec/change_codec.h"
#include "sync/fragment.h"
#include "sync/message.h"

namespace yizhan::sim {
namespace {

struct Opened {
  sync::SegmentHeader header;
  sync::SegmentBody body;
  Bytes encoded;
};

std::optional<Opened> open(ByteView container) {
  const auto header = sync::peek_header(container);
  if (!header) return std::nullopt;
  auto body = sync::open_body(*header, container);
  if (!body) return std::nullopt;
  std::vector<const crdt::Change*> changes;
  for (const crdt::Change& change : body->changes) changes.push_back(&change);
  Bytes encoded = sync::encode_body(header->stream, changes, body->dictionary);
  return Opened{*header, std::move(*body), std::move(encoded)};
}

Bytes entry_bytes(const sync::DictionaryEntry& entry) {
  Bytes bytes;
  crdt::Writer(bytes).array(3).bin(view(entry.stream)).uint(entry.seq).bin(entry.tag);
  return bytes;
}

Bytes array_head(std::size_t count) {
  Bytes bytes;
  crdt::Writer(bytes).array(count);
  return bytes;
}

// Replaces the dictionary at the front of an encoded body, entry by entry, leaving all else.
std::optional<Bytes> with_dictionary(const Opened& opened, const sync::Dictionary& altered) {
  const auto spell = [](const sync::Dictionary& dictionary) {
    Bytes bytes = array_head(dictionary.size());
    for (const sync::DictionaryEntry& entry : dictionary) append(bytes, entry_bytes(entry));
    return bytes;
  };
  const Bytes before = spell(opened.body.dictionary);
  const auto at =
      std::search(opened.encoded.begin(), opened.encoded.end(), before.begin(), before.end());
  if (at == opened.encoded.end()) return std::nullopt;
  Bytes body(opened.encoded.begin(), at);
  append(body, spell(altered));
  body.insert(body.end(), at + static_cast<std::ptrdiff_t>(before.size()), opened.encoded.end());
  sync::SegmentHeader header = opened.header;
  header.body_size = static_cast<std::uint32_t>(body.size());
  return sync::make_container(header, body);
}

std::optional<Bytes> alter_dictionary(Fault fault, const Opened& opened, Prng& prng) {
  sync::Dictionary dictionary = opened.body.dictionary;
  if (dictionary.empty()) return std::nullopt;
  const auto at = static_cast<std::size_t>(prng.below(dictionary.size()));
  switch (fault) {
    case Fault::DictionaryTag: dictionary[at].tag[prng.below(8)] ^= 0x40; break;
    case Fault::DictionarySeq: ++dictionary[at].seq; break;
    case Fault::DictionarySwap:
      if (dictionary.size() < 2) return std::nullopt;
      std::swap(dictionary.front(), dictionary.back());
      break;
    case Fault::DictionaryDrop:
      dictionary.erase(dictionary.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    default: dictionary.insert(dictionary.begin(), dictionary[at]); break;
  }
  return with_dictionary(opened, dictionary);
}

std::vector<sync::ChainedChange> chain(const Head& previous, std::vector<crdt::Change> changes) {
  std::vector<sync::ChainedChange> out;
  Head head = previous;
  for (crdt::Change& change : changes) {
    Bytes expanded = crdt::encode_expanded(change);
    head = sync::next_head(head, change.id.seq, expanded);
    out.push_back({std::move(change), std::move(expanded), head});
  }
  return out;
}

// The author's first segment of a stream that it must not have.
Bytes first_segment(StreamId stream, const sync::EpochOpen& open, const HostileAuthor& author) {
  crdt::Change first;
  first.id = {stream, 1};
  first.hlc = crdt::hlc_at({1'792'800'000'000});
  first.ops.push_back(
      {first.dot(0),
       crdt::Opaque{static_cast<std::uint16_t>(crdt::OpKind::EpochOpen), sync::encode(open)}});
  crdt::Change second = first;
  second.id.seq = 2;
  second.ops = {{second.dot(0), crdt::EntNew{1}}};
  const Head previous = sync::first_head(stream);
  const auto changes = chain(previous, {first, second});
  return sync::seal_segment(previous, changes, {}, *author.key).container;
}

std::optional<Bytes> forge_segment(Fault fault, ByteView container, const HostileAuthor& author,
                                   Prng& prng) {
  sync::EpochOpen claim{author.network, author.node, {7, {}}, author.own};
  prng.fill(claim.epoch.nonce);
  if (fault == Fault::OutOfScope) {
    claim.scope = author.foreign;
    return first_segment(sync::stream_id(claim), claim, author);
  }
  if (fault == Fault::ForeignStreamId) {
    StreamId invented;
    prng.fill(invented.value);
    return first_segment(invented, claim, author);
  }
  auto opened = open(container);
  if (!opened) return std::nullopt;
  if (fault != Fault::WrongSigner) return alter_dictionary(fault, *opened, prng);
  const auto changes = chain(opened->header.previous, std::move(opened->body.changes));
  Bytes forged =
      sync::seal_segment(opened->header.previous, changes, opened->body.dictionary, *author.key)
          .container;
  if (equal(forged, container)) return std::nullopt;  // it was the author's own
  return forged;
}

}  // namespace

std::optional<Bytes> segment_in(ByteView bytes) {
  const auto frame = sync::decode_frame(bytes);
  if (!frame || frame->offset != 0 || frame->total != frame->bytes.size()) return std::nullopt;
  auto message = sync::decode_message(frame->bytes);
  if (!message) return std::nullopt;
  auto* segment = std::get_if<sync::SegmentMessage>(&*message);
  if (segment == nullptr) return std::nullopt;
  return std::move(segment->container);
}

std::optional<Bytes> forge(Fault fault, ByteView bytes, const HostileAuthor& author, Prng& prng) {
  const auto container = segment_in(bytes);
  if (!container) return std::nullopt;
  auto forged = forge_segment(fault, *container, author, prng);
  if (!forged) return std::nullopt;
  auto frame = sync::decode_frame(bytes);
  frame->bytes = sync::encode(sync::Message{sync::SegmentMessage{std::move(*forged)}});
  frame->total = static_cast<std::uint32_t>(frame->bytes.size());
  Bytes encoded = sync::encode(*frame);
  if (encoded.size() > sync::kFrameBytesMax) return std::nullopt;
  return encoded;
}

}  // namespace yizhan::sim
