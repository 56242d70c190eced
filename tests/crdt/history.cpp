// Histories for the laws: several writers, each with a replica of its own.
#include <algorithm>

#include "tests/crdt/fixture.h"

namespace yizhan::crdt::test {
namespace {

constexpr std::uint8_t kWriters = 3;
constexpr std::uint32_t kFields = 2;

// Writers take turns as the script says; between their turns they hear of each other.
class Theatre {
 public:
  Theatre(const std::vector<std::uint32_t>& script, bool wild) : script_(script), wild_(wild) {
    history_.resize(kWriters);
    replicas_.resize(kWriters);
    write(0, {{dot(1, 1), EntNew{7}}});
  }

  History play() {
    while (!script_.done()) {
      const auto actor = static_cast<std::uint8_t>(script_.pick(kWriters));
      if (script_.pick(3) == 0) {
        hear(actor);
      } else {
        act(actor);
      }
    }
    return std::move(history_);
  }

 private:
  // Admits what is new to `actor` in one other stream, up to a point.
  void hear(std::uint8_t actor) {
    const std::vector<Change>& other = history_[script_.pick(kWriters)];
    const std::size_t known = script_.pick(static_cast<std::uint32_t>(other.size()) + 1);
    for (std::size_t i = 0; i < known; ++i) replicas_[actor].admit(other[i]);
  }

  void act(std::uint8_t actor) {
    std::vector<Op> ops;
    for (std::uint32_t left = 1 + script_.pick(2); left > 0; --left) ops.push_back(op(actor));
    write(actor, std::move(ops));
  }

  void write(std::uint8_t actor, std::vector<Op> ops) {
    Change made = change(static_cast<std::uint8_t>(actor + 1), history_[actor].size() + 1,
                         1000 + script_.pick(8), std::move(ops));
    made.blobs.resize(script_.pick(2));
    for (SealedBlob& blob : made.blobs) {
      blob = {{made.id.stream, made.id.seq, 0}, {}, Bytes(4, actor)};
    }
    replicas_[actor].admit(made);
    history_[actor].push_back(std::move(made));
  }

  Op op(std::uint8_t actor) {
    const EntityState& seen = replicas_[actor].at(entity_);
    const auto field = static_cast<FieldId>(script_.pick(kFields));
    const auto number = static_cast<std::int64_t>(script_.pick(100));
    switch (script_.pick(8)) {
      case 0:
      case 1: return {entity_, RegSet{{{field, value(number), over(seen.dots_of(field))}}}};
      case 2:
        return {entity_, RegSet{{{0, value(number), over(seen.dots_of(0))},
                                 {1, value(number + 1), over(seen.dots_of(1))}}}};
      case 3:
        return {entity_, LifeTo{static_cast<LifeState>(number % 13 + 1), over(seen.life_dots())}};
      case 4: return {entity_, SetAdd{field, value(number % 3)}};
      case 5: return {entity_, SetRem{field, over(elements(seen, field))}};
      case 6: return {entity_, CntInc{field, number - 50}};
      default:
        // Deletes are rare, or little else would be tested.
        if (number % 8 != 0) return {entity_, CntInc{field, number}};
        return {entity_, EntDel{over(seen.live_dots())}};
    }
  }

  static Value value(std::int64_t number) {
    if (number % 4 == 3) return PersonalRef{static_cast<std::uint8_t>(number % 2), 0};
    return number;
  }

  static std::vector<Dot> elements(const EntityState& seen, FieldId field) {
    std::vector<Dot> dots;
    for (const SetElement& e : seen.sets) {
      if (e.field == field) dots.push_back(e.dot);
    }
    return dots;
  }

  std::vector<Dot> over(std::vector<Dot> honest) {
    if (!wild_) return honest;
    for (std::uint32_t left = script_.pick(4); left > 0; --left) {
      honest.push_back(dot(static_cast<std::uint8_t>(1 + script_.pick(kWriters)),
                           1 + script_.pick(5), script_.pick(2)));
    }
    std::sort(honest.begin(), honest.end());
    honest.erase(std::unique(honest.begin(), honest.end()), honest.end());
    return honest;
  }

  const Dot entity_ = dot(1, 1);
  Script script_;
  bool wild_;
  History history_;
  std::vector<Replica> replicas_;
};

}  // namespace

History honest_history(const std::vector<std::uint32_t>& script) {
  return Theatre(script, false).play();
}
History wild_history(const std::vector<std::uint32_t>& script) {
  return Theatre(script, true).play();
}

}  // namespace yizhan::crdt::test
