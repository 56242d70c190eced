#include "sync/revocation.h"

#include <algorithm>

#include "sync/parts.h"

namespace yizhan::sync {
namespace {

const VectorEntry* find(const std::vector<VectorEntry>& cuts, StreamId stream) {
  const auto at =
      std::lower_bound(cuts.begin(), cuts.end(), stream,
                       [](const VectorEntry& cut, StreamId id) { return cut.stream < id; });
  return at != cuts.end() && at->stream == stream ? &*at : nullptr;
}

}  // namespace

Bytes encode(const Revocation& revocation) {
  Bytes bytes;
  crdt::Writer out(bytes);
  out.array(2).bin(view(revocation.node));
  put_entries(out, revocation.cuts);
  return bytes;
}

Result<Revocation> decode_revocation(ByteView payload) {
  crdt::Reader in(payload);
  in.array_of(2);
  Revocation revocation;
  revocation.node = in.id<NodeId>();
  revocation.cuts = get_entries(in, kRevokedStreamsMax);
  return finished(in, std::move(revocation));
}

bool may_revoke(const Certificate& issuer, const Certificate& subject) {
  return issuer.role < subject.role && subject.home.within(issuer.home) &&
         std::all_of(subject.write.begin(), subject.write.end(),
                     [&](const Grant& grant) { return grant.division.within(issuer.home); });
}

// Of two histories up to one position the tag decides, the same everywhere.
Revocation narrower(const Revocation& a, const Revocation& b) {
  Revocation out{a.node, {}};
  for (const VectorEntry& cut : a.cuts) {
    const VectorEntry* other = find(b.cuts, cut.stream);
    if (other != nullptr) out.cuts.push_back(std::min(cut, *other));
  }
  return out;
}

Cut cut_of(const Revocation& revocation, StreamId stream) {
  const VectorEntry* cut = find(revocation.cuts, stream);
  return cut == nullptr ? Cut{} : Cut{cut->seq, cut->tag};
}

}  // namespace yizhan::sync
