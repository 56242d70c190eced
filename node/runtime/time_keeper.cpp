#include "node/runtime/time_keeper.h"

#include <algorithm>
#include <fstream>

#include "node/runtime/clocks.h"
#include "node/runtime/log.h"

namespace yizhan::node {
namespace {

sync::ClockPair machine_shows() { return {wall_now(), mono_now()}; }

// The same until the machine is started again; empty where the system does not tell.
std::string start_of_machine() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id;
}

// A file that cannot be read is one that was never there: the node has its records to go by.
sync::NodeClock clock_from(const NodeFiles& files, const std::string& start, WallMs last) {
  const sync::ClockPair at = machine_shows();
  const auto kept = files.time();
  if (!kept) return {last, at};
  const bool goes_on = !start.empty() && kept->start == start && kept->anchor.mono <= at.mono;
  if (goes_on) return {kept->anchor, at};
  return {kept->last, at};
}

}  // namespace

TimeKeeper::TimeKeeper(NodeFiles files, WallMs last)
    : files_(std::move(files)),
      start_(start_of_machine()),
      clock_(clock_from(files_, start_, last)) {}

TimeKeeper::~TimeKeeper() {
  const WallMs time = now();
  const std::lock_guard lock(mutex_);
  static_cast<void>(save(time));
}

WallMs TimeKeeper::now() {
  const std::lock_guard lock(mutex_);
  return clock_.read(machine_shows());
}

TimeState TimeKeeper::state() const {
  const std::lock_guard lock(mutex_);
  return {clock_.suspect(), clock_.asks(), clock_.off_ms(), clock_.anchor().word, clock_.worth()};
}

void TimeKeeper::parent_says(WallMs time) {
  const std::lock_guard lock(mutex_);
  clock_.parent_says(time, machine_shows());
}

Result<void> TimeKeeper::person_says(WallMs time) {
  const std::lock_guard lock(mutex_);
  return clock_.person_says(time, machine_shows());
}

void TimeKeeper::keep() {
  const std::lock_guard lock(mutex_);
  const bool is_known = kept_ && kept_->word == clock_.anchor().word;
  if (is_known && (mono_now() - kept_at_).count() < kKeptEveryMs) return;
  const auto saved = save(clock_.read(machine_shows()));
  if (!saved && !told_) log_warn("clock: " + saved.error().detail);
  told_ = !saved;
}

Result<void> TimeKeeper::save(WallMs now) {
  kept_ = clock_.anchor();
  kept_at_ = mono_now();
  return files_.save_time({start_, clock_.anchor(), now});
}

}  // namespace yizhan::node
