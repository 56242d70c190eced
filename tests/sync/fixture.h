// Fixture of the sync tests: seeded randomness, a small city, sample changes, golden files.
#pragma once
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "crdt/change.h"
#include "sync/certificate.h"
#include "sync/segment.h"

namespace yizhan::sync::test {

// The same bytes for the same seed, on every machine.
class SeededEntropy final : public Entropy {
 public:
  explicit SeededEntropy(std::uint64_t seed) : seed_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

template <std::size_t N>
std::array<std::uint8_t, N> bytes_of(std::uint64_t seed) {
  std::array<std::uint8_t, N> out{};
  SeededEntropy(seed).fill(out);
  return out;
}

Division division(std::string_view path);
Scope scope(std::string_view text);
Secret32 secret(std::uint64_t seed);

struct Member {
  NodeSecrets secrets;
  Certificate certificate;
};
// Root, hub 1403, district 1403/140311, station 1403/140311/140311100.
struct City {
  SignKey root;
  Member hub;
  Member district;
  Member station;
};
City make_city(std::uint64_t seed = 1);
// A member with the standard certificate of `role` at `home`; issuer null: the root.
Member make_member(const City& city, Role role, const Division& home, std::uint64_t seed,
                   const Member* issuer);

StreamId stream(std::uint64_t number);
// `count` changes of `self` from seq 1, of every kind of operation, with references to own and
// foreign changes, two staff members and personal fields.
std::vector<crdt::Change> sample_changes(StreamId self, std::size_t count);
// A single change with one record: the smallest useful segment.
crdt::Change one_change(StreamId self);

std::vector<ChainedChange> chained(const Head& previous, std::span<const crdt::Change> changes);
std::optional<HeadTag> tag_at(StreamId stream, std::uint64_t seq);
SealedSegment sealed(std::span<const crdt::Change> changes, const Head& previous,
                     const SignKey& key);
std::vector<const crdt::Change*> pointers(std::span<const crdt::Change> changes);

// Compares `bytes` with tests/data/<kind>/<name>.hex. With YZ_WRITE_GOLDEN set a missing file is
// written instead; an existing one never is.
void check_golden(const std::string& kind, const std::string& name, const std::string& comment,
                  ByteView bytes);

// Calls `visit` with every truncation of `bytes`, then with every single-byte mutation by a few
// masks.
template <class Visit>
void for_each_damage(const Bytes& bytes, Visit visit) {
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    visit(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const unsigned mask : {0x01U, 0x10U, 0x80U, 0xffU}) {
      Bytes damaged = bytes;
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ mask);
      visit(damaged);
    }
  }
}

}  // namespace yizhan::sync::test

namespace yizhan {
inline std::ostream& operator<<(std::ostream& out, Errc code) { return out << name(code); }
}  // namespace yizhan

#define YZ_REQUIRE_ERROR(result, expected)            \
  do {                                                \
    const auto& yz_result = (result);                 \
    BOOST_REQUIRE(!yz_result.has_value());            \
    BOOST_TEST(yz_result.error().code == (expected)); \
  } while (false)
