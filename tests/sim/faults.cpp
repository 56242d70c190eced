#include "tests/sim/faults.h"

namespace yizhan::sim {
namespace {

constexpr Micros kWindow = 45 * kSecond;
constexpr std::uint64_t kQuietPerMille = 250;

struct Kind {
  std::string_view name;
  std::uint64_t rate_max;  // per mille of its occasions
};
// In the order of the enumeration.
constexpr Kind kKinds[kFaults] = {
    {"drop", 25},
    {"duplicate", 40},
    {"reorder", 20},
    {"truncate", 12},
    {"corrupt", 12},
    {"delay", 60},
    {"replay", 12},
    {"dictionary_tag", 300},
    {"dictionary_seq", 300},
    {"dictionary_swap", 300},
    {"dictionary_drop", 200},
    {"dictionary_double", 200},
    {"wrong_signer", 40},
    {"out_of_scope", 40},
    {"foreign_stream_id", 40},
    {"partition_two_way", 400},
    {"partition_one_way", 300},
    {"link_break", 300},
    {"half_open", 500},
    {"crash", 250},
    {"crash_before_commit", 15},
    {"crash_after_commit", 10},
    {"slow_disk", 150},
    {"put_back", 400},
    {"hub_wiped", 400},
    {"clock_step", 150},
    {"clock_1970", 300},
    {"clock_ahead", 200},
    {"clock_drift", 1000},
    {"clock_frozen", 150},
    {"revoke", 1},
    {"stolen", 1},
    {"lost_answer", 300},
};

}  // namespace

std::string_view name(Fault fault) { return kKinds[static_cast<std::size_t>(fault)].name; }

Faults::Faults(std::uint64_t seed, Micros begin, Micros end) : begin_(begin), end_(end) {
  Prng prng(seed, "faults");
  for (std::size_t i = 0; i < kFaults; ++i) {
    const std::uint64_t drawn = 1 + prng.below(kKinds[i].rate_max);
    rates_[i] = prng.per_mille(600) ? drawn : 0;
  }
  Prng windows(seed, "quiet windows");
  for (Micros at = begin; at < end; at += kWindow) {
    quiet_.push_back(windows.per_mille(kQuietPerMille));
  }
}

bool Faults::quiet(Micros now) const {
  if (now < begin_ || now >= end_) return true;
  return quiet_[static_cast<std::size_t>((now - begin_) / kWindow)];
}

std::uint64_t Faults::rate(Fault fault, Micros now) const {
  return quiet(now) ? 0 : rates_[static_cast<std::size_t>(fault)];
}

bool Faults::strikes(Fault fault, Micros now, Prng& prng) {
  if (!prng.per_mille(rate(fault, now))) return false;
  count(fault);
  return true;
}

}  // namespace yizhan::sim
