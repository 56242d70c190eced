#include "sync/segment_body.h"

#include <algorithm>

#include "crdt/base/check.h"
#include "crdt/base/hash.h"
#include "crdt/base/planted.h"
#include "crdt/codec/change_codec.h"
#include "sync/parts.h"

namespace yizhan::sync {
namespace {

constexpr unsigned kOpBits = 6;
static_assert(crdt::kOpsPerChangeMax == 1U << kOpBits);
constexpr std::size_t kFixedParts = 3;  // dictionary, staff, base stamp

using StaffTable = std::vector<StaffId>;  // sorted; zero (the system) is not in it

// How far back a dot lies from `base`, with its operation: one number.
std::uint64_t distance(std::uint64_t base, const crdt::Dot& dot) {
  YZ_CHECK(dot.seq <= base && dot.op < crdt::kOpsPerChangeMax);
  return (base - dot.seq) << kOpBits | dot.op;
}
crdt::Dot dot_at(crdt::Reader& in, StreamId stream, std::uint64_t base) {
  const std::uint64_t number = in.uint(crdt::kSeqMax << kOpBits | (crdt::kOpsPerChangeMax - 1));
  const std::uint64_t back = number >> kOpBits;
  if (back >= base) {
    in.reject("dot before the start of its stream");
    return {};
  }
  return {stream, base - back, static_cast<std::uint32_t>(number % crdt::kOpsPerChangeMax)};
}

auto entry_of(const Dictionary& dictionary, StreamId stream) {
  return std::lower_bound(
      dictionary.begin(), dictionary.end(), stream,
      [](const DictionaryEntry& entry, StreamId id) { return entry.stream < id; });
}

class WireSpelling final : public crdt::ChangeSpelling {
 public:
  WireSpelling(const Dictionary& dictionary, const StaffTable& staff, crdt::Hlc base)
      : dictionary_(dictionary), staff_(staff), last_(base) {}

  void put_dot(crdt::Writer& out, const crdt::ChangeId& self, const crdt::Dot& dot) override {
    if (dot.stream == self.stream) {
      out.uint(distance(self.seq, dot));
      return;
    }
    const auto entry = entry_of(dictionary_, dot.stream);
    YZ_CHECK(entry != dictionary_.end() && entry->stream == dot.stream);
    out.array(2).uint(static_cast<std::uint64_t>(entry - dictionary_.begin()));
    out.uint(distance(entry->seq, dot));
  }
  void put_hlc(crdt::Writer& out, crdt::Hlc stamp) override {
    out.sint(static_cast<std::int64_t>(stamp.value - last_.value));
    last_ = stamp;
  }
  void put_staff(crdt::Writer& out, StaffId staff) override {
    if (staff == StaffId{}) {
      out.uint(0);
      return;
    }
    const auto at = std::lower_bound(staff_.begin(), staff_.end(), staff);
    out.uint(static_cast<std::uint64_t>(at - staff_.begin()) + 1);
  }

 private:
  const Dictionary& dictionary_;
  const StaffTable& staff_;
  crdt::Hlc last_;
};

class WireReading final : public crdt::ChangeReading {
 public:
  WireReading(const Dictionary& dictionary, const StaffTable& staff, crdt::Hlc base)
      : dictionary_(dictionary), staff_(staff), last_(base), reached_(dictionary.size()) {}

  crdt::Dot get_dot(crdt::Reader& in, const crdt::ChangeId& self) override {
    if (in.peek() != crdt::Reader::Type::Array) return dot_at(in, self.stream, self.seq);
    in.array_of(2);
    const std::size_t index = in.uint();
    if (index >= dictionary_.size()) {
      in.reject("dot of a stream that is not in the dictionary");
      return {};
    }
    const DictionaryEntry& entry = dictionary_[index];
    const crdt::Dot dot = dot_at(in, entry.stream, entry.seq);
    if (dot.seq == entry.seq) reached_[index] = true;
    return dot;
  }
  crdt::Hlc get_hlc(crdt::Reader& in) override {
    last_.value += static_cast<std::uint64_t>(in.sint());
    return last_;
  }
  StaffId get_staff(crdt::Reader& in) override {
    const std::uint64_t index = in.uint(staff_.size());
    return index == 0 || index > staff_.size() ? StaffId{} : staff_[index - 1];
  }
  // Every entry's highest seq was referred to.
  bool all_reached() const {
    return std::all_of(reached_.begin(), reached_.end(), [](bool reached) { return reached; });
  }

