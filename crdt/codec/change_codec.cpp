#include "crdt/codec/change_codec.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "crdt/base/check.h"

namespace yizhan::crdt {
namespace {

class FullSpelling final : public ChangeSpelling {
 public:
  void put_dot(Writer& out, const ChangeId&, const Dot& dot) override { put_full_dot(out, dot); }
  void put_hlc(Writer& out, Hlc stamp) override { out.uint(stamp.value); }
  void put_staff(Writer& out, StaffId staff) override {
    staff == StaffId{} ? out.nil() : out.bin(view(staff));
  }
};

class FullReading final : public ChangeReading {
 public:
  Dot get_dot(Reader& in, const ChangeId&) override { return get_full_dot(in); }
  Hlc get_hlc(Reader& in) override { return {in.uint()}; }
  StaffId get_staff(Reader& in) override {
    if (in.peek() == Reader::Type::Nil) {
      in.nil();
      return {};
    }
    const auto staff = in.id<StaffId>();
    if (staff == StaffId{}) in.reject("staff id zero is written as nil");
    return staff;
  }
};

// Writes the operations of one change.
struct OpWriter {
  Writer& out;
  const ChangeId& self;
  ChangeSpelling& spelling;
  const Op& op;

  void begin(OpKind kind, std::size_t items) { begin(static_cast<std::uint16_t>(kind), items); }
  void begin(std::uint16_t kind, std::size_t items) {
    out.array(2 + items).uint(kind);
    spelling.put_dot(out, self, op.entity);
  }
  void dots(const std::vector<Dot>& list) {
    out.array(list.size());
    for (const Dot& dot : list) spelling.put_dot(out, self, dot);
  }
  void operator()(const EntNew& body) {
    begin(OpKind::EntNew, 1);
    out.uint(body.kind);
  }
  void operator()(const RegSet& body) {
    begin(OpKind::RegSet, body.assigns.size() * 3);
    for (const Assign& assign : body.assigns) {
      out.uint(assign.field);
      put_value(out, assign.value);
      dots(assign.over);
    }
  }
  void operator()(const LifeTo& body) {
    begin(OpKind::LifeTo, 2);
    out.uint(body.state);
    dots(body.over);
  }
  void operator()(const SetAdd& body) {
    begin(OpKind::SetAdd, 2);
    out.uint(body.field);
    put_value(out, body.element);
  }
  void operator()(const SetRem& body) {
    begin(OpKind::SetRem, 2);
    out.uint(body.field);
    dots(body.adds);
  }
  void operator()(const CntInc& body) {
    begin(OpKind::CntInc, 2);
    out.uint(body.field).sint(body.delta);
  }
  void operator()(const EntDel& body) {
    begin(OpKind::EntDel, 1);
    dots(body.seen);
  }
  void operator()(const Opaque& body) {
    begin(body.kind, 1);
    out.bin(body.payload);
  }
};

struct OpReader {
  Reader& in;
  const ChangeId& self;
  ChangeReading& reading;

  std::uint16_t small() { return static_cast<std::uint16_t>(in.uint(UINT16_MAX)); }
  FieldId field() { return static_cast<FieldId>(in.uint(kLifeSlotField - 1)); }

  std::vector<Dot> dots() {
    std::vector<Dot> list;
    for (std::size_t left = in.array(); left > 0 && in.ok(); --left) {
      list.push_back(reading.get_dot(in, self));
      if (list.size() > 1 && !(list[list.size() - 2] < list.back())) {
        in.reject("dots are not sorted");
      }
    }
    return list;
  }

  RegSet reg_set(std::size_t items) {
    RegSet body;
    if (items == 0 || items % 3 != 0) in.reject("a register write has the wrong length");
    for (std::size_t left = items / 3; left > 0 && in.ok(); --left) {
      Assign assign;
      assign.field = field();
      assign.value = get_value(in);
      assign.over = dots();
      if (!body.assigns.empty() && body.assigns.back().field >= assign.field) {
        in.reject("fields are not sorted");
      }
      body.assigns.push_back(std::move(assign));
    }
    return body;
  }

  void expect(std::size_t items, std::size_t wanted) {
    if (items != wanted) in.reject("an operation has the wrong length");
  }

