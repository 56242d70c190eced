#include "node/store/entity_table.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "crdt/codec/state_codec.h"
#include "node/store/projections.h"

namespace yizhan::node {
namespace {

constexpr std::size_t kWaitingMax = 4096;  // about 4 MB
constexpr std::size_t kReadMax = 1024;

// Inside a state a stream is its number in the state's scope.
class LocalNaming final : public crdt::StreamNaming {
 public:
  LocalNaming(Numbering& numbering, std::int64_t scope) : numbering_(numbering), scope_(scope) {}
  void put_stream(crdt::Writer& out, StreamId stream) override {
    out.uint(static_cast<std::uint64_t>(numbering_.stream(stream, scope_)));
  }
  StreamId get_stream(crdt::Reader& in) override {
    const StreamId id = numbering_.stream_at(static_cast<std::int64_t>(in.uint(UINT32_MAX)));
    if (id == StreamId{}) in.reject("a stream that has no number");
    return id;
  }

 private:
  Numbering& numbering_;
  std::int64_t scope_;
};

}  // namespace

Result<sync::StatePtr> EntityTable::decode(std::int64_t scope, ByteView bytes) {
  LocalNaming naming(numbering_, scope);
  auto state = crdt::decode_state(bytes, naming);
  if (!state) return fail(Errc::StorageCorrupt, "a record's state: " + state.error().detail);
  return std::make_shared<const crdt::EntityState>(std::move(*state));
}

Result<sync::StatePtr> EntityTable::load(std::int64_t scope, std::int64_t key) {
  SQLite::Statement& select = statements_.get("SELECT st FROM ent WHERE id = ?");
  select.bind(1, key);
  if (!select.executeStep()) return sync::StatePtr{};
  auto state = decode(scope, blob_of(select.getColumn(0)));
  if (state) {
    if (read_.size() >= kReadMax) read_.clear();
    read_[key] = *state;
  }
  return state;
}

Result<sync::StatePtr> EntityTable::get(const sync::Scope& scope, const crdt::Dot& dot) {
  const auto in_scope = numbering_.known_scope(scope);
  const auto stream = in_scope ? numbering_.known_stream(dot.stream, *in_scope) : std::nullopt;
  if (!stream) return sync::StatePtr{};
  const std::int64_t key = Numbering::dot(*stream, dot.seq, dot.op);
  if (const auto found = waiting_.find(key); found != waiting_.end()) return found->second.second;
  if (const auto found = read_.find(key); found != read_.end()) return found->second;
  return load(*in_scope, key);
}

void EntityTable::put(const sync::PutEntity& write) {
  const std::int64_t scope = numbering_.scope(write.scope);
  const std::int64_t key =
      Numbering::dot(numbering_.stream(write.dot.stream, scope), write.dot.seq, write.dot.op);
  project({statements_, numbering_}, scope, key, write.before.get(), write.after.get());
  waiting_[key] = {scope, write.after};
  read_.erase(key);
  if (waiting_.size() >= kWaitingMax) flush();
}

void EntityTable::flush() {
  Bytes bytes;
  for (const auto& [key, entry] : waiting_) {
    if (!entry.second) {
      remove(key);
      continue;
    }
    bytes.clear();
    LocalNaming naming(numbering_, entry.first);
    crdt::encode_state(bytes, *entry.second, naming);
    SQLite::Statement& replace = statements_.get("INSERT OR REPLACE INTO ent VALUES (?, ?)");
    replace.bind(1, key);
    bind_blob(replace, 2, bytes);
    replace.exec();
  }
  waiting_.clear();
}

void EntityTable::remove(std::int64_t key) {
  SQLite::Statement& statement = statements_.get("DELETE FROM ent WHERE id = ?");
  statement.bind(1, key);
  statement.exec();
}

void EntityTable::forget() {
  waiting_.clear();
  read_.clear();
}

}  // namespace yizhan::node