 private:
  const Dictionary& dictionary_;
  const StaffTable& staff_;
  crdt::Hlc last_;
  std::vector<bool> reached_;
};

void put_dictionary(crdt::Writer& out, const Dictionary& dictionary) {
  out.array(dictionary.size());
  for (const DictionaryEntry& entry : dictionary) {
    out.array(3).bin(view(entry.stream)).uint(entry.seq).bin(entry.tag);
  }
}

Dictionary get_dictionary(crdt::Reader& in, StreamId self) {
  Dictionary dictionary(get_count(in, kDictionaryMax));
  for (DictionaryEntry& entry : dictionary) {
    in.array_of(3);
    entry.stream = in.id<StreamId>();
    entry.seq = get_seq(in);
    entry.tag = get_fixed<8>(in);
    if (entry.stream == self) in.reject("dictionary names the segment's own stream");
  }
  const auto by_stream = [](const auto& a, const auto& b) { return a.stream < b.stream; };
  if (!strictly_ascending(dictionary, by_stream)) in.reject("dictionary is not sorted");
  return dictionary;
}

StaffTable staff_of(std::span<const crdt::Change* const> changes) {
  StaffTable staff;
  for (const crdt::Change* change : changes) {
    if (change->staff != StaffId{}) staff.push_back(change->staff);
  }
  std::sort(staff.begin(), staff.end());
  staff.erase(std::unique(staff.begin(), staff.end()), staff.end());
  return staff;
}

StaffTable get_staff_table(crdt::Reader& in) {
  StaffTable staff(get_count(in, kSegmentChangesMax));
  for (StaffId& id : staff) id = in.id<StaffId>();
  return staff;
}

crdt::DecodeLimits body_limits() {
  crdt::DecodeLimits limits;
  limits.nodes_max = kBodyBytesMax;  // an item takes a byte at least
  return limits;
}

Bytes encode_again(StreamId stream, const DecodedBody& decoded) {
  std::vector<const crdt::Change*> changes;
  changes.reserve(decoded.changes.size());
  for (const crdt::Change& change : decoded.changes) changes.push_back(&change);
  return encode_body(stream, changes, decoded.dictionary);
}

// The planted bug's view of a body: without the dictionary, its first part.
ByteView without_dictionary(ByteView body) {
  crdt::Reader in(body, body_limits());
  in.array();
  Bytes dictionary;
  crdt::Writer out(dictionary);
  put_dictionary(out, get_dictionary(in, {}));
  const std::size_t array_bytes = !body.empty() && body[0] == 0xdc ? 3 : 1;
  return body.subspan(std::min(body.size(), array_bytes + dictionary.size()));
}

}  // namespace

Result<Dictionary> dictionary_for(StreamId stream, std::span<const crdt::Change> changes,
                                  const TagAt& tag_at) {
  std::map<StreamId, std::uint64_t> highest;
  bool nowhere = false;  // before the start of a stream, or after the change itself
  for (const crdt::Change& change : changes) {
    crdt::for_each_dot(change, [&](const crdt::Dot& dot) {
      if (dot.seq == 0) nowhere = true;
      if (dot.stream == stream) {
        nowhere = nowhere || dot.seq > change.id.seq;
      } else {
        highest[dot.stream] = std::max(highest[dot.stream], dot.seq);
      }
    });
  }
  if (nowhere) return fail(Errc::BadFormat, "a change refers to one that cannot precede it");
  if (highest.size() > kDictionaryMax) {
    return fail(Errc::LimitExceeded, "a segment refers to more than 1024 foreign streams");
  }
  Dictionary dictionary;
  dictionary.reserve(highest.size());
  for (const auto& [foreign, seq] : highest) {
    const std::optional<HeadTag> tag = tag_at(foreign, seq);
    if (!tag) return fail(Errc::NotFound, "the head of a stream referred to is not known");
    dictionary.push_back({foreign, seq, *tag});
  }
  return dictionary;
}

Dictionary merge_dictionaries(std::span<const Dictionary> parts) {
  std::map<StreamId, DictionaryEntry> highest;
  for (const Dictionary& part : parts) {
    for (const DictionaryEntry& entry : part) {
      const auto [at, fresh] = highest.try_emplace(entry.stream, entry);
      if (!fresh && entry.seq > at->second.seq) at->second = entry;
    }
  }
  Dictionary merged;
  merged.reserve(highest.size());
  for (const auto& [stream, entry] : highest) merged.push_back(entry);
  return merged;
}

Bytes encode_body(StreamId stream, std::span<const crdt::Change* const> changes,
                  const Dictionary& dictionary) {
  YZ_CHECK(!changes.empty() && changes.front()->id.stream == stream);
  const StaffTable staff = staff_of(changes);
  const crdt::Hlc base = changes.front()->hlc;
  Bytes body;
  crdt::Writer out(body);
  out.array(kFixedParts + changes.size());
  put_dictionary(out, dictionary);
  out.array(staff.size());
  for (const StaffId& id : staff) out.bin(view(id));
  out.uint(base.value);
  WireSpelling spelling(dictionary, staff, base);
  for (const crdt::Change* change : changes) crdt::encode_change(out, *change, spelling);
  return body;
}

Result<DecodedBody> decode_body(StreamId stream, std::uint64_t first, std::uint64_t count,
                                ByteView body) {
  crdt::Reader in(body, body_limits());
  in.array_of(kFixedParts + count);
  DecodedBody decoded;
  decoded.dictionary = get_dictionary(in, stream);
  const StaffTable staff = get_staff_table(in);
  const crdt::Hlc base{in.uint()};
  WireReading reading(decoded.dictionary, staff, base);
  decoded.changes.reserve(count);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    decoded.changes.push_back(crdt::decode_change(in, {stream, first + i}, reading));
  }
  const Result<void> status = in.status();
  if (!status) return fail(status);
  if (!reading.all_reached()) return fail(Errc::BadFormat, "dictionary entry not referred to");
  if (!equal(encode_again(stream, decoded), body)) {
    return fail(Errc::BadFormat, "body is not in its canonical form");
  }
  return decoded;
}

Hash32 body_hash(ByteView body) {
  if (planted(Bug::DictionaryOutsideTheSeal)) body = without_dictionary(body);
  return hash32("yz.body", body);
}

}  // namespace yizhan::sync
