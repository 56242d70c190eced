#include "sync/parts.h"

#include "crdt/base/check.h"
#include "crdt/dot.h"

namespace yizhan::sync {
namespace {
bool by_stream(const VectorEntry& a, const VectorEntry& b) { return a.stream < b.stream; }
}  // namespace

Bytes get_bytes(crdt::Reader& in, std::size_t limit) {
  const ByteView raw = in.bin();
  if (raw.size() > limit) {
    in.reject("byte string is too long", Errc::LimitExceeded);
    return {};
  }
  return {raw.begin(), raw.end()};
}

std::size_t get_count(crdt::Reader& in, std::size_t limit) {
  const std::size_t count = in.array();
  if (count <= limit) return count;
  in.reject("too many entries", Errc::LimitExceeded);
  return 0;
}

std::uint64_t get_seq(crdt::Reader& in) {
  const std::uint64_t seq = in.uint(crdt::kSeqMax);
  if (seq == 0) in.reject("seq counts from 1");
  return seq;
}

void put_division(crdt::Writer& out, const Division& division) { out.text(division.text()); }

Division get_division(crdt::Reader& in) {
  Result<Division> division = Division::parse(in.text());
  if (division) return *division;
  in.reject("division is not a path of codes");
  return {};
}

void put_scope(crdt::Writer& out, const Scope& scope) {
  out.array(2);
  put_division(out, scope.division);
  out.uint(static_cast<std::uint64_t>(scope.cls));
}

Scope get_scope(crdt::Reader& in) {
  in.array_of(2);
  Scope scope;
  scope.division = get_division(in);
  const std::uint64_t cls = in.uint(static_cast<std::uint64_t>(ScopeClass::Auth));
  if (cls == 0) in.reject("scope class 0");
  scope.cls = static_cast<ScopeClass>(cls);
  return scope;
}

Bytes encode(const Scope& scope) {
  Bytes out;
  crdt::Writer writer(out);
  put_scope(writer, scope);
  return out;
}

void put_entries(crdt::Writer& out, std::vector<VectorEntry> entries) {
  std::sort(entries.begin(), entries.end(), by_stream);
  YZ_CHECK(strictly_ascending(entries, by_stream));
  out.array(entries.size());
  for (const VectorEntry& entry : entries) {
    out.array(3).bin(view(entry.stream)).uint(entry.seq).bin(entry.tag);
  }
}

std::vector<VectorEntry> get_entries(crdt::Reader& in, std::size_t limit) {
  std::vector<VectorEntry> entries(get_count(in, limit));
  for (VectorEntry& entry : entries) {
    in.array_of(3);
    entry.stream = in.id<StreamId>();
    entry.seq = get_seq(in);
    entry.tag = get_fixed<8>(in);
  }
  if (!strictly_ascending(entries, by_stream)) in.reject("entries are not sorted by stream");
  return entries;
}

Bytes signed_bytes(std::string_view prefix, ByteView canonical) {
  Bytes out;
  out.reserve(prefix.size() + canonical.size());
  append(out, view(prefix));
  append(out, canonical);
  return out;
}

}  // namespace yizhan::sync
