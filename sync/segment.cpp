#include "sync/segment.h"

#include <algorithm>

#include "crdt/base/check.h"
#include "crdt/codec/change_codec.h"
#include "sync/certificate.h"
#include "sync/compress.h"
#include "sync/parts.h"
#include "sync/segment_body.h"

namespace yizhan::sync {
namespace {

constexpr std::string_view kSignPrefix = "yz.seal";
constexpr std::size_t kSignedFields = 11;
constexpr std::size_t kHeaderFields = 13;
constexpr std::size_t kContainerFields = 15;

void put_stream_and_run(crdt::Writer& out, const SegmentHeader& header) {
  out.uint(header.suite).bin(view(header.stream)).uint(header.first).uint(header.last);
  out.bin(view(header.previous)).bin(view(header.head)).uint(header.last_hlc.value);
  out.boolean(header.clock_suspect).uint(header.schema);
  out.bin(header.body_hash).uint(header.body_size);
}

Bytes to_be_signed(const SegmentHeader& header) {
  Bytes canonical;
  crdt::Writer out(canonical);
  out.array(kSignedFields);
  put_stream_and_run(out, header);
  return signed_bytes(kSignPrefix, canonical);
}

void put_header(crdt::Writer& out, const SegmentHeader& header, std::size_t fields) {
  out.array(fields).uint(kWireVersion);
  put_stream_and_run(out, header);
  out.bin(header.signature);
}

void check_run(crdt::Reader& in, const SegmentHeader& header) {
  if (header.last < header.first) in.reject("segment ends before it begins");
  if (in.ok() && header.count() > kSegmentChangesMax) {
    in.reject("segment of too many changes", Errc::LimitExceeded);
  }
  if (header.body_size > kBodyBytesMax) in.reject("body is too large", Errc::LimitExceeded);
  if (header.body_size == 0) in.reject("segment without a body");
}

Result<SegmentHeader> get_header(crdt::Reader& in, std::size_t fields) {
  in.array_of(fields);
  const std::uint64_t version = in.uint();
  SegmentHeader header;
  header.suite = static_cast<std::uint8_t>(in.uint(UINT8_MAX));
  if (in.ok() && (version != kWireVersion || header.suite != kSuite1)) {
    return fail(Errc::UnknownVersion, "segment of another version or suite");
  }
  header.stream = in.id<StreamId>();
  header.first = get_seq(in);
  header.last = get_seq(in);
  header.previous = in.id<Head>();
  header.head = in.id<Head>();
  header.last_hlc.value = in.uint();
  header.clock_suspect = in.boolean();
  header.schema = static_cast<std::uint16_t>(in.uint(UINT16_MAX));
  header.body_hash = get_fixed<32>(in);
  header.body_size = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  header.signature = get_fixed<64>(in);
  check_run(in, header);
  return header;
}

struct Container {
  SegmentHeader header;
  bool compressed = false;
  ByteView body;
};

Result<Container> open_container(ByteView bytes) {
  if (bytes.size() > kObjectBytesMax) return fail(Errc::LimitExceeded, "segment is too large");
  crdt::Reader in(bytes);
  const Result<SegmentHeader> header = get_header(in, kContainerFields);
  if (!header) return fail(header);
  Container container{*header, false, {}};
  container.compressed = in.uint(1) == 1;
  container.body = in.bin();
  const bool fits = container.compressed ? container.body.size() < header->body_size
                                         : container.body.size() == header->body_size;
  if (!fits) in.reject("body has not the stated size");
  return finished(in, container);
}

Result<Bytes> unpack(const Container& container) {
  if (container.compressed) return decompress(container.body, container.header.body_size);
  return Bytes(container.body.begin(), container.body.end());
}

// Expands every change and follows the chain from the header's first head to its last.
Result<std::vector<Bytes>> expand(const SegmentHeader& header,
                                  std::span<const crdt::Change> changes) {
  std::vector<Bytes> expanded;
  expanded.reserve(changes.size());
  Head head = header.previous;
  std::uint16_t schema = 0;
  bool clock_suspect = false;
  for (const crdt::Change& change : changes) {
    expanded.push_back(crdt::encode_expanded(change));
    if (expanded.back().size() > crdt::kChangeBytesMax) {
      return fail(Errc::LimitExceeded, "a change is larger than 32 KiB");
    }
    head = next_head(head, change.id.seq, expanded.back());
    schema = std::max(schema, change.schema);
    clock_suspect = clock_suspect || change.clock_suspect;
  }
  if (head != header.head) return fail(Errc::BadChain, "chain does not lead to the sealed head");
  if (changes.back().hlc != header.last_hlc || schema != header.schema ||
      clock_suspect != header.clock_suspect) {
    return fail(Errc::BadChain, "last stamp, clock flag or schema differs from the sealed one");
  }
  return expanded;
}

std::vector<const crdt::Change*> pointers(std::span<const ChainedChange> changes) {
  std::vector<const crdt::Change*> out;
  out.reserve(changes.size());
  for (const ChainedChange& chained : changes) out.push_back(&chained.change);
  return out;
}

}  // namespace

SealedSegment seal_segment(const Head& previous, std::span<const ChainedChange> changes,
                           const Dictionary& dictionary, const SignKey& key) {
  YZ_CHECK(!changes.empty() && changes.size() <= kSegmentChangesMax);
  const crdt::Change& last = changes.back().change;
  const Bytes body = encode_body(last.id.stream, pointers(changes), dictionary);
  YZ_CHECK(body.size() <= kBodyBytesMax);
  SegmentHeader header;
  header.suite = kSuite1;
  header.stream = last.id.stream;
  header.first = changes.front().change.id.seq;
  header.last = last.id.seq;
  YZ_CHECK(header.count() == changes.size());
  header.previous = previous;
  header.head = changes.back().head;
  header.last_hlc = last.hlc;
  for (const ChainedChange& chained : changes) {
    header.clock_suspect = header.clock_suspect || chained.change.clock_suspect;
    header.schema = std::max(header.schema, chained.change.schema);
  }
  header.body_hash = body_hash(body);
  header.body_size = static_cast<std::uint32_t>(body.size());
  header.signature = key.sign(to_be_signed(header));
  return {header, make_container(header, body)};
}

Bytes encode_header(const SegmentHeader& header) {
  Bytes bytes;
  crdt::Writer out(bytes);
  put_header(out, header, kHeaderFields);
  return bytes;
}

Result<SegmentHeader> decode_header(ByteView bytes) {
  crdt::Reader in(bytes);
  const Result<SegmentHeader> header = get_header(in, kHeaderFields);
  if (!header) return fail(header);
  return finished(in, *header);
}

Bytes make_container(const SegmentHeader& header, ByteView body, Packing packing) {
  const auto compressed = packing == Packing::Zstd ? compress(body) : std::nullopt;
  Bytes bytes;
  crdt::Writer out(bytes);
  put_header(out, header, kContainerFields);
  out.uint(compressed ? 1 : 0).bin(compressed ? ByteView(*compressed) : body);
  return bytes;
}

Result<SegmentHeader> peek_header(ByteView container) {
  const Result<Container> opened = open_container(container);
  if (!opened) return fail(opened);
  return opened->header;
}

Result<void> verify_seal(const SegmentHeader& header, const Key32& author) {
  if (header.suite != kSuite1) return fail(Errc::UnknownVersion, "seal of another suite");
  if (!verify(author, to_be_signed(header), header.signature)) {
    return fail(Errc::BadSignature, "segment is not sealed by its author");
  }
  return {};
}

Result<SegmentBody> open_body(const SegmentHeader& header, ByteView container) {
  const Result<Container> opened = open_container(container);
  if (!opened) return fail(opened);
  if (opened->header != header) return fail(Errc::BadFormat, "container of another header");
  const Result<Bytes> body = unpack(*opened);
  if (!body) return fail(body);
  if (body_hash(*body) != header.body_hash) {
    return fail(Errc::BadChain, "body differs from the sealed one");
  }
  Result<DecodedBody> decoded = decode_body(header.stream, header.first, header.count(), *body);
  if (!decoded) return fail(decoded);
  Result<std::vector<Bytes>> expanded = expand(header, decoded->changes);
  if (!expanded) return fail(expanded);
  return SegmentBody{std::move(decoded->dictionary), std::move(decoded->changes),
                     std::move(*expanded)};
}

}  // namespace yizhan::sync
