#include "node/store/journal_record.h"

#include "crdt/base/hash.h"
#include "crdt/codec/change_codec.h"
#include "sync/parts.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kHeadsMax = 4096;
enum class Kind : std::uint8_t { Opening = 0, Entry = 1, Closing = 2 };
constexpr std::uint64_t number(Kind kind) { return static_cast<std::uint64_t>(kind); }

void put_heads(crdt::Writer& out, const std::map<StreamId, std::uint64_t>& heads) {
  out.array(heads.size());
  for (const auto& [stream, seq] : heads) out.array(2).bin(view(stream)).uint(seq);
}

std::map<StreamId, std::uint64_t> get_heads(crdt::Reader& in) {
  std::map<StreamId, std::uint64_t> heads;
  const std::size_t count = sync::get_count(in, kHeadsMax);
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    in.array_of(2);
    const auto stream = in.id<StreamId>();
    heads[stream] = in.uint(crdt::kSeqMax);
  }
  return heads;
}

void put_body(crdt::Writer& out, const JournalOpening& opening) {
  put_heads(out.array(3).uint(number(Kind::Opening)).uint(opening.nonce), opening.heads);
}

void put_body(crdt::Writer& out, const JournalClosing& closing) {
  put_heads(out.array(3).uint(number(Kind::Closing)).uint(closing.nonce), closing.heads);
}

void put_body(crdt::Writer& out, const JournalEntry& entry) {
  const sync::JournalChange& change = entry.change;
  out.array(10).uint(number(Kind::Entry)).uint(entry.nonce);
  out.uint(change.epoch.counter).bin(change.epoch.nonce);
  out.bin(view(change.stream)).uint(change.seq).bin(view(change.head)).bin(change.expanded);
  out.array(change.keys.size());
  for (const sync::KeyRow& row : change.keys) sync::put_key_row(out, row);
  if (!change.idempotency) {
    out.nil();
    return;
  }
  const sync::IdempotencyRow& row = *change.idempotency;
  out.array(5).uint(row.key).bin(row.request);
  crdt::put_full_dot(out, row.entity);
  out.uint(row.status).sint(row.at.value);
}

JournalEntry get_entry(crdt::Reader& in) {
  JournalEntry entry;
  entry.nonce = in.uint();
  sync::JournalChange& change = entry.change;
  change.epoch.counter = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  change.epoch.nonce = sync::get_fixed<8>(in);
  change.stream = in.id<StreamId>();
  change.seq = sync::get_seq(in);
  change.head = in.id<Head>();
  change.expanded = sync::get_bytes(in, crdt::kChangeBytesMax);
  const std::size_t keys = sync::get_count(in, crdt::kBlobsPerChangeMax);
  for (std::size_t i = 0; i < keys && in.ok(); ++i) change.keys.push_back(sync::get_key_row(in));
  if (in.peek() == crdt::Reader::Type::Nil) {
    in.nil();
    return entry;
  }
  in.array_of(5);
  sync::IdempotencyRow row;
  row.key = in.uint();
  row.request = sync::get_fixed<32>(in);
  row.entity = crdt::get_full_dot(in);
  row.status = static_cast<std::uint16_t>(in.uint(UINT16_MAX));
  row.at = {in.sint()};
  change.idempotency = row;
  return entry;
}

std::optional<JournalRecord> decode_body(ByteView body) {
  crdt::Reader in(body);
  const std::size_t fields = in.array();
  const std::uint64_t kind = in.uint(number(Kind::Closing));
  if (fields != (kind == number(Kind::Entry) ? 10U : 3U))
    in.reject("a journal record of another kind");
  JournalRecord record;
  if (kind == number(Kind::Entry)) {
    record = get_entry(in);
  } else {
    const std::uint64_t nonce = in.uint();
    auto heads = get_heads(in);
    if (kind == number(Kind::Opening)) {
      record = JournalOpening{nonce, std::move(heads)};
    } else {
      record = JournalClosing{nonce, std::move(heads)};
    }
  }
  if (!in.status()) return std::nullopt;
  return record;
}

}  // namespace

void put_record(Bytes& out, const JournalRecord& record, const sync::Secret32& key) {
  Bytes body;
  crdt::Writer writer(body);
  std::visit([&writer](const auto& one) { put_body(writer, one); }, record);
  put_framed(out, kJournalFrame, body, key);
}

std::optional<FoundRecord> record_at(ByteView file, std::size_t at, const sync::Secret32& key) {
  const auto framed = framed_at(file, at, kJournalFrame, key);
  if (!framed) return std::nullopt;
  auto record = decode_body(framed->body);
  if (!record) return std::nullopt;
  return FoundRecord{std::move(*record), framed->end};
}

std::optional<JournalClosing> closing_of(ByteView file, const sync::Secret32& key) {
  const auto next = [file](std::size_t at) { return next_mark(file, at, kJournalFrame); };
  for (std::size_t at = next(0); at < file.size(); at = next(at + 1)) {
    auto found = record_at(file, at, key);
    if (!found || found->end != file.size()) continue;
    auto* closing = std::get_if<JournalClosing>(&found->record);
    if (closing != nullptr) return std::move(*closing);
  }
  return std::nullopt;
}

sync::Secret32 journal_key(const sync::SignKey& sign) {
  return sync::Secret32(hash32("yz.journal.key", sign.seed().view()));
}

}  // namespace yizhan::node
