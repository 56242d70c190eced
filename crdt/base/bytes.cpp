#include "crdt/base/bytes.h"

namespace yizhan {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::uint8_t b : bytes) {
    out.push_back(kHex[b >> 4]);
    out.push_back(kHex[b & 15]);
  }
  return out;
}

Result<Bytes> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return fail(Errc::BadFormat, "hex has an odd length");
  Bytes out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = kHex.find(hex[i]);
    const auto low = kHex.find(hex[i + 1]);
    if (high == kHex.npos || low == kHex.npos) return fail(Errc::BadFormat, "not a hex digit");
    out.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

std::string to_base32(ByteView bytes) {
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (std::uint8_t b : bytes) {
    held = held << 8 | b;
    for (bits += 8; bits >= 5; bits -= 5) out.push_back(kBase32[held >> (bits - 5) & 31]);
  }
  if (bits > 0) out.push_back(kBase32[held << (5 - bits) & 31]);
  return out;
}

Result<Bytes> from_base32(std::string_view text) {
  Bytes out;
  std::uint32_t held = 0;
  int bits = 0;
  for (char c : text) {
    const auto digit = kBase32.find(c);
    if (digit == kBase32.npos) return fail(Errc::BadFormat, "not a base32 digit");
    held = held << 5 | static_cast<std::uint32_t>(digit);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(held >> bits & 255));
    }
  }
  if (bits >= 5 || (held & ((1U << bits) - 1)) != 0) {
    return fail(Errc::BadFormat, "base32 is not in its canonical spelling");
  }
  return out;
}

void append_u64(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

void append_u32(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

}  // namespace yizhan
