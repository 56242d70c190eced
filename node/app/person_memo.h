// Person memo: whose appointment each record is, so that a booking need not open a whole day.
//
// What        A hash of the document number for records that were opened before. Nothing of it is
//             kept or sent; a record's document number never changes.
// Invariants  I1  at most kRecordsMax records; then it begins anew.
//             I2  after a commit that failed it is cleared: another record may take the same place.
// Units       none.
// Errors      none.
#pragma once
#include <map>
#include <optional>
#include <string_view>

#include "crdt/dot.h"

namespace yizhan::node {

class PersonMemo {
 public:
  static constexpr std::size_t kRecordsMax = 20'000;  // some weeks of a busy station

  static std::uint64_t hash_of(std::string_view document_number);
  std::optional<std::uint64_t> find(const crdt::Dot& record) const;
  void put(const crdt::Dot& record, std::uint64_t person);
  void clear() { people_.clear(); }

 private:
  std::map<crdt::Dot, std::uint64_t> people_;
};

}  // namespace yizhan::node
