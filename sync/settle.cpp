// How far every stream counts, whenever membership has changed: the dear half of Batch.
#include <algorithm>

#include "crdt/base/planted.h"
#include "sync/replica.h"

namespace yizhan::sync {
namespace {

template <class Key, class Value, class Put, class Drop>
void put_difference(const std::map<Key, Value>& before, const std::map<Key, Value>& now, Put put,
                    Drop drop) {
  for (const auto& [key, value] : now) {
    const auto held = before.find(key);
    if (held == before.end() || held->second != value) put(value);
  }
  for (const auto& [key, value] : before) {
    if (!now.contains(key)) drop(key);
  }
}

// Whether what is stored of the stream is the history that the cut names.
Result<bool> leads_to(const StoreView& store, const StreamRow& row, const Cut& cut) {
  const StreamRow stored = as_stored(store, row);
  if (cut.seq == 0 || cut.seq > stored.seq) return true;
  HeadTag tag{};
  const auto read = read_chain(store, stored, cut.seq, [&tag](const ChainedChange& one) {
    tag = head_tag(one.head);
    return false;
  });
  if (!read) return fail(read);
  return tag == cut.tag;
}

}  // namespace

void Batch::settle() {
  if (const auto settled = settle_members(); !settled) out_.storage_error = settled.error();
}

// The streams of `auth` first: what falls there decides how far the others count.
Result<void> Batch::settle_members() {
  while (std::exchange(authority_changed_, false)) {
    const Standing before = std::move(replica_.standing);
    replica_.adopt(replica_.membership.standing());
    put_standing(before);
    restamp(replica_.standing.quarantines.differences(before.quarantines));
    if (auto settled = settle_streams(true); !settled) return settled;
    if (authority_changed_) continue;
    if (auto settled = settle_streams(false); !settled) return settled;
  }
  return {};
}

void Batch::put_standing(const Standing& before) {
  const Standing& now = replica_.standing;
  members_changed_ =
      members_changed_ || before.members != now.members || before.revoked != now.revoked;
  for (const NodeId node : certified_) {  // known from enrolment perhaps, and not in the store
    if (const Certificate* subject = replica_.member(node)) put(PutCertificate{*subject});
  }
  put_difference(
      before.members, now.members, [this](const Certificate& c) { put(PutCertificate{c}); },
      [this](NodeId node) { put(DropCertificate{node}); });
  put_difference(
      before.revoked, now.revoked, [this](const Revocation& r) { put(PutRevocation{r}); },
      [this](NodeId node) { put(DropRevocation{node}); });
  put_difference(
      before.scope_keys, now.scope_keys, [this](const ScopeKeyOp& op) { put(PutScopeKey{op}); },
      [this](const ScopeKeyId& id) {
        put(DropScopeKey{id.first, id.second});
      });
}

// What came before the word on its stamp counts by another one from now on.
void Batch::restamp(const StampRanges& ranges) {
  for (const auto& [id, range] : ranges) {
    const StreamRow* held = replica_.stream(id);
    if (held == nullptr || held->seq < range.first || planted(Bug::QuarantineOnlyForward)) continue;
    StreamRow row = *held;
    row.seq = std::min(row.seq, range.last);
    Result<void> done;
    const auto read = read_chain(replica_.store, row, range.first, [&](const ChainedChange& one) {
      done = restamp(row, one.change);
      return done.has_value();
    });
    if (!read) out_.storage_error = read.error();
    if (!done) out_.storage_error = done.error();
  }
}

Result<void> Batch::restamp(const StreamRow& row, const crdt::Change& change) {
  const crdt::Hlc stamp = replica_.standing.quarantines.stamp(row.author, change);
  for (std::size_t i = 0; i < change.ops.size(); ++i) {
    if (!crdt::takes_effect(change, i)) continue;
    const auto state = touch(row.scope, change.ops[i].entity);
    if (!state) return fail(state);
    crdt::restamp(**state, change.id, stamp);
  }
  return {};
}

Result<void> Batch::settle_streams(bool auth) {
  std::map<Scope, Undone> undone;
  std::vector<std::pair<StreamRow*, std::optional<Cut>>> to_readmit;
  for (auto& [id, row] : replica_.streams) {
    if ((row.scope.cls == ScopeClass::Auth) != auth || written_.contains(id)) continue;
    auto cut = replica_.cut(row);
    if (!cut && row.seq >= row.sealed) continue;
    if (cut) {
      const auto same = leads_to(replica_.store, row, *cut);
      if (!same) return fail(same);
      if (!*same) cut = Cut{};  // another history than the one that counts
    }
    if (cut && row.seq > cut->seq) {
      if (planted(Bug::RevocationOnlyForward)) continue;
      if (auto done = retract(row, *cut, undone[row.scope]); !done) return done;
    } else if (row.seq < row.sealed && (!cut || row.seq < cut->seq)) {
      to_readmit.emplace_back(&row, cut);
    }
  }
  for (auto& [scope, lost] : undone) {
    if (auth && lost.records.empty()) continue;  // mostly: these scopes hold no records
    if (auto done = replay(scope, lost); !done) return done;
  }
  for (auto& [row, cut] : to_readmit) {
    if (auto done = readmit(*row, cut); !done) return done;
  }
  return {};
}

void Batch::move(StreamRow& row, std::uint64_t seq, const Head& head) {
  ScopeDigest& digest = replica_.digests[row.scope];
  if (row.seq > 0) digest.remove(stream_term(row.id, row.seq, row.head));
  if (seq > 0) digest.add(stream_term(row.id, seq, head));
  row.seq = seq;
  row.head = head;
  changed_streams_.insert(row.id);
  changed_scopes_.insert(row.scope);
}

// A row of the keyring is kept for ever; the digest has a term for it while its change counts.
void Batch::count_keys(const StreamRow& row, std::uint64_t from, std::uint64_t to, bool counted) {
  ScopeDigest& digest = replica_.digests[row.scope];
  for (const KeyRow& key : replica_.store.key_rows(row.id, from, to)) {
    if (counted) {
      digest.add(key_term(key));
    } else {
      digest.remove(key_term(key));
    }
  }
}

Result<void> Batch::retract(StreamRow& row, const Cut& cut, Undone& undone) {
  Head head = first_head(row.id);
  auto read = read_chain(replica_.store, row, std::max<std::uint64_t>(cut.seq, 1),
                         [&](const ChainedChange& one) {
                           if (one.change.id.seq <= cut.seq) {
                             head = one.head;
                             return true;
                           }
                           for (const crdt::Op& op : one.change.ops) {
                             if (!std::holds_alternative<crdt::Opaque>(op.body))
                               undone.records.insert(op.entity);
                           }
                           return true;
                         });
  if (!read) return read;
  undone.streams[row.id] = cut.seq;
  count_keys(row, cut.seq + 1, row.seq, false);
  if (row.scope.cls == ScopeClass::Auth) {
    replica_.membership.drop_after(row.id, cut.seq);
    authority_changed_ = true;
  }
  replica_.forget_tail(row.id);
  move(row, cut.seq, head);
  return {};
}

Result<void> Batch::replay(const Scope& scope, Undone& undone) {
  std::vector<StreamRow> rows;
  for (const auto& [id, row] : replica_.streams) {
    if (row.scope == scope && row.seq > 0) rows.push_back(row);
  }
  auto states = rederive(replica_.store, rows, replica_.standing.quarantines, undone);
  if (!states) return fail(states);
  for (const crdt::Dot& dot : undone.records) {
    if (const auto held = touch(scope, dot); !held) return fail(held);
    Touched& touched = touched_.at({scope, dot});
    const auto state = states->find(dot);
    if (state == states->end()) {
      touched.after = nullptr;
      continue;
    }
    const auto live = state->second.live_dots();
    if (touched.before && touched.before->kind && !state->second.kind && !live.empty()) {
      put(PutTask{scope, dot, live.front(), "written-beside-revoked"});
    }
    *touched.after = std::move(state->second);
  }
  return {};
}

// What is stored and counts again, as far as it continues what counts already.
Result<void> Batch::readmit(StreamRow& row, const std::optional<Cut>& cut) {
  StreamRow stored = as_stored(replica_.store, row);
  if (cut) stored.seq = std::min(stored.seq, cut->seq);
  const std::uint64_t before = row.seq;
  Result<void> applied;
  auto read = read_chain(replica_.store, stored, before + 1, [&](const ChainedChange& one) {
    const Head head = next_head(row.head, row.seq + 1, one.expanded);
    if (one.change.id.seq != row.seq + 1 || head != one.head) return false;
    applied = apply(StreamRow(row), one.change);
    if (applied) move(row, one.change.id.seq, head);
    return applied.has_value();
  });
  if (!applied) return applied;
  count_keys(row, before + 1, row.seq, true);
  return read;
}

}  // namespace yizhan::sync
