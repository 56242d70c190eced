#include "node/doctor/zip.h"

#include <array>
#include <cstdint>

#include "node/policy/china_time.h"

namespace yizhan::node {
namespace {

constexpr std::uint32_t kLocal = 0x04034b50;
constexpr std::uint32_t kCentral = 0x02014b50;
constexpr std::uint32_t kEnd = 0x06054b50;
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kUtf8 = 1U << 11U;

void put16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 255U);
  out += static_cast<char>(value >> 8U & 255U);
}
void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xffffU);
  put16(out, value >> 16U);
}

std::uint32_t crc_of(std::string_view text) {
  std::uint32_t crc = ~0U;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

// Time and date as MS-DOS had them, by the station's clock.
std::uint32_t dos_time(WallMs at) {
  const ChinaMoment moment = china_moment(at);
  const CivilDate date = civil_date(moment.day);
  const auto year = static_cast<std::uint32_t>(date.year < 1980 ? 0 : date.year - 1980);
  const auto minutes = static_cast<std::uint32_t>(moment.minute);
  const std::uint32_t time = (minutes / 60) << 11U | (minutes % 60) << 5U;
  return (year << 9U | date.month << 5U | date.day) << 16U | time;
}

// What the header of a text and its row in the directory have in common.
std::string facts_of(const PackedText& packed, std::uint32_t time) {
  const auto size = static_cast<std::uint32_t>(packed.text.size());
  std::string out;
  put16(out, kVersion);
  put16(out, kUtf8);
  put16(out, 0);  // stored
  put32(out, time);
  put32(out, crc_of(packed.text));
  put32(out, size);
  put32(out, size);
  put16(out, static_cast<std::uint32_t>(packed.name.size()));
  put16(out, 0);  // nothing more
  return out;
}

}  // namespace

std::string zip_of(const std::vector<PackedText>& texts, WallMs made_at) {
  const std::uint32_t time = dos_time(made_at);
  std::string out;
  std::string directory;
  for (const PackedText& packed : texts) {
    const std::string facts = facts_of(packed, time);
    const auto at = static_cast<std::uint32_t>(out.size());
    put32(out, kLocal);
    out += facts + packed.name + packed.text;
    put32(directory, kCentral);
    put16(directory, kVersion);
    directory += facts;
    put16(directory, 0);  // no comment
    put16(directory, 0);  // the one disk
    put16(directory, 0);
    put32(directory, 0);
    put32(directory, at);
    directory += packed.name;
  }
  const auto begins = static_cast<std::uint32_t>(out.size());
  const auto count = static_cast<std::uint32_t>(texts.size());
  out += directory;
  put32(out, kEnd);
  put32(out, 0);
  put16(out, count);
  put16(out, count);
  put32(out, static_cast<std::uint32_t>(directory.size()));
  put32(out, begins);
  put16(out, 0);
  return out;
}

}  // namespace yizhan::node
