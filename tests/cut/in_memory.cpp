#include "tests/cut/in_memory.h"

#include "crdt/codec/state_codec.h"

namespace yizhan::cut {
namespace {

using sim::test::Machine;

constexpr std::size_t kRecordBytes = 1024;
constexpr std::size_t kRecords = kPayloadBytes / kRecordBytes;
constexpr std::size_t kSealedAtOnce = kRecords * 3 / 4;  // the others are sealed for this exchange
constexpr int kFramesMax = 10'000;

Hash32 root_of(const Machine& machine) {
  crdt::StateRoot root;
  for (const auto& [key, state] : machine.disk.all_entities()) {
    if (key.first == machine.scope()) root.add(key.second, *state);
  }
  return root.finish();
}

}  // namespace

InMemory::InMemory()
    : city_(sync::test::make_city()),
      second_(make_member(city_, sync::Role::Station, city_.station.certificate.home, 7,
                          &city_.district)),
      third_(make_member(city_, sync::Role::Station, city_.station.certificate.home, 8,
                         &city_.district)),
      known_{city_.hub.certificate, city_.district.certificate, city_.station.certificate,
             second_.certificate, third_.certificate},
      left_(city_.station, known_, now_),
      right_(second_, known_, now_) {
  prepare();
  begin_again();
  whole_ = exchange(SIZE_MAX);
  expect_equal(whole_);
}

// What is sealed one at a time goes to a third machine at once.
void InMemory::prepare() {
  Machine listener(third_, known_, now_);
  left_.record();
  right_.record();
  sim::test::Line(left_, right_).settle();
  {
    sim::test::Line line(left_, listener);
    for (std::size_t i = 0; i < kSealedAtOnce; ++i) {
      owed_.push_back(left_.record(kRecordBytes));
      line.settle();
    }
  }
  while (owed_.size() < kRecords) owed_.push_back(left_.record(kRecordBytes));
  full_ = std::make_unique<sim::Image>(left_.disk);
  lacking_ = std::make_unique<sim::Image>(right_.disk);
}

void InMemory::begin_again() {
  left_.boot(*full_);
  right_.boot(*lacking_);
  for (Machine* end : {&left_, &right_}) {
    end->written.clear();
    end->said.clear();
    end->notices.clear();
  }
}

// One frame of one direction. False: there is none, or the line was cut within it.
bool InMemory::pass(Machine& from, Machine& to, std::size_t& left) {
  auto& coming = from.on_its_way[link_];
  if (coming.empty()) return false;
  const Bytes frame = std::move(coming.front().frame);
  coming.pop_front();
  const std::size_t size = frame.size() + kFramingBytes;
  const bool whole = size <= left;
  left -= std::min(size, left);
  if (whole) to.take(sync::FrameReceived{link_, frame});
  return whole;
}

// Over one line that carries so many bytes; gives how many it carried.
std::size_t InMemory::exchange(std::size_t most) {
  ++link_;
  std::size_t left = most;
  right_.take(sync::LinkOpened{link_, left_.curve_key(), false});
  left_.take(sync::LinkOpened{link_, right_.curve_key(), true});
  int frames = 0;
  for (bool moved = true; moved && left > 0;) {
    moved = pass(left_, right_, left);
    if (left > 0) moved = pass(right_, left_, left) || moved;
    if (++frames > kFramesMax) throw Broken("the exchange does not end");
  }
  for (Machine* end : {&left_, &right_}) {
    end->take(sync::LinkClosed{link_});
    end->on_its_way.erase(link_);
  }
  return most - left;
}

void InMemory::expect_equal(std::size_t bytes) const {
  const std::string where = "cut after byte " + std::to_string(bytes) + ": ";
  for (const crdt::ChangeId& change : owed_) {
    if (!right_.holds(change)) {
      throw Broken(where + "change " + std::to_string(change.seq) + " did not arrive");
    }
  }
  if (left_.digest() != right_.digest()) throw Broken(where + "the logs differ");
  if (root_of(left_) != root_of(right_)) throw Broken(where + "the states differ");
}

std::size_t InMemory::cut_after(std::size_t bytes) {
  begin_again();
  const std::size_t passed = exchange(bytes) + exchange(SIZE_MAX);
  expect_equal(bytes);
  return passed - std::min(passed, whole_);
}

}  // namespace yizhan::cut