  OpBody body(std::uint16_t kind, std::size_t items) {
    switch (static_cast<OpKind>(kind)) {
      case OpKind::EntNew: expect(items, 1); return EntNew{small()};
      case OpKind::RegSet: return reg_set(items);
      case OpKind::LifeTo: {
        expect(items, 2);
        const LifeState state = small();
        return LifeTo{state, dots()};
      }
      case OpKind::SetAdd: {
        expect(items, 2);
        const FieldId of = field();
        return SetAdd{of, get_value(in)};
      }
      case OpKind::SetRem: {
        expect(items, 2);
        const FieldId of = field();
        return SetRem{of, dots()};
      }
      case OpKind::CntInc: {
        expect(items, 2);
        const FieldId of = field();
        return CntInc{of, in.sint()};
      }
      case OpKind::EntDel: expect(items, 1); return EntDel{dots()};
      default: break;
    }
    expect(items, 1);
    const ByteView payload = in.bin();
    return Opaque{kind, Bytes(payload.begin(), payload.end())};
  }

  Op op() {
    const std::size_t count = in.array();
    if (count < 2) in.reject("an operation has the wrong length");
    if (!in.ok()) return {};
    Op read;
    const std::uint16_t kind = small();
    read.entity = reading.get_dot(in, self);
    read.body = body(kind, count - 2);
    return read;
  }

  static constexpr std::uint64_t kLifeSlotField = 0xffff;  // reserved: never a field
};

// An upper bound of what an operation's parts take in the expanded form.
struct SizeBound {
  static constexpr std::size_t kDot = 32;
  static constexpr std::size_t kItem = 16;  // a number, or what stands before text and bytes

