#include "node/app/intents.h"

#include "crdt/base/hash.h"

namespace yizhan::node {

std::uint64_t intent_key(const Intent& intent) {
  std::array<std::uint8_t, 8> bytes{};
  Hasher("yz.intent", bytes.size())
      .add(view(intent.staff.id))
      .add(view(intent.key))
      .finish(bytes.data());
  std::uint64_t key = 0;
  for (const std::uint8_t byte : bytes) key = (key << 8U) | byte;
  // SQLite's integers are signed; a key of 63 bits is the same number everywhere.
  key &= 0x7fff'ffff'ffff'ffffU;
  return key == 0 ? 1 : key;
}

}  // namespace yizhan::node
