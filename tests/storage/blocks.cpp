#include "tests/storage/blocks.h"

#include <algorithm>

namespace yizhan::storage {

Blocks::Block& Blocks::own(std::size_t number) {
  std::shared_ptr<Block>& block = blocks_[number];
  if (!block) {
    block = std::make_shared<Block>(Block{});
  } else if (block.use_count() > 1) {
    block = std::make_shared<Block>(*block);
  }
  return *block;
}

void Blocks::resize(std::size_t size) {
  if (size < size_ && size % kBlockBytes != 0) {  // what comes there later begins with zeros
    Block& last = own(size / kBlockBytes);
    std::fill(last.begin() + size % kBlockBytes, last.end(), std::uint8_t{0});
  }
  size_ = size;
  blocks_.resize((size + kBlockBytes - 1) / kBlockBytes);
}

void Blocks::write(std::size_t at, ByteView bytes) {
  if (at + bytes.size() > size_) resize(at + bytes.size());
  while (!bytes.empty()) {
    const std::size_t in = at % kBlockBytes;
    const std::size_t count = std::min(bytes.size(), kBlockBytes - in);
    std::copy_n(bytes.begin(), count, own(at / kBlockBytes).begin() + in);
    bytes = bytes.subspan(count);
    at += count;
  }
}

std::size_t Blocks::read(std::size_t at, std::span<std::uint8_t> out) const {
  const std::size_t total = at < size_ ? std::min(out.size(), size_ - at) : 0;
  for (std::size_t done = 0; done < total;) {
    const std::size_t in = (at + done) % kBlockBytes;
    const std::size_t count = std::min(total - done, kBlockBytes - in);
    const auto& block = blocks_[(at + done) / kBlockBytes];
    const auto to = out.begin() + static_cast<std::ptrdiff_t>(done);
    block ? std::copy_n(block->begin() + in, count, to) : std::fill_n(to, count, std::uint8_t{0});
    done += count;
  }
  return total;
}

Bytes Blocks::all() const {
  Bytes bytes(size_);
  read(0, bytes);
  return bytes;
}

}  // namespace yizhan::storage
