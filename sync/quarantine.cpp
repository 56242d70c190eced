#include "sync/quarantine.h"

#include "sync/parts.h"

namespace yizhan::sync {
namespace {

bool before(const QuarantinedRun& a, const QuarantinedRun& b) {
  return a.stream != b.stream ? a.stream < b.stream : a.last < b.first;
}

void widen(StampRanges& ranges, const QuarantinedRun& run) {
  StampRange& range = ranges.try_emplace(run.stream, StampRange{run.first, run.last}).first->second;
  range = {std::min(range.first, run.first), std::max(range.last, run.last)};
}

}  // namespace

Bytes encode(const Quarantine& quarantine) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(2).bin(view(quarantine.author)).array(quarantine.runs.size());
  for (const QuarantinedRun& run : quarantine.runs) {
    out.array(4).bin(view(run.stream)).uint(run.first).uint(run.last).uint(run.stamp.value);
  }
  return bytes;
}

Result<Quarantine> decode_quarantine(ByteView payload) {
  crdt::Reader in(payload);
  in.array_of(2);
  Quarantine quarantine;
  quarantine.author = in.id<NodeId>();
  quarantine.runs.resize(get_count(in, kQuarantinedRunsMax));
  for (QuarantinedRun& run : quarantine.runs) {
    in.array_of(4);
    run.stream = in.id<StreamId>();
    run.first = get_seq(in);
    run.last = get_seq(in);
    run.stamp.value = in.uint();
    if (run.last < run.first) in.reject("a run ends before it begins");
  }
  if (quarantine.runs.empty()) in.reject("a quarantine of nothing");
  if (!strictly_ascending(quarantine.runs, before)) in.reject("the runs are not sorted");
  return finished(in, std::move(quarantine));
}

StampRanges ranges_of(const Quarantine& quarantine) {
  StampRanges ranges;
  for (const QuarantinedRun& run : quarantine.runs) widen(ranges, run);
  return ranges;
}

bool may_quarantine(const Certificate& issuer, const Certificate& subject) {
  return issuer.role < subject.role && subject.home.within(issuer.home);
}

void Quarantines::add(const Quarantine& quarantine) {
  for (const QuarantinedRun& run : quarantine.runs) {
    streams_[run.stream].insert({run, quarantine.author});
  }
}

crdt::Hlc Quarantines::stamp(NodeId author, const crdt::Change& change) const {
  crdt::Hlc least = change.hlc;
  const auto found = streams_.find(change.id.stream);
  if (found == streams_.end()) return least;
  for (const auto& [run, named] : found->second) {
    const bool holds = run.first <= change.id.seq && change.id.seq <= run.last;
    if (holds && named == author) least = std::min(least, run.stamp);
  }
  return least;
}

std::optional<crdt::Change> Quarantines::instead_of(NodeId author,
                                                    const crdt::Change& change) const {
  const crdt::Hlc counts_by = stamp(author, change);
  if (counts_by == change.hlc) return std::nullopt;
  crdt::Change other = change;
  other.hlc = counts_by;
  return other;
}

StampRanges Quarantines::differences(const Quarantines& other) const {
  StampRanges ranges;
  const auto add_missing = [&ranges](const auto& from, const auto& in) {
    for (const auto& [stream, runs] : from) {
      const auto there = in.find(stream);
      for (const auto& one : runs) {
        if (there == in.end() || !there->second.contains(one)) widen(ranges, one.first);
      }
    }
  };
  add_missing(streams_, other.streams_);
  add_missing(other.streams_, streams_);
  return ranges;
}

}  // namespace yizhan::sync
