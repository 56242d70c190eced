// Blocks: the bytes of a file, of which a copy costs little.
//
// What        Blocks of 4 KiB that copies share until one of them is written to.
// Units       Bytes. A block that was never written is zeros.
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "crdt/base/bytes.h"

namespace yizhan::storage {

class Blocks {
 public:
  std::size_t size() const { return size_; }
  void resize(std::size_t size);
  void write(std::size_t at, ByteView bytes);  // grows as needed
  // What there is of `out.size()` bytes from `at` on; gives how many.
  std::size_t read(std::size_t at, std::span<std::uint8_t> out) const;
  Bytes all() const;

 private:
  static constexpr std::size_t kBlockBytes = 4096;
  using Block = std::array<std::uint8_t, kBlockBytes>;
  Block& own(std::size_t number);

  std::vector<std::shared_ptr<Block>> blocks_;
  std::size_t size_ = 0;
};

}  // namespace yizhan::storage
