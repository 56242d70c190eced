#include "crdt/codec/state_codec.h"

#include <algorithm>
#include <tuple>

#include "crdt/base/check.h"
#include "crdt/codec/change_codec.h"

namespace yizhan::crdt {
namespace {

constexpr std::size_t kParts = 8;

// A state may hold any number of siblings: only the bytes at hand bound it.
DecodeLimits state_limits(std::size_t bytes) {
  return {.nodes_max = bytes, .array_max = bytes, .text_max = bytes, .bin_max = bytes};
}

// What orders and names the items of each part.
auto key(const RegSibling& s) { return std::tie(s.field, s.dot); }
auto key(const LifeHead& h) { return std::tie(h.dot); }
auto key(const SetElement& e) { return std::tie(e.field, e.dot); }
auto key(const CounterTotal& c) { return std::tie(c.field, c.stream); }
auto key(const KilledDot& k) { return std::tie(k.slot, k.dot); }
auto key(const LiveBlobs& b) { return std::tie(b.change); }

// A change that the state mentions as the author of something live.
struct Mark {
  ChangeId id;
  Hlc hlc;
  bool used = false;  // when reading: something refers to it
};
auto key(const Mark& m) { return std::tie(m.id); }

std::vector<Mark> marks_of(const EntityState& state) {
  std::vector<Mark> marks;
  const auto add = [&marks](const Dot& dot, Hlc hlc) {
    if (marks.empty() || marks.back().id != dot.change())
      marks.push_back({dot.change(), hlc, true});
  };
  for (const RegSibling& s : state.regs) add(s.dot, s.hlc);
  for (const LifeHead& h : state.life) add(h.dot, h.hlc);
  for (const SetElement& e : state.sets) add(e.dot, e.hlc);
  const auto by_id = [](const Mark& a, const Mark& b) { return a.id < b.id; };
  std::sort(marks.begin(), marks.end(), by_id);
  const auto same = [](const Mark& a, const Mark& b) { return a.id == b.id; };
  marks.erase(std::unique(marks.begin(), marks.end(), same), marks.end());
  return marks;
}

class StateWriter {
 public:
  StateWriter(Writer& out, const EntityState& state, StreamNaming& naming)
      : out_(out), state_(state), naming_(naming), marks_(marks_of(state)) {}

  void write() {
    out_.array(kParts);
    state_.kind ? out_.uint(*state_.kind) : out_.nil();
    write_marks();
    out_.array(state_.regs.size() * 3);
    for (const RegSibling& s : state_.regs) {
      out_.uint(s.field).uint(reference(s.dot));
      put_value(out_, s.value);
    }
    out_.array(state_.life.size() * 2);
    for (const LifeHead& h : state_.life) out_.uint(reference(h.dot)).uint(h.state);
    out_.array(state_.sets.size() * 3);
    for (const SetElement& e : state_.sets) {
      out_.uint(e.field).uint(reference(e.dot));
      put_value(out_, e.element);
    }
    write_counters();
    write_killed();
    write_blobs();
  }

 private:
  std::uint64_t index_of(const ChangeId& id) const {
    const auto at = std::lower_bound(marks_.begin(), marks_.end(), id,
                                     [](const Mark& m, const ChangeId& key) { return m.id < key; });
    YZ_CHECK(at != marks_.end() && at->id == id);
    return static_cast<std::uint64_t>(at - marks_.begin());
  }
  std::uint64_t reference(const Dot& dot) const { return index_of(dot.change()) << 6 | dot.op; }

  void write_marks() {
    out_.array(marks_.size() * 3);
    for (const Mark& mark : marks_) {
      naming_.put_stream(out_, mark.id.stream);
      out_.uint(mark.id.seq).uint(mark.hlc.value);
    }
  }
  void write_counters() {
    out_.array(state_.counters.size() * 3);
    for (const CounterTotal& c : state_.counters) {
      out_.uint(c.field);
      naming_.put_stream(out_, c.stream);
      out_.sint(c.total);
    }
  }
  void put_dot(const Dot& dot) {
    naming_.put_stream(out_, dot.stream);
    out_.uint(dot.seq).uint(dot.op);
  }
  void write_killed() {
    out_.array(state_.killed.size() * 4);
    for (const KilledDot& k : state_.killed) {
      out_.uint(k.slot);
      put_dot(k.dot);
    }
  }
  void write_blobs() {
    out_.array(state_.blobs.size() * 2);
    for (const LiveBlobs& held : state_.blobs) {
      out_.uint(index_of(held.change));
      out_.array(held.blobs.size() * 5);
      for (const SealedBlob& blob : held.blobs) {
        put_dot(blob.key);
        out_.bin(blob.salt).bin(blob.ciphertext);
      }
    }
  }

  Writer& out_;
  const EntityState& state_;
  StreamNaming& naming_;
  std::vector<Mark> marks_;
};

class StateReader {
 public:
  StateReader(Reader& in, StreamNaming& naming) : in_(in), naming_(naming) {}

