// Fixture of the crdt tests: short names for streams, dots and changes, a replica that admits
// changes, histories made from scripts of numbers, golden files.
#pragma once
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "crdt/codec/change_codec.h"
#include "crdt/codec/state_codec.h"
#include "crdt/life.h"
#include "crdt/version_vector.h"

namespace yizhan {
std::ostream& operator<<(std::ostream& out, const Error& error);
std::ostream& operator<<(std::ostream& out, Errc code);
}  // namespace yizhan

namespace yizhan::crdt {
std::ostream& operator<<(std::ostream& out, const Dot& dot);
std::ostream& operator<<(std::ostream& out, const EntityState& state);  // its canonical bytes
std::ostream& operator<<(std::ostream& out, Appointment state);
std::ostream& operator<<(std::ostream& out, const AppointmentOutcome& outcome);
std::ostream& operator<<(std::ostream& out, const VersionVector& vector);
}  // namespace yizhan::crdt

namespace yizhan::crdt::test {

StreamId stream(std::uint8_t number);  // ordered by number
Dot dot(std::uint8_t stream_number, std::uint64_t seq, std::uint32_t op = 0);
// A change of that stream whose stamp grows with `ms`.
Change change(std::uint8_t stream_number, std::uint64_t seq, std::int64_t ms, std::vector<Op> ops);
Bytes canonical(const EntityState& state);
Bytes hex(std::string_view digits);  // spaces allowed

// Admits changes as sync/ does: each once, those of one stream in their order.
class Replica {
 public:
  void admit(const Change& change);
  const EntityState& at(const Dot& entity) const;  // an empty state for an entity never named
  Hash32 root() const;
  const std::map<Dot, EntityState>& entities() const { return entities_; }
  const VersionVector& admitted() const { return vector_; }
  ApplyNotes notes;  // of all changes so far

 private:
  VersionVector vector_;
  std::map<Dot, EntityState> entities_;
};

// Changes of several streams, each stream in its order.
using History = std::vector<std::vector<Change>>;

// Reads a script number by number; past the end it yields zeros.
class Script {
 public:
  explicit Script(const std::vector<std::uint32_t>& numbers) : numbers_(numbers) {}
  bool done() const { return next_ >= numbers_.size(); }
  std::uint32_t pick(std::uint32_t below);  // 0 ... below - 1
 private:
  const std::vector<std::uint32_t>& numbers_;
  std::size_t next_ = 0;
};

// What honest writers do who at times hear of each other: every `over` names what the writer saw.
History honest_history(const std::vector<std::uint32_t>& script);
// The same, with `over` lists that name anything, also what was never written.
History wild_history(const std::vector<std::uint32_t>& script);

// One order of arrival that keeps the order of every stream.
std::vector<const Change*> interleaving(const History& history,
                                        const std::vector<std::uint32_t>& script);

// Compares with tests/data/KIND/NAME.hex; with YZ_WRITE_GOLDEN set, a missing file is written.
void check_golden(const std::string& kind, const std::string& name, const std::string& comment,
                  ByteView bytes);

}  // namespace yizhan::crdt::test

#define YZ_REQUIRE_ERROR(result, errc)            \
  do {                                            \
    const auto& yz_result = (result);             \
    BOOST_REQUIRE(!yz_result.has_value());        \
    BOOST_TEST(yz_result.error().code == (errc)); \
  } while (false)
