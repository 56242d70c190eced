#include "node/store/guard_record.h"

#include "crdt/codec/change_codec.h"
#include "node/store/tagged_record.h"
#include "sync/parts.h"

namespace yizhan::node {
namespace {

constexpr RecordFrame kFrame{{'y', 'z', 'G', 3}, "yz.guard", 1024 * 1024};
constexpr std::size_t kStreamsMax = 4096;
constexpr std::size_t kFactsMax = 16;  // of a place

Bytes body_of(const GuardRecord& record) {
  const auto& [facts, place] = record;
  Bytes body;
  crdt::Writer out(body);
  out.array(7).uint(facts.nonce).uint(facts.run);
  out.uint(facts.epoch.counter).bin(facts.epoch.nonce);
  out.array(facts.streams.size());
  for (const auto& [stream, held] : facts.streams) {
    out.array(3).bin(view(stream)).uint(held.committed).uint(held.released);
  }
  out.array(facts.awaited.size());
  for (const auto& [stream, seq] : facts.awaited) out.array(2).bin(view(stream)).uint(seq);
  out.array(place.size());
  for (const auto& [fact, is] : place) out.array(2).uint(static_cast<std::uint8_t>(fact)).uint(is);
  return body;
}

std::optional<GuardRecord> decode(ByteView body) {
  crdt::Reader in(body);
  in.array_of(7);
  GuardRecord record;
  GuardFacts& facts = record.facts;
  facts.nonce = in.uint();
  facts.run = in.uint();
  facts.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  facts.epoch.nonce = sync::get_fixed<8>(in);
  for (std::size_t left = sync::get_count(in, kStreamsMax); left > 0 && in.ok(); --left) {
    in.array_of(3);
    GuardedStream& held = facts.streams[in.id<StreamId>()];
    held.committed = in.uint(crdt::kSeqMax);
    held.released = in.uint(crdt::kSeqMax);
  }
  for (std::size_t left = sync::get_count(in, kStreamsMax); left > 0 && in.ok(); --left) {
    in.array_of(2);
    std::uint64_t& seq = facts.awaited[in.id<StreamId>()];
    seq = in.uint(crdt::kSeqMax);
  }
  for (std::size_t left = sync::get_count(in, kFactsMax); left > 0 && in.ok(); --left) {
    in.array_of(2);
    const auto fact = static_cast<PlaceFact>(in.uint(UINT8_MAX));
    record.place[fact] = in.uint();
  }
  if (!in.status()) return std::nullopt;
  return record;
}

}  // namespace

Bytes encode(const GuardRecord& record, const sync::Secret32& key) {
  Bytes bytes;
  put_framed(bytes, kFrame, body_of(record), key);
  return bytes;
}

std::optional<GuardRecord> last_in(ByteView file, const sync::Secret32& key) {
  std::optional<GuardRecord> last;
  for (std::size_t at = 0; at < file.size();) {
    const auto framed = framed_at(file, at, kFrame, key);
    auto record = framed ? decode(framed->body) : std::nullopt;
    at = record ? framed->end : next_mark(file, at + 1, kFrame);
    if (record) last = std::move(record);
  }
  return last;
}

}  // namespace yizhan::node
