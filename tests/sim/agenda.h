// Agenda: what will happen, in virtual time.
//
// What        One queue of acts; what falls on the same microsecond runs in the order it was asked
//             for.
// Invariants  now() never goes back.
// Units       Micros: virtual microseconds since the seed began.
// Errors      none.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

namespace yizhan::sim {

using Micros = std::int64_t;
constexpr Micros kMs = 1000;
constexpr Micros kSecond = 1000 * kMs;
constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kHour = 60 * kMinute;

class Agenda {
 public:
  using Act = std::function<void()>;
  void at(Micros when, Act act);  // in the past: now
  void after(Micros delay, Act act) { at(now_ + delay, std::move(act)); }
  bool run_one();  // false: nothing left
  Micros now() const { return now_; }
  std::uint64_t ran() const { return ran_; }

 private:
  struct Entry {
    Micros when = 0;
    std::uint64_t order = 0;
    Act act;
  };
  static bool later(const Entry& a, const Entry& b) {
    return a.when != b.when ? a.when > b.when : a.order > b.order;
  }
  std::vector<Entry> heap_;
  Micros now_ = 0;
  std::uint64_t order_ = 0;
  std::uint64_t ran_ = 0;
};

}  // namespace yizhan::sim
