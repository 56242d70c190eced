#include "node/app/person_memo.h"

#include <array>

#include "crdt/base/hash.h"

namespace yizhan::node {

std::uint64_t PersonMemo::hash_of(std::string_view document_number) {
  std::array<std::uint8_t, 8> bytes{};
  Hasher("yz.person", bytes.size()).add(view(document_number)).finish(bytes.data());
  std::uint64_t hash = 0;
  for (const std::uint8_t byte : bytes) hash = (hash << 8U) | byte;
  return hash;
}

std::optional<std::uint64_t> PersonMemo::find(const crdt::Dot& record) const {
  const auto found = people_.find(record);
  return found == people_.end() ? std::nullopt : std::optional(found->second);
}

void PersonMemo::put(const crdt::Dot& record, std::uint64_t person) {
  if (people_.size() >= kRecordsMax) people_.clear();
  people_[record] = person;
}

}  // namespace yizhan::node
