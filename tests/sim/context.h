// Context: what every part of a simulated city shares.
#pragma once
#include "tests/sim/faults.h"
#include "tests/sim/trace.h"
#include "tests/sim/verdict.h"

namespace yizhan::sim {

struct Context {
  Context(std::uint64_t seed_number, std::ostream* text, Micros faulty_from, Micros faulty_to)
      : seed(seed_number),
        faults(seed_number, faulty_from, faulty_to),
        trace(seed_number, text),
        faulty_begin(faulty_from),
        faulty_end(faulty_to) {}

  Micros now() const { return agenda.now(); }
  bool faulty() const { return now() >= faulty_begin && now() < faulty_end; }

  std::uint64_t seed;
  Agenda agenda;
  Faults faults;
  Verdict verdict;
  Trace trace;
  Micros faulty_begin;
  Micros faulty_end;
};

}  // namespace yizhan::sim
