// Every small history, in every order of arrival.
//
// What        A record is created by the first writer; then 1 to 4 operations follow, by up to
//             three writers, of every kind: register, lifecycle, set add and remove, counter,
//             delete. Each operation has seen, of every other writer, any prefix of what came
//             before it, and no less than its writer saw earlier. Stamps are equal, so that ties
//             fall on the names of the streams.
// Order       The states at all cuts of a history form a lattice; a cut is reached by admitting the
//             next change of any writer. If all ways into each cut give one state, and one
//             canonical encoding of it, all orders of arrival do, by induction: so each edge is
//             tried once.
// Numbers     Writers are named in the order of their first operation, which leaves out nothing but
//             other names for the same history. Histories of n operations, for n = 1 to 4:
//             18, 684, 38,880, 2,751,408 (kExpected).
// Source      Shapiro et al. 2011; design.md section 5 "All commute given only per-stream FIFO".
#include <boost/test/unit_test.hpp>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt::test {
namespace {

constexpr std::size_t kWriters = 3;
constexpr std::size_t kKinds = 6;
using Cut = std::array<std::size_t, kWriters>;  // how many changes of each writer

const Dot kEntity = dot(1, 1);

class Enumeration {
 public:
  explicit Enumeration(std::size_t most) : most_(most) {
    streams_[0].push_back(change(1, 1, 1000, {{kEntity, EntNew{7}}}));
    seen_[0] = {1, 0, 0};
    extend(0, 1);
  }

  std::size_t histories = 0;
  std::size_t edges = 0;

 private:
  // Adds one more operation in every way; `writers` have been heard of so far.
  void extend(std::size_t depth, std::size_t writers) {
    if (depth == most_) return check();
    for (std::size_t writer = 0; writer < std::min(writers + 1, kWriters); ++writer) {
      for_each_view(writer, [&](const Cut& view) {
        for (std::size_t kind = 0; kind < kKinds; ++kind) {
          const Cut before = seen_[writer];
          seen_[writer] = view;
          streams_[writer].push_back(next_change(writer, kind, state_at(view)));
          ++seen_[writer][writer];
          extend(depth + 1, std::max(writers, writer + 1));
          streams_[writer].pop_back();
          seen_[writer] = before;
        }
      });
    }
  }

  // Every cut that holds what `writer` saw and wrote so far, and any prefix of the others.
  template <class Visit>
  void for_each_view(std::size_t writer, Visit visit) {
    const Cut least = seen_[writer];
    Cut view = least;
    view[writer] = streams_[writer].size();
    const std::size_t a = (writer + 1) % kWriters;
    const std::size_t b = (writer + 2) % kWriters;
    for (view[a] = least[a]; view[a] <= streams_[a].size(); ++view[a]) {
      for (view[b] = least[b]; view[b] <= streams_[b].size(); ++view[b]) visit(view);
    }
  }

  Change next_change(std::size_t writer, std::size_t kind, const EntityState& seen) const {
    const std::uint64_t seq = streams_[writer].size() + 1;
    return change(static_cast<std::uint8_t>(writer + 1), seq, 1000, {{kEntity, op(kind, seen)}});
  }

  static OpBody op(std::size_t kind, const EntityState& seen) {
    switch (kind) {
      case 0: return RegSet{{{0, std::int64_t{1}, seen.dots_of(0)}}};
      case 1: return LifeTo{2, seen.life_dots()};
      case 2: return SetAdd{1, std::int64_t{5}};
      case 3: return SetRem{1, elements(seen)};
      case 4: return CntInc{2, 3};
      default: return EntDel{seen.live_dots()};
    }
  }
  static std::vector<Dot> elements(const EntityState& seen) {
    std::vector<Dot> dots;
    for (const SetElement& element : seen.sets) dots.push_back(element.dot);
    return dots;
  }

  static Admitted admitted_in(const Cut& cut) {
    return [&cut](const ChangeId& id) {
      for (std::size_t i = 0; i < kWriters; ++i) {
        if (id.stream == stream(static_cast<std::uint8_t>(i + 1))) return id.seq <= cut[i];
      }
      return false;
    };
  }

  EntityState state_at(const Cut& wanted) const {
    EntityState state;
    Cut cut{};
    for (std::size_t writer = 0; writer < kWriters; ++writer) {
      for (; cut[writer] < wanted[writer]; ++cut[writer]) {
        apply(state, streams_[writer][cut[writer]], 0, admitted_in(cut));
      }
    }
    return state;
  }

  // Computes the state of every cut through each of its predecessors.
  void check() {
    ++histories;
    std::map<Cut, EntityState> states;
    Cut cut{};
    for (cut[0] = 0; cut[0] <= streams_[0].size(); ++cut[0]) {
      for (cut[1] = 0; cut[1] <= streams_[1].size(); ++cut[1]) {
        for (cut[2] = 0; cut[2] <= streams_[2].size(); ++cut[2]) reach(cut, states);
      }
    }
  }

  void reach(const Cut& cut, std::map<Cut, EntityState>& states) {
    std::optional<EntityState> first;
    for (std::size_t writer = 0; writer < kWriters; ++writer) {
      if (cut[writer] == 0) continue;
      Cut before = cut;
      --before[writer];
      EntityState state = states.at(before);
      apply(state, streams_[writer][before[writer]], 0, admitted_in(before));
      ++edges;
      if (!first) {
        first = std::move(state);
      } else if (*first != state || canonical(*first) != canonical(state)) {
        BOOST_FAIL("two orders differ: " << *first << " and " << state);
      }
    }
    states.emplace(cut, first.value_or(EntityState{}));
  }

  std::size_t most_;
  std::array<std::vector<Change>, kWriters> streams_;
  std::array<Cut, kWriters> seen_{};
};

// A sanitizer makes this twenty times as slow: there three operations have to do.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kMost = 3;
#else
constexpr std::size_t kMost = 4;
#endif
constexpr std::array<std::size_t, 4> kExpected = {18, 684, 38'880, 2'751'408};

BOOST_AUTO_TEST_SUITE(exhaustive_test)

BOOST_AUTO_TEST_CASE(every_order_of_arrival_of_every_small_history_gives_one_state_I1) {
  for (std::size_t most = 1; most <= kMost; ++most) {
    const Enumeration all(most);
    BOOST_TEST_MESSAGE(most << " operations: " << all.histories << " histories, " << all.edges);
    BOOST_TEST(all.histories == kExpected[most - 1]);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace yizhan::crdt::test
