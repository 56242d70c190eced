#include "tests/sim/agenda.h"

#include <algorithm>

namespace yizhan::sim {

void Agenda::at(Micros when, Act act) {
  heap_.push_back({std::max(when, now_), order_++, std::move(act)});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

bool Agenda::run_one() {
  if (heap_.empty()) return false;
  std::pop_heap(heap_.begin(), heap_.end(), later);
  Entry entry = std::move(heap_.back());
  heap_.pop_back();
  now_ = entry.when;
  ++ran_;
  entry.act();
  return true;
}

}  // namespace yizhan::sim