  static std::size_t dots(const std::vector<Dot>& list) { return kItem + list.size() * kDot; }
  static std::size_t value(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return kItem + text->size();
    if (const auto* bytes = std::get_if<Bytes>(&value)) return kItem + bytes->size();
    return kItem;
  }
  std::size_t operator()(const EntNew&) const { return kItem; }
  std::size_t operator()(const RegSet& body) const {
    return std::accumulate(body.assigns.begin(), body.assigns.end(), std::size_t{0},
                           [](std::size_t sum, const Assign& assign) {
                             return sum + kItem + value(assign.value) + dots(assign.over);
                           });
  }
  std::size_t operator()(const LifeTo& body) const { return kItem + dots(body.over); }
  std::size_t operator()(const SetAdd& body) const { return kItem + value(body.element); }
  std::size_t operator()(const SetRem& body) const { return kItem + dots(body.adds); }
  std::size_t operator()(const CntInc&) const { return 2 * kItem; }
  std::size_t operator()(const EntDel& body) const { return dots(body.seen); }
  std::size_t operator()(const Opaque& body) const { return kItem + body.payload.size(); }
};

// The limit holds for the expanded form, whatever the spelling; only large ones are measured.
bool too_large(const Op& op) {
  constexpr std::size_t kHead = SizeBound::kDot + 2 * SizeBound::kItem;
  if (kHead + std::visit(SizeBound{}, op.body) <= kOpBytesMax) return false;
  Bytes bytes;
  Writer out(bytes);
  FullSpelling spelling;
  std::visit(OpWriter{out, {}, spelling, op}, op.body);
  return bytes.size() > kOpBytesMax;
}

SealedBlob get_blob(Reader& in, const ChangeId& self, ChangeReading& reading) {
  SealedBlob blob;
  in.array_of(3);
  blob.key = reading.get_dot(in, self);
  const ByteView salt = in.bin();
  if (salt.size() == blob.salt.size()) {
    std::copy(salt.begin(), salt.end(), blob.salt.begin());
  } else {
    in.reject("a salt has the wrong length");
  }
  const ByteView ciphertext = in.bin();
  blob.ciphertext.assign(ciphertext.begin(), ciphertext.end());
  return blob;
}

}  // namespace

void put_full_dot(Writer& out, const Dot& dot) {
  out.array(3).bin(view(dot.stream)).uint(dot.seq).uint(dot.op);
}

Dot get_full_dot(Reader& in) {
  in.array_of(3);
  Dot dot;
  dot.stream = in.id<StreamId>();
  dot.seq = in.uint(kSeqMax);
  dot.op = static_cast<std::uint32_t>(in.uint(kOpsPerChangeMax - 1));
  return dot;
}

void put_value(Writer& out, const Value& value) {
  struct Put {
    Writer& out;
    void operator()(std::monostate) { out.nil(); }
    void operator()(std::int64_t v) { out.sint(v); }
    void operator()(const std::string& v) { out.text(v); }
    void operator()(const Bytes& v) { out.bin(v); }
    void operator()(const PersonalRef& v) { out.array(2).uint(v.blob).uint(v.index); }
  };
  std::visit(Put{out}, value);
}

Value get_value(Reader& in) {
  switch (in.peek()) {
    case Reader::Type::Nil: in.nil(); return {};
    case Reader::Type::Unsigned:
    case Reader::Type::Negative: return in.sint();
    case Reader::Type::Text: return std::string(in.text());
    case Reader::Type::Bin: {
      const ByteView bytes = in.bin();
      return Bytes(bytes.begin(), bytes.end());
    }
    case Reader::Type::Array: {
      in.array_of(2);
      const auto blob = static_cast<std::uint8_t>(in.uint(kBlobsPerChangeMax - 1));
      return PersonalRef{blob, static_cast<std::uint8_t>(in.uint(UINT8_MAX))};
    }
    case Reader::Type::Boolean: break;
  }
  in.reject("not a value");
  return {};
}

// Business time and what the clock was worth then, in one integer: almost always one byte.
std::int64_t business_of(const Change& change) {
  YZ_CHECK(std::abs(change.business_ms) <= kBusinessMaxMs);
  return change.business_ms * 2 + (change.clock_suspect ? 1 : 0);
}

void encode_change(Writer& out, const Change& change, ChangeSpelling& spelling) {
  out.array(8);
  spelling.put_hlc(out, change.hlc);
  spelling.put_staff(out, change.staff);
  out.uint(change.policy).uint(change.schema).uint(change.idempotency).sint(business_of(change));
  out.array(change.blobs.size());
  for (const SealedBlob& blob : change.blobs) {
    out.array(3);
    spelling.put_dot(out, change.id, blob.key);
    out.bin(blob.salt).bin(blob.ciphertext);
  }
  out.array(change.ops.size());
  for (const Op& op : change.ops) std::visit(OpWriter{out, change.id, spelling, op}, op.body);
}

Change decode_change(Reader& in, const ChangeId& id, ChangeReading& reading) {
  Change change;
  change.id = id;
  in.array_of(8);
  change.hlc = reading.get_hlc(in);
  change.staff = reading.get_staff(in);
  change.policy = static_cast<std::uint32_t>(in.uint(UINT32_MAX));
  change.schema = static_cast<std::uint16_t>(in.uint(UINT16_MAX));
  change.idempotency = in.uint();
  const std::int64_t business = in.sint();
  change.clock_suspect = (business & 1) != 0;
  change.business_ms = (business - (change.clock_suspect ? 1 : 0)) / 2;
  if (std::abs(change.business_ms) > kBusinessMaxMs) in.reject("a business time out of range");
  const std::size_t blobs = in.array();
  if (blobs > kBlobsPerChangeMax) {
    in.reject("a change holds at most 8 persons", Errc::LimitExceeded);
  }
  for (std::size_t i = 0; i < blobs && in.ok(); ++i) {
    change.blobs.push_back(get_blob(in, id, reading));
  }
  const std::size_t ops = in.array();
  if (ops == 0) in.reject("a change without an operation");
  if (ops > kOpsPerChangeMax) {
    in.reject("a change holds at most 64 operations", Errc::LimitExceeded);
  }
  OpReader reader{in, id, reading};
  for (std::size_t i = 0; i < ops && in.ok(); ++i) {
    change.ops.push_back(reader.op());
    if (too_large(change.ops.back())) {
      in.reject("an operation is larger than 16 KiB", Errc::LimitExceeded);
    }
  }
  return change;
}

Bytes encode_expanded(const Change& change) {
  Bytes bytes;
  bytes.reserve(512);
  Writer out(bytes);
  FullSpelling spelling;
  encode_change(out, change, spelling);
  return bytes;
}

Result<Change> decode_expanded(ByteView bytes, const ChangeId& id) {
  if (bytes.size() > kChangeBytesMax) {
    return fail(Errc::LimitExceeded, "a change is larger than 32 KiB");
  }
  Reader in(bytes, {.nodes_max = kChangeBytesMax});
  FullReading reading;
  Change change = decode_change(in, id, reading);
  if (const auto read = in.status(); !read) return fail(read);
  return change;
}

void for_each_dot(const Change& change, const std::function<void(const Dot&)>& visit) {
  const auto all = [&visit](const std::vector<Dot>& dots) {
    for (const Dot& dot : dots) visit(dot);
  };
  for (const SealedBlob& blob : change.blobs) visit(blob.key);
  for (const Op& op : change.ops) {
    visit(op.entity);
    if (const auto* set = std::get_if<RegSet>(&op.body)) {
      for (const Assign& assign : set->assigns) all(assign.over);
    } else if (const auto* life = std::get_if<LifeTo>(&op.body)) {
      all(life->over);
    } else if (const auto* rem = std::get_if<SetRem>(&op.body)) {
      all(rem->adds);
    } else if (const auto* del = std::get_if<EntDel>(&op.body)) {
      all(del->seen);
    }
  }
}

}  // namespace yizhan::crdt
