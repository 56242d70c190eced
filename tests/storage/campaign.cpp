#include "tests/storage/campaign.h"

#include <array>

namespace yizhan::storage {
namespace {

struct Kind {
  const char* name;
  Fault fault;
  Word word;
  std::uint64_t range;  // the fault comes after so many operations at most
};

constexpr std::array kKinds{
    Kind{"write_fails", Fault::WriteFails, Word::Failed, 400},
    Kind{"no_space", Fault::NoSpace, Word::Failed, 400},
    Kind{"sync_fails", Fault::SyncFails, Word::Failed, 60},
    Kind{"sync_lies", Fault::SyncLies, Word::Lied, 60},
    Kind{"read_fails", Fault::ReadFails, Word::Failed, 60},
    Kind{"reads_short", Fault::ReadsShort, Word::Failed, 60},
    Kind{"bit_flips", Fault::BitFlips, Word::Lied, 60},
};
constexpr std::array<const char*, 4> kFiles{"yizhan.db", "yizhan.db-wal", ".yzj", "guard.yz"};

}  // namespace

DayPlan plan_of(std::uint64_t seed) {
  sim::Prng chance(seed, "plan");
  DayPlan plan;
  plan.seed = seed;
  plan.traits.sector_bytes = chance.below(2) == 0 ? 512 : 4096;
  plan.traits.powersafe = chance.below(2) == 0;
  plan.word = plan.traits.powersafe ? Word::Kept : Word::GuardTorn;
  if (seed % 4 != 0) return plan;
  const Kind& kind = kKinds[seed / 4 % kKinds.size()];
  plan.word = kind.word;
  plan.faults.push_back(
      {kind.fault, kFiles[chance.below(kFiles.size())], chance.below(kind.range), kind.name});
  return plan;
}

DayPlan without_syncs_of(DayPlan plan, const std::string& files) {
  plan.faults = {{Fault::SyncLies, files, 0, "skipped"}};
  plan.word = plan.traits.powersafe ? Word::Kept : Word::GuardTorn;
  if (files == ".yzj") {  // its worth shows when the database's log is lost
    plan.faults.push_back({Fault::SyncLies, "yizhan.db-wal", 0, "skipped"});
    plan.word = Word::Lied;
  }
  return plan;
}

void run_seed(const DayPlan& plan, Tally& tally) {
  try {
    Day(plan, tally).run();
  } catch (const Broken& broken) {
    throw Broken("seed " + std::to_string(plan.seed) + ": " + broken.what());
  }
}

}  // namespace yizhan::storage
