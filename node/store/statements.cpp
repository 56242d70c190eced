#include "node/store/statements.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

namespace yizhan::node {

Statements::Statements(SQLite::Database& sql) : sql_(sql) {}
Statements::~Statements() = default;

SQLite::Statement& Statements::get(const char* text) {
  std::unique_ptr<SQLite::Statement>& kept = kept_[text];
  if (kept == nullptr) {
    kept = std::make_unique<SQLite::Statement>(sql_, text);
  } else {
    kept->tryReset();
    kept->clearBindings();
  }
  used_.push_back(kept.get());
  return *kept;
}

void Statements::end_all() {
  for (SQLite::Statement* statement : used_) statement->tryReset();
  used_.clear();
}

void bind_blob(SQLite::Statement& statement, int at, ByteView bytes) {
  static const std::uint8_t nothing = 0;
  statement.bindNoCopy(at, bytes.empty() ? &nothing : bytes.data(), static_cast<int>(bytes.size()));
}

Bytes blob_of(const SQLite::Column& column) {
  const auto* data = static_cast<const std::uint8_t*>(column.getBlob());
  const auto size = static_cast<std::size_t>(column.getBytes());
  return data == nullptr ? Bytes{} : Bytes(data, data + size);
}

void copy_fixed(const SQLite::Column& column, std::span<std::uint8_t> out) {
  const Bytes bytes = blob_of(column);
  if (bytes.size() != out.size()) throw SQLite::Exception("a blob has the wrong length");
  std::copy(bytes.begin(), bytes.end(), out.begin());
}

}  // namespace yizhan::node
