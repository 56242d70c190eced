#include "tests/crdt/fixture.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace yizhan {

std::ostream& operator<<(std::ostream& out, const Error& error) {
  return out << name(error.code) << ": " << error.detail;
}
std::ostream& operator<<(std::ostream& out, Errc code) { return out << name(code); }

}  // namespace yizhan

namespace yizhan::crdt {

std::ostream& operator<<(std::ostream& out, const Dot& dot) {
  return out << int{dot.stream.value[0]} << ":" << dot.seq << "." << dot.op;
}
std::ostream& operator<<(std::ostream& out, const EntityState& state) {
  return out << to_hex(test::canonical(state));
}
std::ostream& operator<<(std::ostream& out, Appointment state) {
  return out << static_cast<LifeState>(state);
}
std::ostream& operator<<(std::ostream& out, const AppointmentOutcome& outcome) {
  return out << "state " << outcome.state << " tasks " << int{outcome.tasks};
}
std::ostream& operator<<(std::ostream& out, const VersionVector& vector) {
  for (const auto& [stream, seq] : vector.entries()) {
    out << seq << "@s" << int{stream.value[0]} << " ";
  }
  return out;
}

}  // namespace yizhan::crdt

namespace yizhan::crdt::test {

StreamId stream(std::uint8_t number) {
  StreamId id;
  id.value.fill(0x5e);
  id.value[0] = number;
  return id;
}

Dot dot(std::uint8_t stream_number, std::uint64_t seq, std::uint32_t op) {
  return {stream(stream_number), seq, op};
}

Change change(std::uint8_t stream_number, std::uint64_t seq, std::int64_t ms, std::vector<Op> ops) {
  Change made;
  made.id = {stream(stream_number), seq};
  made.hlc = hlc_at({ms});
  made.ops = std::move(ops);
  return made;
}

Bytes canonical(const EntityState& state) {
  Bytes bytes;
  CanonicalNaming naming;
  encode_state(bytes, state, naming);
  return bytes;
}

Bytes hex(std::string_view digits) {
  std::string packed;
  std::copy_if(digits.begin(), digits.end(), std::back_inserter(packed),
               [](char c) { return c != ' '; });
  return from_hex(packed).value();
}

void Replica::admit(const Change& change) {
  if (vector_.contains(change.id)) return;
  BOOST_REQUIRE(change.id.seq == vector_.seq(change.id.stream) + 1);
  const auto admitted = [this](const ChangeId& id) { return vector_.contains(id); };
  for (std::size_t i = 0; i < change.ops.size(); ++i) {
    apply(entities_[change.ops[i].entity], change, i, admitted, &notes);
  }
  vector_.raise(change.id.stream, change.id.seq);
}

const EntityState& Replica::at(const Dot& entity) const {
  static const EntityState none;
  const auto found = entities_.find(entity);
  return found == entities_.end() ? none : found->second;
}

Hash32 Replica::root() const {
  StateRoot root;
  for (const auto& [entity, state] : entities_) root.add(entity, state);
  return root.finish();
}

std::uint32_t Script::pick(std::uint32_t below) { return done() ? 0 : numbers_[next_++] % below; }

std::vector<const Change*> interleaving(const History& history,
                                        const std::vector<std::uint32_t>& script) {
  Script choices(script);
  std::vector<std::size_t> next(history.size(), 0);
  std::vector<const Change*> order;
  for (;;) {
    std::vector<std::size_t> open;
    for (std::size_t s = 0; s < history.size(); ++s) {
      if (next[s] < history[s].size()) open.push_back(s);
    }
    if (open.empty()) return order;
    const std::size_t s = open[choices.pick(static_cast<std::uint32_t>(open.size()))];
    order.push_back(&history[s][next[s]++]);
  }
}

void check_golden(const std::string& kind, const std::string& name, const std::string& comment,
                  ByteView bytes) {
  const std::filesystem::path path = std::filesystem::path(YZ_TEST_DATA) / kind / (name + ".hex");
  if (!std::filesystem::exists(path) && std::getenv("YZ_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path);
    out << "# " << comment << "\n";
    const std::string digits = to_hex(bytes);
    for (std::size_t at = 0; at < digits.size(); at += 96) out << digits.substr(at, 96) << "\n";
  }
  std::ifstream in(path);
  BOOST_REQUIRE_MESSAGE(in.good(), "no golden file " << path);
  std::string digits;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') digits += line;
  }
  BOOST_TEST(to_hex(bytes) == digits, "golden bytes of " << kind << "/" << name);
}

}  // namespace yizhan::crdt::test