  EntityState read() {
    EntityState state;
    in_.array_of(kParts);
    if (in_.peek() == Reader::Type::Nil) {
      in_.nil();
    } else {
      state.kind = static_cast<RecordKind>(in_.uint(UINT16_MAX));
    }
    read_marks();
    const std::size_t regs = groups(3);
    state.regs.reserve(regs);
    for (std::size_t i = 0; i < regs && in_.ok(); ++i) {
      const FieldId field = read_field();
      const auto [dot, hlc] = read_reference();
      add(state.regs, {field, dot, hlc, get_value(in_)});
    }
    for (std::size_t left = groups(2); left > 0 && in_.ok(); --left) {
      const auto [dot, hlc] = read_reference();
      add(state.life, {dot, hlc, static_cast<LifeState>(in_.uint(UINT16_MAX))});
    }
    for (std::size_t left = groups(3); left > 0 && in_.ok(); --left) {
      const FieldId field = read_field();
      const auto [dot, hlc] = read_reference();
      add(state.sets, {field, dot, hlc, get_value(in_)});
    }
    for (std::size_t left = groups(3); left > 0 && in_.ok(); --left) {
      const FieldId field = read_field();
      const StreamId stream = naming_.get_stream(in_);
      add(state.counters, {field, stream, in_.sint()});
    }
    for (std::size_t left = groups(4); left > 0 && in_.ok(); --left) {
      const FieldId slot = read_field();
      add(state.killed, {slot, read_dot()});
    }
    for (std::size_t left = groups(2); left > 0 && in_.ok(); --left) read_blobs(state);
    const auto used = [](const Mark& mark) { return mark.used; };
    if (!std::all_of(marks_.begin(), marks_.end(), used)) {
      in_.reject("a state names a change of which nothing is live");
    }
    return state;
  }

 private:
  // Appends an item that must come after all before it.
  template <class Item>
  void add(std::vector<Item>& items, Item item) {
    if (!items.empty() && !(key(items.back()) < key(item))) {
      in_.reject("a part of a state is not sorted");
    }
    items.push_back(std::move(item));
  }
  std::size_t groups(std::size_t of) {
    const std::size_t count = in_.array();
    if (count % of != 0) in_.reject("a part of a state has the wrong length");
    return in_.ok() ? count / of : 0;
  }
  FieldId read_field() { return static_cast<FieldId>(in_.uint(UINT16_MAX)); }

  void read_marks() {
    const std::size_t count = groups(3);
    marks_.reserve(count);
    for (std::size_t i = 0; i < count && in_.ok(); ++i) {
      const StreamId stream = naming_.get_stream(in_);
      const std::uint64_t seq = in_.uint(kSeqMax);
      add(marks_, {{stream, seq}, {in_.uint()}});
    }
  }
  std::pair<Dot, Hlc> read_reference() {
    const std::uint64_t reference = in_.uint();
    if ((reference >> 6) >= marks_.size()) {
      in_.reject("a state refers to a change it does not name");
      return {};
    }
    Mark& mark = marks_[reference >> 6];
    mark.used = true;
    return {{mark.id.stream, mark.id.seq, static_cast<std::uint32_t>(reference & 63)}, mark.hlc};
  }
  Dot read_dot() {
    Dot dot;
    dot.stream = naming_.get_stream(in_);
    dot.seq = in_.uint(kSeqMax);
    dot.op = static_cast<std::uint32_t>(in_.uint(kOpsPerChangeMax - 1));
    return dot;
  }
  void read_blobs(EntityState& state) {
    const std::uint64_t index = in_.uint();
    if (index >= marks_.size()) return in_.reject("a state refers to a change it does not name");
    LiveBlobs held{marks_[index].id, {}};
    for (std::size_t left = groups(5); left > 0 && in_.ok(); --left) {
      SealedBlob blob;
      blob.key = read_dot();
      const ByteView salt = in_.bin();
      if (salt.size() != blob.salt.size()) return in_.reject("a salt has the wrong length");
      std::copy(salt.begin(), salt.end(), blob.salt.begin());
      const ByteView ciphertext = in_.bin();
      blob.ciphertext.assign(ciphertext.begin(), ciphertext.end());
      held.blobs.push_back(std::move(blob));
    }
    add(state.blobs, std::move(held));
  }

  Reader& in_;
  StreamNaming& naming_;
  std::vector<Mark> marks_;
};

}  // namespace

void CanonicalNaming::put_stream(Writer& out, StreamId stream) { out.bin(view(stream)); }
StreamId CanonicalNaming::get_stream(Reader& in) { return in.id<StreamId>(); }

void encode_state(Bytes& bytes, const EntityState& state, StreamNaming& naming) {
  Writer out(bytes);
  if (state.deleted) {
    out.boolean(true);  // a grave is one byte: nothing else is left
    return;
  }
  StateWriter(out, state, naming).write();
}

Result<EntityState> decode_state(ByteView bytes, StreamNaming& naming) {
  Reader in(bytes, state_limits(bytes.size()));
  EntityState state;
  if (in.peek() == Reader::Type::Boolean) {
    state.deleted = in.boolean();
    if (!state.deleted) in.reject("a grave is the value true");
  } else {
    state = StateReader(in, naming).read();
  }
  if (const auto read = in.status(); !read) return fail(read);
  return state;
}

Grave grave_of(const Dot& entity) {
  Grave grave;
  Hasher hasher("yz.grave", 16);
  const Id16 hash =
      hasher.add(view(entity.stream)).add_u64(entity.seq).add_u64(entity.op).finish16();
  std::copy_n(hash.begin(), grave.size(), grave.begin());
  return grave;
}

StateRoot::StateRoot() : hasher_("yz.root", 32) {}

void StateRoot::add(const Dot& entity, const EntityState& state) {
  hasher_.add(view(entity.stream)).add_u64(entity.seq).add_u64(entity.op);
  scratch_.clear();
  if (state.deleted) {
    const Grave grave = grave_of(entity);
    scratch_.assign(grave.begin(), grave.end());
  } else if (state.killed.empty()) {
    encode_state(scratch_, state, naming_);
  } else {
    EntityState live = state;  // a dot that some writer names in vain must not split the roots
    live.killed.clear();
    encode_state(scratch_, live, naming_);
  }
  hasher_.add_u64(scratch_.size()).add(scratch_);
}

Hash32 StateRoot::finish() { return hasher_.finish32(); }

}  // namespace yizhan::crdt
