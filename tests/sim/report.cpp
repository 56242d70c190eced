#include "tests/sim/report.h"

#include <nlohmann/json.hpp>

#include "crdt/base/hash.h"

namespace yizhan::sim {
namespace {

using nlohmann::ordered_json;

template <class Kind, std::size_t N>
ordered_json by_name(const std::array<std::uint64_t, N>& counts) {
  ordered_json out = ordered_json::object();
  for (std::size_t i = 0; i < N; ++i) out[std::string(name(static_cast<Kind>(i)))] = counts[i];
  return out;
}

template <std::size_t N>
void add(std::array<std::uint64_t, N>& sum, const std::array<std::uint64_t, N>& more) {
  for (std::size_t i = 0; i < N; ++i) sum[i] += more[i];
}

std::uint64_t partitions(const std::array<std::uint64_t, kFaults>& faults) {
  return faults[static_cast<std::size_t>(Fault::PartitionTwoWay)] +
         faults[static_cast<std::size_t>(Fault::PartitionOneWay)];
}

}  // namespace

Hash32 trace_hash(const std::vector<SeedResult>& results) {
  Hasher hasher("yz.sim.traces", 32);
  for (const SeedResult& result : results) hasher.add(result.trace);
  return hasher.finish32();
}

std::string report_json(const std::vector<SeedResult>& results, std::int64_t milliseconds) {
  std::uint64_t events = 0;
  std::uint64_t changes = 0;
  std::array<std::uint64_t, kFaults> faults{};
  std::array<std::uint64_t, kInvariants> checks{};
  ordered_json failures = ordered_json::array();
  for (const SeedResult& result : results) {
    events += result.events;
    changes += result.changes;
    add(faults, result.faults);
    add(checks, result.checks);
    if (!result.violation) continue;
    failures.push_back({{"seed", result.seed},
                        {"invariant", name(result.violation->invariant)},
                        {"detail", result.violation->detail}});
  }
  ordered_json out;
  out["seeds"] = results.size();
  out["events"] = events;
  out["changes"] = changes;
  out["faults"] = by_name<Fault>(faults);
  out["partitions"] = partitions(faults);
  out["checks"] = by_name<Invariant>(checks);
  out["failures"] = std::move(failures);
  out["trace_hash"] = to_hex(trace_hash(results));
  out["seconds"] = static_cast<double>(milliseconds) / 1000;
  return out.dump(2);
}

std::string bugs_json(const std::vector<BugResult>& bugs) {
  ordered_json list = ordered_json::array();
  for (const BugResult& bug : bugs) {
    ordered_json one;
    one["bug"] = bug.bug;
    one["caught_by"] = bug.caught_by ? ordered_json(name(bug.caught_by->invariant)) : nullptr;
    one["detail"] = bug.caught_by ? bug.caught_by->detail : "";
    one["seed"] = bug.seed;
    one["seeds_run"] = bug.seeds_run;
    one["clean_failures"] = bug.clean_failures;
    list.push_back(std::move(one));
  }
  return ordered_json{{"bugs", std::move(list)}}.dump(2);
}

}  // namespace yizhan::sim
