#include "node/store/numbering.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>

namespace yizhan::node {
namespace {

constexpr std::int64_t kSeqBits = 28;
constexpr std::int64_t kOpBits = 6;

}  // namespace

void Numbering::load() {
  scopes_.clear();
  scope_names_.clear();
  streams_.clear();
  stream_names_.clear();
  last_stream_ = 0;
  SQLite::Statement& scopes = statements_.get("SELECT id, division, class FROM scope");
  while (scopes.executeStep()) {
    const auto division = sync::Division::parse(scopes.getColumn(1).getString());
    const sync::Scope scope{division ? *division : sync::Division{},
                            static_cast<sync::ScopeClass>(scopes.getColumn(2).getInt())};
    scopes_[scope] = scopes.getColumn(0).getInt64();
    scope_names_[scopes.getColumn(0).getInt64()] = scope;
  }
  SQLite::Statement& streams = statements_.get("SELECT n, sid, scope FROM stream");
  while (streams.executeStep()) {
    const std::int64_t number = streams.getColumn(0).getInt64();
    const auto id = id_from<StreamId>(blob_of(streams.getColumn(1)));
    if (!id) continue;  // verify names the row
    streams_[{*id, streams.getColumn(2).getInt64()}] = number;
    stream_names_[number] = *id;
    last_stream_ = std::max(last_stream_, number);
  }
}

std::optional<std::int64_t> Numbering::known_scope(const sync::Scope& scope) const {
  const auto found = scopes_.find(scope);
  return found == scopes_.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t Numbering::scope(const sync::Scope& scope) {
  if (const auto known = known_scope(scope)) return *known;
  const std::int64_t number = scope_names_.empty() ? 1 : std::prev(scope_names_.end())->first + 1;
  SQLite::Statement& insert = statements_.get("INSERT INTO scope VALUES (?, ?, ?)");
  SQLite::bind(insert, number, scope.division.text(), static_cast<int>(scope.cls));
  insert.exec();
  scopes_[scope] = number;
  scope_names_[number] = scope;
  return number;
}

const sync::Scope& Numbering::scope_at(std::int64_t number) const {
  static const sync::Scope nowhere;
  const auto found = scope_names_.find(number);
  return found == scope_names_.end() ? nowhere : found->second;
}

std::optional<std::int64_t> Numbering::known_stream(StreamId id, std::int64_t scope) const {
  const auto found = streams_.find({id, scope});
  return found == streams_.end() ? std::nullopt : std::optional(found->second);
}

std::int64_t Numbering::stream(StreamId id, std::int64_t scope) {
  if (const auto known = known_stream(id, scope)) return *known;
  const std::int64_t number = ++last_stream_;
  SQLite::Statement& insert =
      statements_.get("INSERT INTO stream(n, sid, scope, seq, sealed) VALUES (?, ?, ?, 0, 0)");
  insert.bind(1, number);
  bind_blob(insert, 2, view(id));
  insert.bind(3, scope);
  insert.exec();
  streams_[{id, scope}] = number;
  stream_names_[number] = id;
  return number;
}

std::vector<std::int64_t> Numbering::numbers_of(StreamId id) const {
  std::vector<std::int64_t> numbers;
  for (auto at = streams_.lower_bound({id, INT64_MIN});
       at != streams_.end() && at->first.first == id; ++at) {
    numbers.push_back(at->second);
  }
  return numbers;
}

StreamId Numbering::stream_at(std::int64_t number) const {
  const auto found = stream_names_.find(number);
  return found == stream_names_.end() ? StreamId{} : found->second;
}

std::vector<std::int64_t> Numbering::streams_in(std::int64_t scope) const {
  std::vector<std::int64_t> numbers;
  for (const auto& [key, number] : streams_) {
    if (key.second == scope) numbers.push_back(number);
  }
  return numbers;
}

crdt::Dot Numbering::dot_at(std::int64_t number) const {
  const auto bits = static_cast<std::uint64_t>(number);
  return {stream_at(number >> (kSeqBits + kOpBits)),
          bits >> kOpBits & ((std::uint64_t{1} << kSeqBits) - 1),
          static_cast<std::uint32_t>(bits & ((1U << kOpBits) - 1))};
}

}  // namespace yizhan::node
